package org.conferenceworker.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;
import org.springframework.beans.factory.DisposableBean;

/**
 * Reduces each warning or error of the Camunda client to one sentence per minute. Without it, the
 * client writes a page of stack trace several times a second while the engine is away. For the
 * stack traces, set the client's loggers to DEBUG.
 */
public class ClientWarnings extends TurboFilter implements DisposableBean {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ClientWarnings.class);
  private static final String CLIENT = "io.camunda.client.";
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MOST_SENTENCES = 100;

  private final Map<String, Long> saidAt = new ConcurrentHashMap<>();

  public ClientWarnings() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
      setContext(logback);
      logback.addTurboFilter(this);
      start();
    }
  }

  @Override
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
    if (!level.isGreaterOrEqual(Level.WARN)
        || format == null
        || !logger.getName().startsWith(CLIENT)) {
      return FilterReply.NEUTRAL;
    }
    Throwable cause =
        t == null
                && params != null
                && params.length > 0
                && params[params.length - 1] instanceof Throwable last
            ? last
            : t;
    if (cause == null || logger.isDebugEnabled()) {
      return FilterReply.NEUTRAL;
    }
    String what =
        params == null
            ? format
            : MessageFormatter.arrayFormat(format, Arrays.copyOf(params, params.length))
                .getMessage();
    sayNowAndThen(what + ": " + Causes.of(cause));
    return FilterReply.DENY;
  }

  private void sayNowAndThen(String sentence) {
    long now = System.nanoTime();
    if (saidAt.size() > MOST_SENTENCES) {
      saidAt.clear();
    }
    saidAt.compute(
        sentence,
        (text, last) -> {
          if (last != null && now - last < QUIET.toNanos()) {
            return last;
          }
          LOG.warn("{} (said once a minute)", text);
          return now;
        });
  }

  @Override
  public void destroy() {
    if (getContext() instanceof LoggerContext logback) {
      logback.getTurboFilterList().remove(this);
    }
  }
}
