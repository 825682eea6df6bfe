package org.conferenceworker.attempt;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.conferenceworker.attempt.Asked.Timing;

/** Reads from a job's inputs when it may be carried out. */
final class Timings {

  /** With the template's five retries it bridges an outage of 90 s, see {@link Backoff}. */
  static final Duration DEFAULT_RETRY_BACKOFF = Duration.ofSeconds(10);

  static final Duration LONGEST_DURATION = Duration.ofDays(365);

  /** How far the engine's clock may be ahead of the worker's. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

  private final Values values;
  private final Instant requestedAtDefault;
  private final Instant now;

  /**
   * @param requestedAtDefault the request time of a task that has none
   */
  Timings(Values values, Instant requestedAtDefault, Instant now) {
    this.values = values;
    this.requestedAtDefault = requestedAtDefault;
    this.now = now;
  }

  /**
   * @param validFor the default of the validity
   */
  Timing validFor(Duration validFor) throws InvalidInput {
    Instant requestedAt = requestedAt();
    Duration valid = validity(validFor);
    return new Timing(requestedAt, valid == null ? null : requestedAt.plus(valid), retryBackoff());
  }

  Timing withoutValidity() throws InvalidInput {
    return new Timing(requestedAt(), null, retryBackoff());
  }

  /**
   * A validity that cannot be switched off, not even by a request time in the future.
   *
   * @param validFor the default of the validity
   * @param longest the longest validity
   */
  Timing validForAtMost(Duration longest, Duration validFor) throws InvalidInput {
    Instant requestedAt = requestedAt();
    if (requestedAt.isAfter(now.plus(CLOCK_DIFFERENCE))) {
      throw InvalidInput.of(
          Inputs.REQUESTED_AT,
          requestedAt.toString(),
          "is in the future",
          "allowed is a date and time that has come, for example from the expression now()");
    }
    String allowed =
        "allowed is an ISO 8601 duration above zero and up to %s such as %s"
            .formatted(longest, validFor);
    Object value = values.given(Inputs.VALID_FOR);
    if (Values.isBlank(value)) {
      throw InvalidInput.of(Inputs.VALID_FOR, value, "is blank", allowed);
    }
    Duration valid = value == null ? validFor : values.duration(Inputs.VALID_FOR, longest, allowed);
    return new Timing(requestedAt, requestedAt.plus(valid), retryBackoff());
  }

  private Instant requestedAt() throws InvalidInput {
    Object value = values.given(Inputs.REQUESTED_AT);
    if (value == null || Values.isBlank(value)) {
      return requestedAtDefault;
    }
    String allowed =
        "allowed is a date and time with offset or zone such as 2026-11-22T19:32:12Z, for example"
            + " from the expression now()";
    if (!(value instanceof String text)) {
      throw InvalidInput.of(Inputs.REQUESTED_AT, value, "is not a date and time", allowed);
    }
    Instant instant;
    try {
      instant = moment(text.strip());
    } catch (DateTimeException e) {
      throw InvalidInput.of(
          Inputs.REQUESTED_AT, value, "is not a date and time with offset or zone", allowed);
    }
    if (instant.isAfter(now.plus(LONGEST_DURATION))) {
      throw InvalidInput.of(Inputs.REQUESTED_AT, value, "is more than 365 days ahead", allowed);
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
  private Duration validity(Duration defaultValue) throws InvalidInput {
    return values.given(Inputs.VALID_FOR) == null
        ? defaultValue
        : values.duration(
            Inputs.VALID_FOR,
            LONGEST_DURATION,
            "allowed is an ISO 8601 duration above zero and up to 365 days such as PT1H or P1DT12H,"
                + " or an empty string for no limit");
  }

  private Duration retryBackoff() throws InvalidInput {
    Duration backoff =
        values.duration(
            Inputs.RETRY_BACKOFF,
            LONGEST_DURATION,
            "allowed is an ISO 8601 duration above zero and up to 365 days such as PT10S or PT1M; no"
                + " wait is longer than five minutes");
    return backoff == null ? DEFAULT_RETRY_BACKOFF : backoff;
  }
}
