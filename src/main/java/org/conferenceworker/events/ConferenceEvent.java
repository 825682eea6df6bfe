package org.conferenceworker.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.conferenceworker.events.CallbackForm.UndecodableException;
import org.conferenceworker.settings.EventSettings;

/**
 * What a callback says.
 *
 * @param account the name of the profile whose URL was called
 * @param action what has happened
 * @param conference the name and the UUID of the conference; a UUID belongs to one conference, a
 *     name to many
 * @param member who entered or left
 * @param lastMember whether nobody was left
 * @param receivedAt when the callback arrived
 */
record ConferenceEvent(
    String account,
    Action action,
    Conference conference,
    Member member,
    boolean lastMember,
    Instant receivedAt) {

  /** What has happened in a conference. */
  enum Action {
    ENTER("enter"),
    EXIT("exit"),
    /** The conference is over; not sent any more, but older documentation has it. */
    END("end"),
    /** Anything else. */
    OTHER("other"),
    /** The callback does not say. */
    NONE("none");

    final String name;

    Action(String name) {
      this.name = name;
    }

    /** By the field ConferenceAction, or the older Event; not both need to be there. */
    private static Action of(String action, String event) {
      Action byAction = byName(action);
      Action byEvent = byName(event == null ? null : event.replaceFirst("(?i)^Conference", ""));
      if (action == null && event == null) {
        return NONE;
      }
      if (action == null || event == null) {
        return action == null ? byEvent : byAction;
      }
      return byAction == byEvent ? byAction : OTHER;
    }

    private static Action byName(String name) {
      return Stream.of(ENTER, EXIT, END)
          .filter(action -> action.name.equalsIgnoreCase(name))
          .findFirst()
          .orElse(OTHER);
    }
  }

  record Conference(String name, String uuid) {}

  /**
   * @param id unique within the conference; {@code null} if unknown, like the others
   * @param from a phone number
   * @param to a phone number
   */
  record Member(String id, String callUuid, String from, String to) {}

  /**
   * A message for the engine.
   *
   * @param event what {@code conferenceEvent.event} says, and the event's label
   * @param name of the message
   * @param id by which the engine knows a message that it has
   */
  record Message(String event, String name, String id) {}

  /** What a callback without a usable event is for metrics and logs. */
  static final String NO_EVENT = "other";

  private static final String JOINED_MESSAGE = "vobiz-member-joined";
  private static final String LEFT_MESSAGE = "vobiz-member-left";
  private static final String EMPTY_MESSAGE = "vobiz-conference-empty";

  /**
   * @throws UndecodableException if a field is no text
   */
  static ConferenceEvent read(String account, CallbackForm form, Instant receivedAt)
      throws UndecodableException {
    Action action = Action.of(form.text("ConferenceAction"), form.text("Event"));
    return new ConferenceEvent(
        account,
        action,
        new Conference(form.text("ConferenceName"), form.text("ConferenceUUID")),
        new Member(
            form.text("ConferenceMemberID"),
            form.text("CallUUID"),
            form.text("From"),
            form.text("To")),
        switch (action) {
          case END -> true;
          case EXIT ->
              "true".equalsIgnoreCase(form.text("ConferenceLastMember"))
                  || "0".equals(form.text("ConferenceCurrentSize"));
          case ENTER, OTHER, NONE -> false;
        },
        receivedAt);
  }

  /** The most that it says, for metrics and logs. */
  String label() {
    return switch (action) {
      case ENTER -> EventSettings.MEMBER_JOINED;
      case EXIT -> lastMember ? EventSettings.EMPTY : EventSettings.MEMBER_LEFT;
      case END -> EventSettings.EMPTY;
      case OTHER, NONE -> NO_EVENT;
    };
  }

  /** The messages of it that are to be published. */
  Stream<Message> messages(Set<String> published) {
    Optional<Message> ofMember =
        switch (action) {
          case ENTER -> Optional.of(ofMember(EventSettings.MEMBER_JOINED, JOINED_MESSAGE));
          case EXIT -> Optional.of(ofMember(EventSettings.MEMBER_LEFT, LEFT_MESSAGE));
          case END, OTHER, NONE -> Optional.empty();
        };
    Optional<Message> ofConference =
        lastMember
            ? Optional.of(
                new Message(EventSettings.EMPTY, EMPTY_MESSAGE, inConference(EventSettings.EMPTY)))
            : Optional.empty();
    return Stream.of(ofMember, ofConference)
        .flatMap(Optional::stream)
        .filter(message -> published.contains(message.event()));
  }

  private Message ofMember(String event, String message) {
    return new Message(
        event,
        message,
        inConference(orEmpty(member.callUuid()) + ":" + orEmpty(member.id()) + ":" + action.name));
  }

  private String inConference(String what) {
    return account + ":" + conference.uuid() + ":" + what;
  }

  private static String orEmpty(String id) {
    return id == null ? "" : id;
  }

  /**
   * The variable {@code conferenceEvent} of a message.
   *
   * @param includeNumbers whether it has phone numbers, which are personal data
   */
  Map<String, Object> variable(Message message, boolean includeNumbers) {
    var variable = new LinkedHashMap<String, Object>();
    variable.put("event", message.event());
    variable.put("conferenceName", conference.name());
    variable.put("conferenceUuid", conference.uuid());
    variable.put("memberId", member.id());
    variable.put("callUuid", member.callUuid());
    variable.put("lastMember", lastMember);
    variable.put("account", account);
    variable.put("receivedAt", receivedAt.toString());
    if (includeNumbers) {
      variable.put("from", member.from());
      variable.put("to", member.to());
    }
    return variable;
  }

  @Override
  public String toString() {
    return "ConferenceEvent[account=" + account + ", event=" + label() + "]";
  }
}
