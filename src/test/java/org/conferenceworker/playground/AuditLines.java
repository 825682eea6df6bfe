package org.conferenceworker.playground;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.conferenceworker.log.AuditEvent;
import org.conferenceworker.standin.EmbeddedEngine;
import org.slf4j.LoggerFactory;

/** Hands the worker's audit lines on to the instances that they are about. */
final class AuditLines extends AppenderBase<ILoggingEvent> {

  private final Instances instances;
  private final EmbeddedEngine engine;

  private AuditLines(Instances instances, EmbeddedEngine engine) {
    this.instances = instances;
    this.engine = engine;
  }

  static void follow(Instances instances, EmbeddedEngine engine) {
    var lines = new AuditLines(instances, engine);
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
            engine.inEngineTime(line.getInstant()),
            Long.parseLong(about.get("jobKey")),
            about.get("elementId"),
            line.getLevel().toString(),
            line.getMessage(),
            fields,
            null));
  }
}
