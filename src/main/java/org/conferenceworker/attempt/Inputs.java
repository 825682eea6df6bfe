package org.conferenceworker.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.conferenceworker.attempt.Asked.Timing;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.guard.GuardedNames;
import org.conferenceworker.guard.HangUpAllKeys;
import org.conferenceworker.vobiz.AnnouncementUrl;
import org.conferenceworker.vobiz.BothKeys;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.MemberIds;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.conferenceworker.vobiz.account.VobizAccounts;

/** Reads a job's inputs, with the defaults and checks that tasks share. */
public final class Inputs extends Values {

  /** The name of the conference. */
  public static final String CONFERENCE_NAME = "conferenceName";

  /** The account profile; {@code default} if it is missing or blank. */
  public static final String ACCOUNT = "account";

  /** The time of the request: an ISO 8601 date and time with offset or zone. */
  public static final String REQUESTED_AT = "requestedAt";

  /** How long after {@link #REQUESTED_AT} it may be carried out: an ISO 8601 duration. */
  public static final String VALID_FOR = "validFor";

  /** The longest wait after the first attempt, doubled each time: an ISO 8601 duration. */
  public static final String RETRY_BACKOFF = "retryBackoff";

  /** Header: what to do if there is no such conference or member, see {@link OnNotFound}. */
  public static final String ON_NOT_FOUND = "onNotFound";

  /** Header: {@code true} lets {@link #MEMBER_IDS} be "all". */
  public static final String ALLOW_ALL = "allowAll";

  /** Why something is asked for, in a person's words. */
  public static final String REASON = "reason";

  /** The person who asks for it. */
  public static final String REQUESTED_BY = "requestedBy";

  /** Members who may be all members: an id, a list of ids, or "all". */
  public static final String MEMBERS = "members";

  /** Members: an id or a list of ids. */
  public static final String MEMBER_IDS = "memberIds";

  /** A slip of the pen must not make a process wait for days. */
  private static final Duration LONGEST_LENGTH = Duration.ofHours(1);

  /**
   * What inputs are checked against.
   *
   * @param names the guard rails for names
   * @param hangUpAll the keys for ending every conference of an account
   */
  public record Context(VobizAccounts accounts, GuardedNames names, HangUpAllKeys hangUpAll) {

    /**
     * @param requestedAtDefault the request time of a task that has none
     */
    public Inputs of(
        Map<String, Object> variables,
        Map<String, String> headers,
        Instant requestedAtDefault,
        Instant now) {
      return new Inputs(this, variables, headers, requestedAtDefault, now);
    }

    /** A text with inputs in it, among which there may be a token. */
    String masked(String text) {
      return accounts.mask(text);
    }
  }

  private final Context context;
  private final Timings timings;

  /** Read once, because its token may be in a file; {@code null} until then. */
  private VobizAccount account;

  private Inputs(
      Context context,
      Map<String, Object> variables,
      Map<String, String> headers,
      Instant requestedAtDefault,
      Instant now) {
    super(variables, headers);
    this.context = context;
    timings = new Timings(this, requestedAtDefault, now);
  }

  /** Whether there is no request time. */
  static boolean isMissing(Object requestedAt) {
    return requestedAt == null || isBlank(requestedAt);
  }

  /** The account input or its default; not necessarily a string, or a known account. */
  static Object accountName(Map<String, Object> variables) {
    Object input = variables.get(ACCOUNT);
    return input == null || isBlank(input) ? VobizAccount.DEFAULT : input;
  }

  /** What is asked for about a conference. */
  public Asked asked(TaskType type, ConferenceName conference, Timing timing) throws InvalidInput {
    return asked(type, Map.of(CONFERENCE_NAME, conference.value()), timing);
  }

  /** What is asked for about members of a conference. */
  public Asked asked(TaskType type, ConferenceName conference, MemberIds members, Timing timing)
      throws InvalidInput {
    return asked(
        type, Map.of(CONFERENCE_NAME, conference.value(), MEMBERS, members.toVariable()), timing);
  }

  /**
   * What is asked for.
   *
   * @param about what it is about besides the account, by the names of inputs
   */
  public Asked asked(TaskType type, Map<String, Object> about, Timing timing) throws InvalidInput {
    var parts = new HashMap<>(about);
    parts.put(ACCOUNT, account().name());
    return new Asked(type, new Subject(parts), account(), timing);
  }

  /**
   * When it may be carried out; an empty input switches the validity off.
   *
   * @param validFor the default of the validity
   */
  public Timing timing(Duration validFor) throws InvalidInput {
    return timings.validFor(validFor);
  }

  /**
   * When it may be carried out, with a validity that cannot be switched off.
   *
   * @param longest the longest validity
   * @param validFor its default
   */
  public Timing timingWithin(Duration longest, Duration validFor) throws InvalidInput {
    return timings.validForAtMost(longest, validFor);
  }

