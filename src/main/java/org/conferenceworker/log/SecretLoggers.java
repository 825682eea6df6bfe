package org.conferenceworker.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;

/** Silences library loggers that write network traffic, including tokens, whatever their level. */
class SecretLoggers extends TurboFilter implements ApplicationListener<ApplicationPreparedEvent> {

  private static final List<String> SILENCED =
      List.of(
          // HTTP/2 headers of every call to the engine.
          "io.grpc.netty",
          "org.apache.hc.client5.http.headers",
          "org.apache.hc.client5.http.wire",
          "org.apache.hc.client5.http2",
          "org.apache.hc.core5.http2");

  @Override
  public void onApplicationEvent(ApplicationPreparedEvent event) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback
        && !logback.getTurboFilterList().contains(this)) {
      start();
      logback.addTurboFilter(this);
    }
  }

  @Override
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
    // Libraries ask at every step of a call, so the cheap check comes first.
    if (!level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL;
    }
    return SILENCED.stream().anyMatch(logger.getName()::startsWith)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
