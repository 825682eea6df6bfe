package org.conferenceworker.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.tasks.announce.AnnounceNames;
import org.conferenceworker.tasks.hangup.HangUpNames;
import org.conferenceworker.tasks.hangupall.HangUpAllNames;
import org.conferenceworker.tasks.kick.KickNames;
import org.conferenceworker.tasks.lookup.LookUpNames;

/** A usable job of each task, about the conference "room". */
public enum Jobs {
  HANG_UP(HangUpNames.JOB_TYPE, Map.of("conferenceName", "room")),
  ANNOUNCE(
      AnnounceNames.JOB_TYPE,
      Map.of("conferenceName", "room", "announcementUrl", "https://example.com/goodbye.mp3")),
  LOOK_UP(LookUpNames.JOB_TYPE, Map.of("conferenceName", "room")),
  KICK(KickNames.JOB_TYPE, Map.of("conferenceName", "room", "memberIds", "1")),
  HANG_UP_ALL(
      HangUpAllNames.JOB_TYPE,
      Map.of("expectedAuthId", "MA_1", "reason", "Maintenance", "requestedBy", "Ada Lovelace"));

  private static final ObjectMapper JSON = new ObjectMapper();

  public final String type;
  private final Map<String, Object> inputs;

  Jobs(String type, Map<String, Object> inputs) {
    this.type = type;
    this.inputs = inputs;
  }

  public ActivatedJob job(long key) {
    return job(key, Map.of(), Map.of());
  }

  /**
   * @param others inputs that differ
   */
  public ActivatedJob job(long key, Map<String, ?> others, Map<String, String> headers) {
    var all = new HashMap<String, Object>(inputs);
    all.putAll(others);
    try {
      return GatewayStandIn.job(key, JSON.writeValueAsString(all), 3, Duration.ofMinutes(1))
          .toBuilder()
          .setType(type)
          .setCustomHeaders(JSON.writeValueAsString(headers))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
