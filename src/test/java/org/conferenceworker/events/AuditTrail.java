package org.conferenceworker.events;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Collectors;
import org.conferenceworker.log.AuditEvent;
import org.slf4j.LoggerFactory;

/** What the audit trail gets until it is closed. */
final class AuditTrail implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger(AuditEvent.LOGGER);
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  AuditTrail() {
    appender.start();
    logger.addAppender(appender);
  }

  /** Level, message and fields of each event. */
  List<String> events() {
    return appender.list.stream()
        .map(
            event ->
                event.getLevel()
                    + " "
                    + event.getMessage()
                    + event.getKeyValuePairs().stream()
                        .map(pair -> " " + pair.key + "=" + pair.value)
                        .collect(Collectors.joining()))
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
