package org.conferenceworker.designer.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.conferenceworker.designer.ShippedEvent;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;

/** The message that the worker publishes when the last member has left, of one meeting. */
record EmptyMessage(String conferenceName, String conferenceUuid, String receivedAt) {

  /** How long the engine keeps it if nobody waits for it yet. */
  static final Duration TIME_TO_LIVE = Duration.ofMinutes(2);

  /** Of a meeting of its own; other meetings may have the name, too. */
  static EmptyMessage of(TestBench bench, String conferenceName) {
    return new EmptyMessage(
        conferenceName, UUID.randomUUID().toString(), bench.engine.clock().instant().toString());
  }

  void publish(TestBench bench) {
    bench
        .client
        .newPublishMessageCommand()
        .messageName(ShippedEvent.MESSAGE)
        .correlationKey(conferenceName)
        .messageId("default:" + conferenceUuid + ":empty")
        .timeToLive(TIME_TO_LIVE)
        .variables(Map.of(ShippedEvent.VARIABLE, event()))
        .send()
        .join();
  }

  private Map<String, Object> event() {
    var event = new HashMap<String, Object>();
    event.put("event", "empty");
    event.put("conferenceName", conferenceName);
    event.put("conferenceUuid", conferenceUuid);
    event.put("memberId", "17");
    event.put("callUuid", UUID.randomUUID().toString());
    event.put("lastMember", true);
    event.put("account", "default");
    event.put("receivedAt", receivedAt);
    return event;
  }

  /** Whether the process has this message, and not that of another meeting. */
  boolean isIn(ProcessRun run) {
    JsonNode event = run.processVariable(ShippedEvent.VARIABLE);
    return event != null && event.get("conferenceUuid").asText().equals(conferenceUuid);
  }
}
