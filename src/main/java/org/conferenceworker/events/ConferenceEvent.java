package org.conferenceworker.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /**
     * By the field ConferenceAction, or the older Event. Both may be there, and one of them unknown
     * here; but they must not contradict each other.
     */
    private static Action of(String action, String event) {
      if (action == null && event == null) {
        return NONE;
      }
      Action byAction = byName(action);
      Action byEvent = byName(event == null ? null : event.replaceFirst("(?i)^Conference", ""));
      if (byAction == OTHER || byEvent == OTHER) {
        return byAction == OTHER ? byEvent : byAction;
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

  private static final String ACTION = "ConferenceAction";
  private static final String EVENT = "Event";
  private static final String NAME = "ConferenceName";
  private static final String UUID = "ConferenceUUID";
  private static final String MEMBER_ID = "ConferenceMemberID";
  private static final String CALL_UUID = "CallUUID";
  private static final String LAST_MEMBER = "ConferenceLastMember";
  private static final String SIZE = "ConferenceCurrentSize";
  private static final String FROM = "From";
  private static final String TO = "To";

  /** The fields of a callback that it is read from. */
  static final Set<String> FIELDS =
      Set.of(ACTION, EVENT, NAME, UUID, MEMBER_ID, CALL_UUID, LAST_MEMBER, SIZE, FROM, TO);

  private static final String JOINED_MESSAGE = "vobiz-member-joined";
  private static final String LEFT_MESSAGE = "vobiz-member-left";
  private static final String EMPTY_MESSAGE = "vobiz-conference-empty";

  /**
   * @throws UndecodableException if a field is no text
   */
  static ConferenceEvent read(String account, CallbackForm form, Instant receivedAt)
      throws UndecodableException {
    Action action = Action.of(form.text(ACTION), form.text(EVENT));
    return new ConferenceEvent(
        account,
        action,
        new Conference(form.text(NAME), form.text(UUID)),
        new Member(
            textOrNull(form, MEMBER_ID),
            textOrNull(form, CALL_UUID),
            textOrNull(form, FROM),
            textOrNull(form, TO)),
        switch (action) {
          case END -> true;
          case EXIT ->
              "true".equalsIgnoreCase(form.text(LAST_MEMBER)) || "0".equals(form.text(SIZE));
          case ENTER, OTHER, NONE -> false;
        },
        receivedAt);
  }

  /** Of fields that can be done without. */
  private static String textOrNull(CallbackForm form, String field) {
    try {
      return form.text(field);
    } catch (UndecodableException e) {
      return null;
    }
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

  /** The messages of it that are to be published, the most important one first. */
  Stream<Message> messages(Set<String> published) {
    Optional<Message> ofConference =
        lastMember
            ? Optional.of(new Message(EventSettings.EMPTY, EMPTY_MESSAGE, id(EventSettings.EMPTY)))
            : Optional.empty();
    Optional<Message> ofMember =
        switch (action) {
          case ENTER -> ofMember(EventSettings.MEMBER_JOINED, JOINED_MESSAGE);
          case EXIT -> ofMember(EventSettings.MEMBER_LEFT, LEFT_MESSAGE);
          case END, OTHER, NONE -> Optional.empty();
        };
    return Stream.of(ofConference, ofMember)
        .flatMap(Optional::stream)
        .filter(message -> published.contains(message.event()));
  }

  /** Without any id, the messages of two members would have the same. */
  private Optional<Message> ofMember(String event, String message) {
    return member.id() == null && member.callUuid() == null
        ? Optional.empty()
        : Optional.of(new Message(event, message, id(member.callUuid(), member.id(), action.name)));
  }

  private String id(String... parts) {
    return Stream.concat(Stream.of(account, conference.uuid()), Stream.of(parts))
        .map(part -> part == null ? "" : part.replace("%", "%25").replace(":", "%3A"))
        .collect(Collectors.joining(":"));
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
