package org.conferenceworker.log;

import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One event of the audit trail, on one line. What comes from outside is to be added last: in a
 * plain-text log it cannot come before the worker's own fields or replace them.
 */
public final class AuditEvent {

  /** A logger for the audit trail alone, so that it can be routed separately. */
  public static final String LOGGER = "org.conferenceworker.audit";

  private static final Logger AUDIT = LoggerFactory.getLogger(LOGGER);

  private final LoggingEventBuilder event;
  private final UnaryOperator<String> mask;

  /**
   * @param mask hides tokens in what comes from outside
   */
  public AuditEvent(Level level, String message, UnaryOperator<String> mask) {
    this.event = AUDIT.atLevel(level).setMessage(message);
    this.mask = mask;
  }

  /** Adds a field of the worker's own, unless the value is {@code null}. */
  public AuditEvent with(String field, Object value) {
    if (value != null) {
      event.addKeyValue(field, value);
    }
    return this;
  }

  /** Adds a field whose value comes from outside, unless that is {@code null}. */
  public AuditEvent withOutside(String field, Object value) {
    if (value == null) {
      return this;
    }
    String shown = mask.apply(Quoted.of(value));
    return with(field, shown.substring(1, shown.length() - 1));
  }

  public void write() {
    event.log();
  }
}