  /** For a request that is never too late. */
  public Timing timingWithoutValidity() throws InvalidInput {
    return timings.withoutValidity();
  }

  public OnNotFound onNotFound(OnNotFound defaultValue) throws InvalidInput {
    return choice(ON_NOT_FOUND, defaultValue);
  }

  /** Reads the name of a conference that stays as it is; no guard rail forbids that. */
  public ConferenceName conference() throws InvalidInput {
    Object value = given(CONFERENCE_NAME, "allowed is a string");
    return read(CONFERENCE_NAME, value, ConferenceName.ALLOWED, v -> new ConferenceName(text(v)));
  }

  /** Reads a conference from which the guard rails must allow people to be removed. */
  public ConferenceName conferenceToRemoveFrom() throws InvalidInput {
    ConferenceName conference = conference();
    refuse(conference, context.names().objectionToRemoving(account().name(), conference));
    return conference;
  }

  /** Reads a conference in which the guard rails must allow anything to be done. */
  public ConferenceName conferenceToActIn() throws InvalidInput {
    ConferenceName conference = conference();
    refuse(conference, context.names().objectionToActing(account().name(), conference));
    return conference;
  }

  private void refuse(ConferenceName conference, Optional<String> objection) throws InvalidInput {
    if (objection.isPresent()) {
      throw InvalidInput.of(
          CONFERENCE_NAME,
          conference.value(),
          objection.get(),
          context.names().allowed(account().name()));
    }
  }

  /**
   * Reads members of a conference: an id or a list of them.
   *
   * @param mayBeAll whether they may be everybody
   * @return nothing if the input is missing
   */
  public Optional<MemberIds> members(String input, boolean mayBeAll) throws InvalidInput {
    String allowed =
        MemberIds.ALLOWED
            + (mayBeAll ? "; or \"all\", alone and in lower case, for everybody" : "");
    Object value = given(input, allowed);
    if (value == null) {
      return Optional.empty();
    }
    MemberIds members = read(input, value, allowed, MemberIds::of);
    if (members.isAll() && !mayBeAll) {
      throw InvalidInput.of(
          input,
          value,
          "means everybody, for which the header \"%s\" must be true".formatted(ALLOW_ALL),
          allowed);
    }
    return Optional.of(members);
  }

  /** Reads the address of a recording, which may have a secret in it. */
  public AnnouncementUrl announcementUrl(String input) throws InvalidInput {
    Object value = given(input, AnnouncementUrl.ALLOWED);
    try {
      return new AnnouncementUrl(text(value));
    } catch (IllegalArgumentException e) {
      throw InvalidInput.of(input, null, e.getMessage(), AnnouncementUrl.ALLOWED);
    }
  }

  /** Makes of a value what it stands for, unless that refuses it. */
  private static <T> T read(String input, Object value, String allowed, Function<Object, T> meaning)
      throws InvalidInput {
    try {
      return meaning.apply(value);
    } catch (IllegalArgumentException e) {
      throw InvalidInput.of(input, value, e.getMessage(), allowed);
    }
  }

  private static String text(Object value) {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new IllegalArgumentException("is not a string");
  }

  /** Reads how long something lasts: an hour at most; nothing if it is missing or blank. */
  public Optional<Duration> length(String input) throws InvalidInput {
    return Optional.ofNullable(
        duration(
            input,
            LONGEST_LENGTH,
            "allowed is an ISO 8601 duration above zero and up to an hour such as PT20S, or no input"
                + " at all"));
  }

  /**
   * Turns both keys for ending every conference of the account.
   *
   * @param expectedAuthId the input with the auth id that a person expects the account to have
   */
  public BothKeys bothKeys(String expectedAuthId) throws InvalidInput {
    try {
      return context.hangUpAll().turn(account(), line(expectedAuthId));
    } catch (HangUpAllKeys.Refused e) {
      throw new InvalidInput(e.getMessage(), e.remedy());
    }
  }

  /**
   * Reads the account profile.
   *
   * @throws InvalidInput if there is none of this name
   */
  public VobizAccount account() throws InvalidInput {
    if (account == null) {
      account = readAccount();
    }
    return account;
  }

  private VobizAccount readAccount() throws InvalidInput {
    String allowed =
        "allowed is one of the account profiles that the worker was started with: "
            + String.join(", ", context.accounts().names());
    Object value = given(ACCOUNT);
    if (value == null || isBlank(value)) {
      value = VobizAccount.DEFAULT;
    }
    if (!(value instanceof String name)) {
      throw InvalidInput.of(ACCOUNT, value, "is not a string", allowed);
    }
    return context
        .accounts()
        .find(name)
        .orElseThrow(() -> InvalidInput.of(ACCOUNT, name, "is not known", allowed));
  }
}
