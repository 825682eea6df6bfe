package org.conferenceworker.standin.vobiz;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A conference, from its first join to its last leave. The next one of its name is another. */
final class Room {

  /**
   * Somebody in the conference.
   *
   * @param callUuid which call of theirs it is
   */
  record Member(String id, String name, String callUuid) {

    static Member calling(String id, String name) {
      return new Member(id, name, UUID.randomUUID().toString());
    }

    String from() {
      return "+4930" + id;
    }

    String to() {
      return "+4940";
    }
  }

  private final String authId;
  private final String name;
  private final String uuid = UUID.randomUUID().toString();

  /** By their ids, in the order in which they joined. */
  private final Map<String, Member> members = new LinkedHashMap<>();

  Room(String authId, String name) {
    this.authId = authId;
    this.name = name;
  }

  String authId() {
    return authId;
  }

  String name() {
    return name;
  }

  String uuid() {
    return uuid;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  List<String> ids() {
    return List.copyOf(members.keySet());
  }

  Collection<Member> members() {
    return List.copyOf(members.values());
  }

  void join(Member member, List<MemberEvent> news) {
    news.add(MemberEvent.enter(this, member, members.isEmpty()));
    members.put(member.id(), member);
  }

  void leave(Collection<String> ids, List<MemberEvent> news) {
    for (String id : ids) {
      Member member = members.remove(id);
      // Nobody leaves twice, even if a request names them twice.
      if (member != null) {
        news.add(MemberEvent.exit(this, member, members.isEmpty()));
      }
    }
  }
}
