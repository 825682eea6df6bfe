package org.conferenceworker.vobiz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * What the API tells of a live conference. It writes numbers as strings; here they are numbers.
 *
 * @param memberCount how many members there are; {@code null} if it does not say
 * @param runTimeSeconds how long the conference has been running; {@code null} if it does not say
 */
public record ConferenceDetails(Long memberCount, Long runTimeSeconds, List<Member> members) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A member of a conference. Any value may be {@code null}.
   *
   * @param described the member without personal data, by the names of the result's fields
   * @param from phone number of the caller; personal data
   * @param to phone number that was called; personal data
   * @param callerName name of the caller; personal data
   */
  public record Member(Map<String, Object> described, String from, String to, String callerName) {

    /** As a variable of the process. */
    public Map<String, Object> toVariable(boolean withPersonalData) {
      var variable = new LinkedHashMap<>(described);
      if (withPersonalData) {
        variable.put("from", from);
        variable.put("to", to);
        variable.put("callerName", callerName);
      }
      return variable;
    }
  }

  /**
   * Reads a conference, leniently.
   *
   * @param account its token is masked, in case that the answer repeats it
   * @return nothing if the body has no conference of this name
   */
  public static Optional<ConferenceDetails> in(
      ErrorBody body, ConferenceName asked, VobizAccount account) {
    JsonNode conference;
    try {
      conference = JSON.readTree(account.mask(body.text()));
    } catch (JsonProcessingException unreadable) {
      return Optional.empty();
    }
    boolean isReadable =
        conference != null
            && asked.value().equals(conference.path("conference_name").asText())
            && (conference.has("conference_member_count") || conference.path("members").isArray());
    return isReadable ? Optional.of(of(conference)) : Optional.empty();
  }

  private static ConferenceDetails of(JsonNode conference) {
    var members = new ArrayList<Member>();
    conference.path("members").forEach(member -> members.add(member(member)));
    return new ConferenceDetails(
        number(conference.path("conference_member_count")),
        number(conference.path("conference_run_time")),
        List.copyOf(members));
  }

  private static Member member(JsonNode member) {
    var described = new LinkedHashMap<String, Object>();
    described.put("memberId", text(member.path("member_id")));
    described.put("muted", truth(member.path("muted")));
    described.put("deaf", truth(member.path("deaf")));
    described.put("direction", text(member.path("direction")));
    described.put("callUuid", text(member.path("call_uuid")));
    described.put("joinedSecondsAgo", number(member.path("join_time")));
    return new Member(
        described,
        text(member.path("from")),
        text(member.path("to")),
        text(member.path("caller_name")));
  }

  private static String text(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  private static Boolean truth(JsonNode value) {
    return switch (value.asText()) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  private static Long number(JsonNode value) {
    String digits = value.asText();
    return digits.matches("\\d{1,18}") ? Long.valueOf(digits) : null;
  }
}
