package org.conferenceworker.designer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The element templates, and the names under which the worker knows what each of them makes. */
public enum ShippedTemplate {
  HANG_UP(
      "HangUpConference",
      "hang-up-conference",
      "hangUp",
      List.of("conferenceName", "account", "validFor", "requestedAt", "retryBackoff"),
      Map.of("onNotFound", List.of("error", "complete", "incident")),
      List.of("ENDED", "ENDED_BY_EARLIER_ATTEMPT", "ALREADY_ENDED", "DRY_RUN"),
      List.of("endedAt"),
      "CONFERENCE_NOT_FOUND",
      "HANG_UP_TOO_LATE"),
  PLAY_ANNOUNCEMENT(
      "PlayAnnouncement",
      "play-announcement",
      "announcement",
      List.of(
          "conferenceName",
          "account",
          "announcementUrl",
          "members",
          "duration",
          "validFor",
          "requestedAt",
          "retryBackoff"),
      Map.of(
          "onNotFound",
          List.of("complete", "error", "incident"),
          "onFailure",
          List.of("complete", "incident")),
      List.of("QUEUED", "MAYBE_QUEUED", "NOT_PLAYED", "ALREADY_ENDED", "DRY_RUN"),
      List.of("answeredAt", "waitFor", "reason"),
      "CONFERENCE_NOT_FOUND",
      null),
  LOOK_UP(
      "LookUpConference",
      "look-up-conference",
      "lookUp",
      List.of("conferenceName", "account", "retryBackoff"),
      Map.of("includeNumbers", List.of("false", "true")),
      List.of("LIVE", "NOT_FOUND", "UNKNOWN", "DRY_RUN"),
      List.of("answeredAt", "memberCount", "runTimeSeconds", "members"),
      null,
      null),
  KICK_MEMBER(
      "KickMember",
      "kick-member",
      "kick",
      List.of("conferenceName", "account", "memberIds", "validFor", "requestedAt", "retryBackoff"),
      Map.of(
          "mode", List.of("kick", "hangUp"),
          "allowAll", List.of("false", "true"),
          "onNotFound", List.of("error", "complete", "incident")),
      List.of("REMOVED", "REMOVED_BY_EARLIER_ATTEMPT", "ALREADY_GONE", "DRY_RUN"),
      List.of("answeredAt"),
      "MEMBER_NOT_FOUND",
      "KICK_TOO_LATE"),
  HANG_UP_ALL(
      "HangUpAllConferences",
      "hang-up-all-conferences",
      "hangUpAll",
      List.of(
          "account",
          "expectedAuthId",
          "reason",
          "requestedBy",
          "validFor",
          "requestedAt",
          "retryBackoff"),
      Map.of(),
      List.of("ALL_ENDED", "DRY_RUN"),
      List.of("answeredAt"),
      null,
      "HANG_UP_ALL_TOO_LATE");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String task;
  private final String variables;

  /** Of the job type and of the file. */
  public final String words;

  public final List<String> inputs;

  /** The choices of each header, the default first. */
  public final Map<String, List<String>> headers;

  public final List<String> outcomes;

  private final List<String> ownFields;

  /** The BPMN error if what is addressed does not exist; {@code null} if there is none. */
  public final String notFoundCode;

  /** The BPMN error if the request is older than its validity; {@code null} if there is none. */
  public final String tooLateCode;

  ShippedTemplate(
      String task,
      String words,
      String variables,
      List<String> inputs,
      Map<String, List<String>> headers,
      List<String> outcomes,
      List<String> ownFields,
      String notFoundCode,
      String tooLateCode) {
    this.task = task;
    this.words = words;
    this.variables = variables;
    this.inputs = inputs;
    this.headers = new TreeMap<>(headers);
    this.outcomes = outcomes;
    this.ownFields = ownFields;
    this.notFoundCode = notFoundCode;
    this.tooLateCode = tooLateCode;
  }

  public static Optional<ShippedTemplate> ofId(String id) {
    return Arrays.stream(values()).filter(t -> t.id().equals(id)).findFirst();
  }

  public String id() {
    return "org.conferenceworker." + task + ".v1";
  }

  public Path file() {
    return Path.of("element-templates", words + ".json");
  }

  public String jobType() {
    return "vobiz:" + words + ":1";
  }

  public String resultVariable() {
    return variables + "Result";
  }

  public String errorVariable() {
    return variables + "Error";
  }

  /** The fields of the result, in the order in which the worker writes them. */
  public List<String> resultFields() {
    Stream<String> subject =
        inputs.contains("conferenceName") ? Stream.of("conferenceName") : Stream.of();
    return Stream.of(
            Stream.of("outcome"),
            subject,
            Stream.of("account", "httpStatus", "requestedAt"),
            ownFields.stream().limit(1),
            Stream.of("attempts"),
            ownFields.stream().skip(1))
        .flatMap(s -> s)
        .toList();
  }

  /** The BPMN errors of a task whose headers have these values. */
  public List<String> thrownWith(Map<String, String> headers) {
    String onNotFound =
        headers.getOrDefault(
            "onNotFound", this.headers.getOrDefault("onNotFound", List.of("")).getFirst());
    return Stream.of(onNotFound.equals("error") ? notFoundCode : null, tooLateCode)
        .filter(code -> code != null)
        .toList();
  }

  public JsonNode read() {
    try {
      return JSON.readTree(Files.readString(file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the template binds in this way, in its order. */
  public Stream<JsonNode> bound(String bindingType) {
    return StreamSupport.stream(read().get("properties").spliterator(), false)
        .filter(p -> p.at("/binding/type").asText().equals(bindingType));
  }

  /**
   * @param name the name, key or property that is bound
   */
  public JsonNode bound(String bindingType, String name) {
    return bound(bindingType).filter(p -> nameOf(p).equals(name)).findFirst().orElseThrow();
  }

  public JsonNode input(String name) {
    return bound("zeebe:input", name);
  }

  public JsonNode header(String key) {
    return bound("zeebe:taskHeader", key);
  }

  /** What a property of a template is bound to. */
  public static String nameOf(JsonNode property) {
    JsonNode binding = property.get("binding");
    return Stream.of("name", "key", "property", "source")
        .filter(binding::has)
        .map(field -> binding.get(field).asText())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return words;
  }
}
