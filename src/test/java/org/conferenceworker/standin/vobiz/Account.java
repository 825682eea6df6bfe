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
import org.conferenceworker.standin.vobiz.Room.Member;

/** The live conferences of an account, and what the API does with them. */
final class Account {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVERYBODY = "all";

  private final String authId;

  /** By their names. */
  private final Map<String, Room> rooms = new TreeMap<>();

  private final Map<String, List<Played>> played = new TreeMap<>();

  Account(String authId) {
    this.authId = authId;
  }

  /**
   * One of the same name ends. The ids are 1, 2, 3 and so on.
   *
   * @param news takes who enters and leaves, as everywhere
   */
  synchronized void open(String conference, List<String> names, List<MemberEvent> news) {
    end(conference, news);
    var room = new Room(authId, conference);
    for (int i = 0; i < names.size(); i++) {
      room.join(Member.calling(String.valueOf(i + 1), names.get(i)), news);
    }
    rooms.put(conference, room);
  }

  synchronized void join(String conference, String id, String name, List<MemberEvent> news) {
    rooms
        .computeIfAbsent(conference, c -> new Room(authId, c))
        .join(Member.calling(id, name), news);
  }

  synchronized Collection<String> names() {
    return List.copyOf(rooms.keySet());
  }

  synchronized List<String> members(String conference) {
    Room room = rooms.get(conference);
    return room == null ? List.of() : room.ids();
  }

  synchronized Map<String, String> people(String conference) {
    var people = new LinkedHashMap<String, String>();
    Room room = rooms.get(conference);
    if (room != null) {
      room.members().forEach(member -> people.put(member.id(), member.name()));
    }
    return people;
  }

  synchronized List<Played> played(String conference) {
    return List.copyOf(played.getOrDefault(conference, List.of()));
  }

  synchronized void clear() {
    rooms.clear();
    played.clear();
  }

  synchronized Answer end(String conference, List<MemberEvent> news) {
    Room room = rooms.remove(conference);
    if (room == null) {
      return Answer.conferenceNotFound();
    }
    room.leave(room.ids(), news);
    return Answer.done();
  }

  synchronized Answer endAll(List<MemberEvent> news) {
    names().forEach(conference -> end(conference, news));
    return Answer.done();
  }

  /** The list is known to miss conferences that are live. */
  Answer list() {
    return Answer.found("\"conferences\":[]");
  }

  /** As the API does it, numbers are strings. */
  synchronized Answer describe(String conference) {
    Room room = rooms.get(conference);
    if (room == null) {
      return Answer.conferenceNotFound();
    }
    Collection<Member> members = room.members();
    String described =
        members.stream()
            .map(
                member ->
                    "{\"member_id\":\"%s\",\"muted\":false,\"deaf\":false,\"from\":\"%s\",\"to\":\"%s\",\"caller_name\":\"%s\",\"direction\":\"inbound\",\"call_uuid\":\"%s\",\"join_time\":\"590\"}"
                        .formatted(
                            member.id(),
                            member.from(),
                            member.to(),
                            member.name(),
                            member.callUuid()))
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
        (room, present) -> {
          played
              .computeIfAbsent(conference, c -> new ArrayList<>())
              .add(new Played(ids, body.get("url").asText()));
          return Answer.accepted("play queued into conference", inJson(ids));
        });
  }

  /** Their calls go on elsewhere. */
  synchronized Answer kick(
      String conference, List<String> ids, JsonNode body, List<MemberEvent> news) {
    if (body == null || !body.isEmpty()) {
      return Answer.wrongBody();
    }
    Answer answer = hangUp(conference, ids, news);
    return answer.status() == 204 ? Answer.accepted("kicked", inJson(ids)) : answer;
  }

  synchronized Answer hangUp(String conference, List<String> ids, List<MemberEvent> news) {
    return withMembers(
        conference,
        ids,
        (room, present) -> {
          room.leave(present, news);
          // The last one to leave ends the conference.
          if (room.isEmpty()) {
            rooms.remove(conference);
          }
          return Answer.done();
        });
  }

  /** Nothing is done to anybody if one of the ids belongs to nobody. */
  private Answer withMembers(
      String conference, List<String> ids, BiFunction<Room, List<String>, Answer> action) {
    Room room = rooms.get(conference);
    if (room == null) {
      return Answer.conferenceNotFound();
    }
    List<String> present = ids.equals(List.of(EVERYBODY)) ? room.ids() : ids;
    return room.ids().containsAll(present) ? action.apply(room, present) : Answer.memberNotFound();
  }

  private static String inJson(List<String> ids) {
    return JSON.valueToTree(ids).toString();
  }
}
