package org.conferenceworker.attempt;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.conferenceworker.attempt.Asked.Timing;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.guard.GuardedNames;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.conferenceworker.vobiz.account.VobizAccounts;

/** Reads a job's inputs, with the defaults and checks that all tasks share. */
public final class Inputs {

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

  /** Header: what to do if there is no such conference, see {@link OnNotFound}. */
  public static final String ON_NOT_FOUND = "onNotFound";

  /** With the template's five retries it bridges an outage of 90 s, see {@link Backoff}. */
  static final Duration DEFAULT_RETRY_BACKOFF = Duration.ofSeconds(10);

  static final Duration LONGEST_DURATION = Duration.ofDays(365);

  /**
   * What inputs are checked against.
   *
   * @param names the guard rails for names
   */
  public record Context(VobizAccounts accounts, GuardedNames names) {

    /**
     * @param requestedAtDefault the request time of a task that has none
     */
    public Inputs of(
        Map<String, Object> variables, Map<String, String> headers, Instant requestedAtDefault) {
      return new Inputs(this, variables, headers, requestedAtDefault);
    }
  }

  private final Context context;
  private final Map<String, Object> variables;
  private final Map<String, String> headers;
  private final Instant requestedAtDefault;

  /** Read once, because its token may be in a file; {@code null} until then. */
  private VobizAccount account;

  private Inputs(
      Context context,
      Map<String, Object> variables,
      Map<String, String> headers,
      Instant requestedAtDefault) {
    this.context = context;
    this.variables = variables;
    this.headers = headers;
    this.requestedAtDefault = requestedAtDefault;
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

  /** Reads the conference, which the guard rails must allow to be ended. */
  public ConferenceName conferenceToEnd() throws InvalidInput {
    ConferenceName conference = conference();
    String account = account().name();
    String objection = context.names().objectionTo(account, conference).orElse(null);
    if (objection != null) {
      throw InvalidInput.of(
          CONFERENCE_NAME, conference.value(), objection, context.names().allowed(account));
    }
    return conference;
  }

  /** What is asked for about a conference. */
  public Asked asked(TaskType.Words words, ConferenceName conference, Timing timing)
      throws InvalidInput {
    VobizAccount account = account();
    var subject = new Subject(Map.of(CONFERENCE_NAME, conference.value(), ACCOUNT, account.name()));
    return new Asked(words, subject, account, timing);
  }

  /**
   * @param validFor the default of the validity
   */
  public Timing timing(Duration validFor) throws InvalidInput {
    Instant requestedAt = requestedAt();
    Duration valid = validFor(validFor);
    return new Timing(requestedAt, valid == null ? null : requestedAt.plus(valid), retryBackoff());
  }

  /** For a request that is never too late. */
  public Timing timingWithoutValidity() throws InvalidInput {
    return new Timing(requestedAt(), null, retryBackoff());
  }

  /** A header that is {@code true} or {@code false}. */
  public boolean flag(String header, boolean defaultValue) throws InvalidInput {
    String value = headers.get(header);
    return switch (value) {
      case null -> defaultValue;
      case "true" -> true;
      case "false" -> false;
      default ->
          throw InvalidInput.of(header, value, "is not known", "allowed is one of: true, false");
    };
  }

  public OnNotFound onNotFound(OnNotFound defaultValue) throws InvalidInput {
    String value = headers.get(ON_NOT_FOUND);
    if (value == null) {
      return defaultValue;
    }
    return OnNotFound.ofHeader(value)
        .orElseThrow(
            () ->
                InvalidInput.of(
                    ON_NOT_FOUND,
                    value,
                    "is not known",
                    "allowed is one of: " + OnNotFound.choices()));
  }

  /** Reads the name of a conference that stays as it is; no guard rail forbids that. */
  public ConferenceName conference() throws InvalidInput {
    Object value = given(CONFERENCE_NAME, "allowed is a string");
    if (value != null && !(value instanceof String)) {
      throw InvalidInput.of(CONFERENCE_NAME, value, "is not a string", ConferenceName.ALLOWED);
    }
    try {
      return new ConferenceName((String) value);
    } catch (IllegalArgumentException e) {
      throw InvalidInput.of(CONFERENCE_NAME, value, e.getMessage(), ConferenceName.ALLOWED);
    }
  }

  private VobizAccount account() throws InvalidInput {
    if (account == null) {
      account = readAccount();
    }
    return account;
  }

  private VobizAccount readAccount() throws InvalidInput {
    String allowed =
        "allowed is one of the account profiles that the worker was started with: "
            + String.join(", ", context.accounts().names());
    given(ACCOUNT);
    Object value = accountName(variables);
    if (!(value instanceof String name)) {
      throw InvalidInput.of(ACCOUNT, value, "is not a string", allowed);
    }
    return context
        .accounts()
        .find(name)
        .orElseThrow(() -> InvalidInput.of(ACCOUNT, name, "is not known", allowed));
  }

  private Instant requestedAt() throws InvalidInput {
    Object value = given(REQUESTED_AT);
    if (isMissing(value)) {
      return requestedAtDefault;
    }
    String allowed =
        "allowed is a date and time with offset or zone such as 2026-11-22T19:32:12Z, for example"
            + " from the expression now()";
    if (!(value instanceof String text)) {
      throw InvalidInput.of(REQUESTED_AT, value, "is not a date and time", allowed);
    }
    Instant instant;
    try {
      instant = moment(text.strip());
    } catch (DateTimeException e) {
      throw InvalidInput.of(
          REQUESTED_AT, value, "is not a date and time with offset or zone", allowed);
    }
    if (instant.isAfter(requestedAtDefault.plus(LONGEST_DURATION))) {
      throw InvalidInput.of(REQUESTED_AT, value, "is more than 365 days ahead", allowed);
    }
    return instant;
  }

  /**
   * Reads the standard's format, and what the FEEL function {@code string} makes of a date and
   * time.
   */
  private static Instant moment(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? ZonedDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text.substring(0, at))
            .atZone(ZoneId.of(text.substring(at + 1)))
            .toInstant();
  }

