package org.conferenceworker.playground;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.conferenceworker.log.AuditEvent;
import org.slf4j.LoggerFactory;

/** Hands the worker's audit lines on to the instances that they are about. */
final class AuditLines extends AppenderBase<ILoggingEvent> {

  private final Instances instances;

  private AuditLines(Instances instances) {
    this.instances = instances;
  }

  static void follow(Instances instances) {
    var lines = new AuditLines(instances);
    lines.start();
    ((Logger) LoggerFactory.getLogger(AuditEvent.LOGGER)).addAppender(lines);
  }

  @Override
  protected void append(ILoggingEvent line) {
    Map<String, String> about = line.getMDCPropertyMap();
    // Lines about conference events are about no job.
    if (!about.containsKey("jobKey")) {
      return;
    }
    var fields = new LinkedHashMap<String, String>();
    line.getKeyValuePairs().forEach(pair -> fields.put(pair.key, String.valueOf(pair.value)));
    instances.attempted(
        Long.parseLong(about.get("processInstanceKey")),
        new Attempt(
            Instant.ofEpochMilli(line.getTimeStamp()),
            Long.parseLong(about.get("jobKey")),
            about.get("elementId"),
            line.getLevel().toString(),
            line.getMessage(),
            fields,
            null));
  }
}
