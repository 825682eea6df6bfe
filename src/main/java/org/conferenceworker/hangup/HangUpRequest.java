package org.conferenceworker.hangup;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.VobizAccount;
import org.conferenceworker.vobiz.VobizAccounts;

/**
 * What the task asks for, complete and valid.
 *
 * @param conference the conference to end
 * @param account the account profile to use
 * @param requestedAt when it was asked for
 * @param validUntil from when on it must not be carried out any more; {@code null} means no limit
 * @param onNotFound what to do if there is no such conference
 */
record HangUpRequest(
    ConferenceName conference,
    VobizAccount account,
    Instant requestedAt,
    Instant validUntil,
    OnNotFound onNotFound) {

  static final Duration DEFAULT_VALID_FOR = Duration.ofHours(1);
  static final Duration LONGEST_VALID_FOR = Duration.ofDays(365);

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
      ConferenceName conference = conference(variables.get(HangUpTask.CONFERENCE_NAME));
      VobizAccount account = account(variables.get(HangUpTask.ACCOUNT), accounts);
      requireUnguarded(conference, account.name(), guard);
      Instant requestedAt = requestedAt(variables.get(HangUpTask.REQUESTED_AT), requestedAtDefault);
      Duration validFor = validFor(variables.get(HangUpTask.VALID_FOR));
      OnNotFound onNotFound = onNotFound(headers.get(HangUpTask.ON_NOT_FOUND));
      return new Valid(
          new HangUpRequest(
              conference,
              account,
              requestedAt,
              validFor == null ? null : requestedAt.plus(validFor),
              onNotFound));
    } catch (InvalidInput e) {
      return new Invalid(
          Sentences.invalidInput(
              e.getMessage(),
              variables.get(HangUpTask.CONFERENCE_NAME),
              variables.get(HangUpTask.ACCOUNT)));
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
    return requestedAt == null || requestedAt.equals("");
  }

  /** The account input with its default filled in; not yet known to be a text, or an account. */
  static Object accountName(Object input) {
    boolean empty = input == null || input instanceof String text && text.isBlank();
    return empty ? VobizAccount.DEFAULT : input;
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
      instant = ZonedDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException e) {
      throw wrong(
          HangUpTask.REQUESTED_AT, value, "is no date and time with offset or zone", allowed);
    }
    if (instant.isAfter(defaultValue.plus(LONGEST_VALID_FOR))) {
      throw wrong(HangUpTask.REQUESTED_AT, value, "is more than 365 days ahead", allowed);
    }
    return instant;
  }

  /** {@code null} means no limit. */
  private static Duration validFor(Object value) throws InvalidInput {
    if (value == null) {
      return DEFAULT_VALID_FOR;
    }
    String allowed =
        "allowed is an ISO 8601 duration above zero and up to 365 days such as PT1H or P1DT12H, or an"
            + " empty text for no limit";
    if (!(value instanceof String text)) {
      throw wrong(HangUpTask.VALID_FOR, value, "is no duration", allowed);
    }
    if (text.isBlank()) {
      return null;
    }
    Duration duration;
    try {
      duration = Duration.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw wrong(HangUpTask.VALID_FOR, value, "is no duration of days to seconds", allowed);
    }
    if (duration.isNegative() || duration.isZero()) {
      throw wrong(HangUpTask.VALID_FOR, value, "is not longer than zero", allowed);
    }
    if (duration.compareTo(LONGEST_VALID_FOR) > 0) {
      throw wrong(HangUpTask.VALID_FOR, value, "is too long", allowed);
    }
    return duration;
  }

  private static OnNotFound onNotFound(String value) throws InvalidInput {
    if (value == null || value.isBlank()) {
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
    String shown = value == null ? "" : " (" + Sentences.show(value) + ")";
    return new InvalidInput("the input \"" + input + "\"" + shown + " " + problem + "; " + allowed);
  }

  private static final class InvalidInput extends Exception {
    InvalidInput(String message) {
      super(message);
    }
  }
}