  /** {@code null} means no limit. */
  private Duration validFor(Duration defaultValue) throws InvalidInput {
    Object value = given(VALID_FOR);
    if (value == null) {
      return defaultValue;
    }
    return isBlank(value)
        ? null
        : duration(
            VALID_FOR,
            value,
            "allowed is an ISO 8601 duration above zero and up to 365 days such as PT1H or P1DT12H,"
                + " or an empty string for no limit");
  }

  private Duration retryBackoff() throws InvalidInput {
    Object value = given(RETRY_BACKOFF);
    return value == null || isBlank(value)
        ? DEFAULT_RETRY_BACKOFF
        : duration(
            RETRY_BACKOFF,
            value,
            "allowed is an ISO 8601 duration above zero and up to 365 days such as PT10S or PT1M; no"
                + " wait is longer than five minutes");
  }

  private static boolean isBlank(Object value) {
    return value instanceof String text && text.isBlank();
  }

  private Object given(String input) throws InvalidInput {
    return given(input, "allowed is a value, or no input at all for the default");
  }

  /**
   * The value of an input; {@code null} if there is none. An input that is present and null is an
   * error in its expression, so it does not get the default.
   */
  private Object given(String input, String allowed) throws InvalidInput {
    if (variables.containsKey(input) && variables.get(input) == null) {
      throw new InvalidInput(
          "the input \"%s\" is null, as when its expression names a variable that is not there, or"
                  .formatted(input)
              + " joins a string and a number (write \"Case \" + string(caseNumber)); "
              + allowed);
    }
    return variables.get(input);
  }

  private static Duration duration(String input, Object value, String allowed) throws InvalidInput {
    if (!(value instanceof String text)) {
      throw InvalidInput.of(input, value, "is not a duration", allowed);
    }
    Duration duration;
    try {
      duration = Duration.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw InvalidInput.of(input, value, "is not a duration of days to seconds", allowed);
    }
    if (duration.isNegative() || duration.isZero()) {
      throw InvalidInput.of(input, value, "is not longer than zero", allowed);
    }
    if (duration.compareTo(LONGEST_DURATION) > 0) {
      throw InvalidInput.of(input, value, "is too long", allowed);
    }
    return duration;
  }
}
