package org.conferenceworker.standin.vobiz;

import java.util.LinkedHashMap;
import java.util.Map;
import org.conferenceworker.standin.vobiz.Room.Member;

/**
 * Somebody has entered a conference or left it.
 *
 * @param authId whose conference it is
 * @param fields what the callback says of it
 */
record MemberEvent(String authId, Map<String, String> fields) {

  static MemberEvent enter(Room room, Member member, boolean first) {
    Map<String, String> fields = fields("enter", "ConferenceEnter", room, member);
    fields.put("ConferenceFirstMember", String.valueOf(first));
    fields.put("From", member.from());
    fields.put("To", member.to());
    fields.put("Direction", "inbound");
    fields.put("CallStatus", "in-progress");
    return new MemberEvent(room.authId(), fields);
  }

  /**
   * @param last whether nobody is left
   */
  static MemberEvent exit(Room room, Member member, boolean last) {
    Map<String, String> fields = fields("exit", "ConferenceExit", room, member);
    fields.put("ConferenceLastMember", String.valueOf(last));
    return new MemberEvent(room.authId(), fields);
  }

  private static Map<String, String> fields(String action, String event, Room room, Member member) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("ConferenceAction", action);
    fields.put("Event", event);
    fields.put("ConferenceUUID", room.uuid());
    fields.put("ConferenceName", room.name());
    fields.put("ConferenceMemberID", member.id());
    fields.put("CallUUID", member.callUuid());
    fields.put("auth_id", room.authId());
    return fields;
  }
}
