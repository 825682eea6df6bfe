package org.conferenceworker.designer;

import static org.conferenceworker.attempt.Inputs.ACCOUNT;
import static org.conferenceworker.attempt.Inputs.CONFERENCE_NAME;
import static org.conferenceworker.attempt.Inputs.MEMBERS;
import static org.conferenceworker.attempt.Inputs.MEMBER_IDS;
import static org.conferenceworker.attempt.Inputs.ON_NOT_FOUND;
import static org.conferenceworker.attempt.Inputs.REASON;
import static org.conferenceworker.attempt.Inputs.REQUESTED_AT;
import static org.conferenceworker.attempt.Inputs.REQUESTED_BY;
import static org.conferenceworker.attempt.Inputs.RETRY_BACKOFF;
import static org.conferenceworker.attempt.Inputs.VALID_FOR;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.tasks.announce.AnnounceNames;
import org.conferenceworker.tasks.hangup.HangUpNames;
import org.conferenceworker.tasks.hangupall.HangUpAllNames;
import org.conferenceworker.tasks.kick.KickNames;
import org.conferenceworker.tasks.lookup.LookUpNames;

/** The element templates of tasks, and the names under which the worker knows what each makes. */
public enum ShippedTemplate implements TemplateFile {
  HANG_UP(
      "HangUpConference",
      HangUpNames.TYPE,
      List.of(CONFERENCE_NAME, ACCOUNT, VALID_FOR, REQUESTED_AT, RETRY_BACKOFF),
      Map.of(ON_NOT_FOUND, List.of("error", "complete", "incident")),
      List.of("endedAt"),
      HangUpNames.CONFERENCE_NOT_FOUND,
      HangUpNames.HANG_UP_TOO_LATE),
  PLAY_ANNOUNCEMENT(
      "PlayAnnouncement",
      AnnounceNames.TYPE,
      List.of(
          CONFERENCE_NAME,
          ACCOUNT,
          AnnounceNames.URL,
          MEMBERS,
          AnnounceNames.DURATION,
          VALID_FOR,
          REQUESTED_AT,
          RETRY_BACKOFF),
      Map.of(
          ON_NOT_FOUND,
          List.of("complete", "error", "incident"),
          AnnounceNames.ON_FAILURE,
          List.of("complete", "incident")),
      List.of("answeredAt", "waitFor", "reason"),
      AnnounceNames.CONFERENCE_NOT_FOUND,
      null),
  LOOK_UP(
      "LookUpConference",
      LookUpNames.TYPE,
      List.of(CONFERENCE_NAME, ACCOUNT, RETRY_BACKOFF),
      Map.of(LookUpNames.INCLUDE_NUMBERS, List.of("false", "true")),
      List.of("answeredAt", "memberCount", "runTimeSeconds", "members"),
      null,
      null),
  KICK_MEMBER(
      "KickMember",
      KickNames.TYPE,
      List.of(CONFERENCE_NAME, ACCOUNT, MEMBER_IDS, VALID_FOR, REQUESTED_AT, RETRY_BACKOFF),
      Map.of(
          KickNames.MODE,
          List.of("kick", "hangUp"),
          Inputs.ALLOW_ALL,
          List.of("false", "true"),
          ON_NOT_FOUND,
          List.of("error", "complete", "incident")),
      List.of("answeredAt"),
      KickNames.MEMBER_NOT_FOUND,
      KickNames.KICK_TOO_LATE),
  HANG_UP_ALL(
      "HangUpAllConferences",
      HangUpAllNames.TYPE,
      List.of(
          ACCOUNT,
          HangUpAllNames.EXPECTED_AUTH_ID,
          REASON,
          REQUESTED_BY,
          VALID_FOR,
          REQUESTED_AT,
          RETRY_BACKOFF),
      Map.of(),
      List.of("answeredAt"),
      null,
      HangUpAllNames.HANG_UP_ALL_TOO_LATE);

  private final String name;

  public final TaskType task;

  public final List<String> inputs;

  /** The choices of each header, the default first. */
  public final Map<String, List<String>> headers;

  private final List<String> ownFields;

  /** The BPMN error if what is addressed does not exist; {@code null} if there is none. */
  public final String notFoundCode;

  /** The BPMN error if the request is older than its validity; {@code null} if there is none. */
  public final String tooLateCode;

  ShippedTemplate(
      String name,
      TaskType task,
      List<String> inputs,
      Map<String, List<String>> headers,
      List<String> ownFields,
      String notFoundCode,
      String tooLateCode) {
    this.name = name;
    this.task = task;
    this.inputs = inputs;
    this.headers = new TreeMap<>(headers);
    this.ownFields = ownFields;
    this.notFoundCode = notFoundCode;
    this.tooLateCode = tooLateCode;
  }

  public static Optional<ShippedTemplate> ofId(String id) {
    return Arrays.stream(values()).filter(t -> t.id().equals(id)).findFirst();
  }

  @Override
  public String id() {
    return "org.conferenceworker." + name + ".v1";
  }

  @Override
  public Path file() {
    return Path.of("element-templates", this + ".json");
  }

  /** The BPMN errors that the task can throw. */
  public List<String> errorCodes() {
    return Stream.of(notFoundCode, tooLateCode).filter(Objects::nonNull).toList();
  }

  /** The outcomes of its result, the usual one first. */
  public List<String> outcomes() {
    return task.outcomes().stream().filter(outcome -> !errorCodes().contains(outcome)).toList();
  }

  /** The fields of the result, in the order in which the worker writes them. */
  public List<String> resultFields() {
    Stream<String> subject =
        inputs.contains(CONFERENCE_NAME) ? Stream.of(CONFERENCE_NAME) : Stream.of();
    return Stream.of(
            Stream.of("outcome"),
            subject,
            Stream.of(ACCOUNT, "httpStatus", REQUESTED_AT),
            ownFields.stream().limit(1),
            Stream.of("attempts"),
            ownFields.stream().skip(1))
        .flatMap(s -> s)
        .toList();
  }

  /** The BPMN errors of a task whose headers have these values. */
  public List<String> thrownWith(Map<String, String> chosen) {
    boolean throwsNotFound = "error".equals(chosen.get(ON_NOT_FOUND));
    return errorCodes().stream()
        .filter(code -> throwsNotFound || !code.equals(notFoundCode))
        .toList();
  }

  public JsonNode input(String name) {
    return bound("zeebe:input", name);
  }

  public JsonNode header(String key) {
    return bound("zeebe:taskHeader", key);
  }

  @Override
  public String toString() {
    return task.jobType().split(":")[1];
  }
}
