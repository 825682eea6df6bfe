package org.conferenceworker.hangup;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;
import org.springframework.beans.factory.DisposableBean;

/**
 * Makes one sentence, once a minute, of each of the Camunda client's warnings and errors, which
 * come with a page of stack trace several times a second while the engine is away. Whoever wants
 * the pages sets the client's loggers to DEBUG.
 */
class ClientWarnings extends TurboFilter implements DisposableBean {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ClientWarnings.class);
  private static final String CLIENT = "io.camunda.client.";
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final Pattern EXCEPTION_NAME = Pattern.compile("^[\\w.]+Exception: ");
  private static final int MOST_SENTENCES = 100;

  private final Map<String, Long> saidAt = new ConcurrentHashMap<>();

  ClientWarnings() {
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
    sayNowAndThen(what + ": " + causes(cause));
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

  /** What a failure and its causes say, without repetition, on one line. */
  static String causes(Throwable failure) {
    var said = new LinkedHashSet<String>();
    for (Throwable t : chain(failure).toList()) {
      if (t instanceof NoAccessTokenException) {
        // The rest is how the client hands it on: as a call that was cancelled.
        return t.getMessage();
      }
      // Jackson's messages quote what could not be read, which may be a secret.
      String message =
          t.getMessage() == null || t instanceof JsonProcessingException
              ? t.getClass().getSimpleName()
              : t.getMessage();
      said.add(EXCEPTION_NAME.matcher(message).replaceFirst("").replaceAll("\\s+", " ").strip());
    }
    return said.stream()
        .filter(one -> said.stream().noneMatch(other -> !other.equals(one) && other.contains(one)))
        .collect(Collectors.joining("; "));
  }

  /** A failure and its causes; they may go in a circle. */
  static Stream<Throwable> chain(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return Stream.iterate(failure, t -> t != null && seen.add(t), Throwable::getCause);
  }

  @Override
  public void destroy() {
    if (getContext() instanceof LoggerContext logback) {
      logback.getTurboFilterList().remove(this);
    }
  }
}
