package org.conferenceworker.hangup;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.guard.GuardedNames;
import org.conferenceworker.log.Quoted;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.conferenceworker.vobiz.account.VobizAccounts;

/**
 * What the task asks for, complete and valid.
 *
 * @param conference the conference to end
 * @param account the account profile to use
 * @param requestedAt when it was asked for
 * @param validUntil from when on it must not be carried out any more; {@code null} means no limit
 * @param retryBackoff the longest wait after the first attempt, should there be another
 * @param onNotFound what to do if there is no such conference
 */
record HangUpRequest(
    ConferenceName conference,
    VobizAccount account,
    Instant requestedAt,
    Instant validUntil,
    Duration retryBackoff,
    OnNotFound onNotFound) {

  /** With the template's five retries it bridges an outage of 90 s, see {@link Backoff}. */
  static final Duration DEFAULT_RETRY_BACKOFF = Duration.ofSeconds(10);

  static final Duration DEFAULT_VALID_FOR = Duration.ofHours(1);
  static final Duration LONGEST_DURATION = Duration.ofDays(365);

  private static final List<String> INPUTS =
      List.of(
          HangUpTask.CONFERENCE_NAME,
          HangUpTask.ACCOUNT,
          HangUpTask.REQUESTED_AT,
          HangUpTask.VALID_FOR,
          HangUpTask.RETRY_BACKOFF);

  /** What reading a job's inputs came to. */
  sealed interface Reading {}

  /** The inputs are complete and valid. */
  record Valid(HangUpRequest request) implements Reading {}

  /**
   * An input is not usable.
   *
   * @param message which one, what is wrong and what is allowed
   */
  record Invalid(String message) implements Reading {}

  Subject subject() {
    return subject(conference.value(), account.name());
  }

  static Subject subject(String conference, String account) {
    return new Subject(Map.of(HangUpTask.CONFERENCE_NAME, conference, HangUpTask.ACCOUNT, account));
  }

  /**
   * What the inputs of a job ask for.
   *
   * @return {@code null} if they name no conference, or no account
   */
  static Subject subject(Map<String, Object> inputs) {
    return inputs.get(HangUpTask.CONFERENCE_NAME) instanceof String name
            && accountName(inputs.get(HangUpTask.ACCOUNT)) instanceof String account
        ? subject(name, account)
        : null;
  }

  boolean isTooLate(Instant now) {
    return validUntil != null && !now.isBefore(validUntil);
  }

  /**
   * The moment from which on nothing may be sent: the lease's end, or an earlier end of validity.
   */
  Instant sendBefore(Instant leaseEnd) {
    return validUntil != null && validUntil.isBefore(leaseEnd) ? validUntil : leaseEnd;
  }

  /**
   * Reads a job's inputs and fills in every default.
   *
   * @param requestedAtDefault when the hang-up counts as asked for if the task does not say
   */
  static Reading read(
      Map<String, Object> variables,
      Map<String, String> headers,
      VobizAccounts accounts,
      GuardedNames guard,
      Instant requestedAtDefault) {
    try {
      refuseNull(variables);
      ConferenceName conference = conference(variables.get(HangUpTask.CONFERENCE_NAME));
      VobizAccount account = account(variables.get(HangUpTask.ACCOUNT), accounts);
      requireUnguarded(conference, account.name(), guard);
      Instant requestedAt = requestedAt(variables.get(HangUpTask.REQUESTED_AT), requestedAtDefault);
      Duration validFor = validFor(variables.get(HangUpTask.VALID_FOR));
      Duration retryBackoff = retryBackoff(variables.get(HangUpTask.RETRY_BACKOFF));
      OnNotFound onNotFound = onNotFound(headers.get(HangUpTask.ON_NOT_FOUND));
      return new Valid(
          new HangUpRequest(
              conference,
              account,
              requestedAt,
              validFor == null ? null : requestedAt.plus(validFor),
              retryBackoff,
              onNotFound));
    } catch (InvalidInput e) {
      return new Invalid(
          Sentences.invalidInput(
              e.getMessage(),
              variables.get(HangUpTask.CONFERENCE_NAME),
              variables.get(HangUpTask.ACCOUNT)));
    }
  }

  /**
   * An input that is there has a value, or its expression went wrong: no default is taken for it.
   */
  private static void refuseNull(Map<String, Object> variables) throws InvalidInput {
    for (String input : INPUTS) {
      if (variables.containsKey(input) && variables.get(input) == null) {
        throw new InvalidInput(
            "the input \"%s\" is null, as when its expression names a variable that is not there, or"
                    .formatted(input)
                + " joins a text and a number (write \"Case \" + string(caseNumber))"
                + (input.equals(HangUpTask.CONFERENCE_NAME)
                    ? "; allowed is a text"
                    : "; allowed is a value, or no such input at all for its default"));
      }
    }
  }

  private static ConferenceName conference(Object value) throws InvalidInput {
    if (value != null && !(value instanceof String)) {
      throw wrong(HangUpTask.CONFERENCE_NAME, value, "is no text", ConferenceName.ALLOWED);
    }
    try {
      return new ConferenceName((String) value);
    } catch (IllegalArgumentException e) {
      throw wrong(HangUpTask.CONFERENCE_NAME, value, e.getMessage(), ConferenceName.ALLOWED);
    }
  }

  private static void requireUnguarded(
      ConferenceName conference, String account, GuardedNames guard) throws InvalidInput {
    String objection = guard.objectionTo(account, conference).orElse(null);
    if (objection != null) {
      throw wrong(
          HangUpTask.CONFERENCE_NAME, conference.value(), objection, guard.allowed(account));
    }
  }

  private static VobizAccount account(Object value, VobizAccounts accounts) throws InvalidInput {
    String allowed =
        "allowed is one of the account profiles that the worker was started with: "
            + String.join(", ", accounts.names());
    if (!(accountName(value) instanceof String name)) {
      throw wrong(HangUpTask.ACCOUNT, value, "is no text", allowed);
    }
    return accounts
        .find(name)
        .orElseThrow(() -> wrong(HangUpTask.ACCOUNT, name, "is not known", allowed));
  }

  /** Whether a moment was not given at all. */
  static boolean isMissing(Object requestedAt) {
    return requestedAt == null || isBlank(requestedAt);
  }

  /** The account input with its default filled in; not yet known to be a text, or an account. */
  static Object accountName(Object input) {
    return input == null || isBlank(input) ? VobizAccount.DEFAULT : input;
  }

  private static Instant requestedAt(Object value, Instant defaultValue) throws InvalidInput {
    if (isMissing(value)) {
      return defaultValue;
    }
    String allowed =
        "allowed is a date and time with offset or zone such as 2026-11-22T19:32:12Z, for example"
            + " from the expression now()";
    if (!(value instanceof String text)) {
      throw wrong(HangUpTask.REQUESTED_AT, value, "is no date and time", allowed);
    }
    Instant instant;
    try {
      instant = moment(text.strip());
    } catch (DateTimeException e) {
      throw wrong(
          HangUpTask.REQUESTED_AT, value, "is no date and time with offset or zone", allowed);
    }
    if (instant.isAfter(defaultValue.plus(LONGEST_DURATION))) {
      throw wrong(HangUpTask.REQUESTED_AT, value, "is more than 365 days ahead", allowed);
    }
    return instant;
  }

  /** Besides the standard's spelling, what the FEEL function {@code string} makes of a moment. */
  private static Instant moment(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? ZonedDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text.substring(0, at))
            .atZone(ZoneId.of(text.substring(at + 1)))
            .toInstant();
  }

  /** {@code null} means no limit. */
  private static Duration validFor(Object value) throws InvalidInput {
    if (value == null) {
      return DEFAULT_VALID_FOR;
    }
    return isBlank(value)
        ? null
        : duration(
            HangUpTask.VALID_FOR,
            value,
            "allowed is an ISO 8601 duration above zero and up to 365 days such as PT1H or P1DT12H,"
                + " or an empty text for no limit");
  }

  private static Duration retryBackoff(Object value) throws InvalidInput {
    return value == null || isBlank(value)
        ? DEFAULT_RETRY_BACKOFF
        : duration(
            HangUpTask.RETRY_BACKOFF,
            value,
            "allowed is an ISO 8601 duration above zero and up to 365 days such as PT10S or PT1M; no"
                + " wait is longer than five minutes");
  }

  private static boolean isBlank(Object value) {
    return value instanceof String text && text.isBlank();
  }

  private static Duration duration(String input, Object value, String allowed) throws InvalidInput {
    if (!(value instanceof String text)) {
      throw wrong(input, value, "is no duration", allowed);
    }
    Duration duration;
    try {
      duration = Duration.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw wrong(input, value, "is no duration of days to seconds", allowed);
    }
    if (duration.isNegative() || duration.isZero()) {
      throw wrong(input, value, "is not longer than zero", allowed);
    }
    if (duration.compareTo(LONGEST_DURATION) > 0) {
      throw wrong(input, value, "is too long", allowed);
    }
    return duration;
  }

  private static OnNotFound onNotFound(String value) throws InvalidInput {
    if (value == null) {
      return OnNotFound.ERROR;
    }
    return OnNotFound.ofHeader(value)
        .orElseThrow(
            () ->
                wrong(
                    HangUpTask.ON_NOT_FOUND,
                    value,
                    "is not known",
                    "allowed is one of: " + OnNotFound.choices()));
  }

  private static InvalidInput wrong(String input, Object value, String problem, String allowed) {
    String shown = value == null ? "" : " (" + Quoted.of(value) + ")";
    return new InvalidInput("the input \"" + input + "\"" + shown + " " + problem + "; " + allowed);
  }

  private static final class InvalidInput extends Exception {
    InvalidInput(String message) {
      super(message);
    }
  }
}
