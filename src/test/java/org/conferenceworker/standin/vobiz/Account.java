package org.conferenceworker.standin.vobiz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The live conferences of an account, and what the API does with them. */
final class Account {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVERYBODY = "all";

  /** Names of members by their ids, in the order in which they joined, by conference. */
  private final Map<String, Map<String, String>> rooms = new TreeMap<>();

  private final Map<String, List<Played>> played = new TreeMap<>();

  /** The ids are 1, 2, 3 and so on. */
  synchronized void open(String conference, List<String> names) {
    var members = new LinkedHashMap<String, String>();
    names.forEach(name -> members.put(String.valueOf(members.size() + 1), name));
    rooms.put(conference, members);
  }

  synchronized void join(String conference, String id, String name) {
    rooms.computeIfAbsent(conference, c -> new LinkedHashMap<>()).put(id, name);
  }

  synchronized Collection<String> names() {
    return List.copyOf(rooms.keySet());
  }

  synchronized List<String> members(String conference) {
    return List.copyOf(rooms.getOrDefault(conference, Map.of()).keySet());
  }

  synchronized List<Played> played(String conference) {
    return List.copyOf(played.getOrDefault(conference, List.of()));
  }

  synchronized void clear() {
    rooms.clear();
    played.clear();
  }

  synchronized Answer end(String conference) {
    return rooms.remove(conference) == null ? Answer.conferenceNotFound() : Answer.done();
  }

  synchronized Answer endAll() {
    rooms.clear();
    return Answer.done();
  }

  /** The list is known to miss conferences that are live. */
  Answer list() {
    return Answer.found("\"conferences\":[]");
  }

  /** As the API does it, numbers are strings. */
  synchronized Answer describe(String conference) {
    Map<String, String> members = rooms.get(conference);
    if (members == null) {
      return Answer.conferenceNotFound();
    }
    String described =
        members.entrySet().stream()
            .map(
                member ->
                    "{\"member_id\":\"%1$s\",\"muted\":false,\"deaf\":false,\"from\":\"+4930%1$s\",\"to\":\"+4940\",\"caller_name\":\"%2$s\",\"direction\":\"inbound\",\"call_uuid\":\"uuid-%1$s\",\"join_time\":\"590\"}"
                        .formatted(member.getKey(), member.getValue()))
            .collect(Collectors.joining(","));
    return Answer.found(
        "\"conference_name\":%s,\"conference_run_time\":\"590\",\"conference_member_count\":\"%d\",\"members\":[%s]"
            .formatted(TextNode.valueOf(conference), members.size(), described));
  }

  synchronized Answer play(String conference, List<String> ids, JsonNode body) {
    if (body == null || body.size() != 1 || !body.path("url").isTextual()) {
      return Answer.wrongBody();
    }
    return withMembers(
        conference,
        ids,
        (members, present) -> {
          played
              .computeIfAbsent(conference, c -> new ArrayList<>())
              .add(new Played(ids, body.get("url").asText()));
          return Answer.accepted("play queued into conference", inJson(ids));
        });
  }

  /** Their calls go on elsewhere. */
  synchronized Answer kick(String conference, List<String> ids, JsonNode body) {
    if (body == null || !body.isEmpty()) {
      return Answer.wrongBody();
    }
    Answer answer = hangUp(conference, ids);
    return answer.status() == 204 ? Answer.accepted("kicked", inJson(ids)) : answer;
  }

  synchronized Answer hangUp(String conference, List<String> ids) {
    return withMembers(
        conference,
        ids,
        (members, present) -> {
          members.keySet().removeAll(present);
          // The last one to leave ends the conference.
          if (members.isEmpty()) {
            rooms.remove(conference);
          }
          return Answer.done();
        });
  }

  /** Nothing is done to anybody if one of the ids belongs to nobody. */
  private Answer withMembers(
      String conference,
      List<String> ids,
      BiFunction<Map<String, String>, List<String>, Answer> action) {
    Map<String, String> members = rooms.get(conference);
    if (members == null) {
      return Answer.conferenceNotFound();
    }
    List<String> present = ids.equals(List.of(EVERYBODY)) ? List.copyOf(members.keySet()) : ids;
    return members.keySet().containsAll(present)
        ? action.apply(members, present)
        : Answer.memberNotFound();
  }

  private static String inJson(List<String> ids) {
    return JSON.valueToTree(ids).toString();
  }
}
