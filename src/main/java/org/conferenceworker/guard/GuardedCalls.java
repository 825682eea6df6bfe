package org.conferenceworker.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.conferenceworker.vobiz.Api;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.Outcome.NotItsTurn;
import org.conferenceworker.vobiz.Outcome.RateReached;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;
import org.conferenceworker.vobiz.Outcome.TooLittleTime;

/**
 * The only way to the API. A request passes if the job has enough time left, a permit is free in
 * time, the request is still valid by then, and the rate limit allows it. Being held back is an
 * outcome like any other.
 */
public final class GuardedCalls {

  /** The part of the job timeout that is kept for the report. */
  private static final Duration TIME_TO_REPORT = Duration.ofSeconds(2);

  private final Api api;
  private final CallLimits limits;
  private final RateLimiter rate;
  private final Duration longestCall;
  private final Clock clock;

  /**
   * @param longestCall longest time of a call; a job that has less time left than a call and its
   *     report need is not started
   */
  public GuardedCalls(
      Api api, CallLimits limits, RateLimiter rate, Duration longestCall, Clock clock) {
    this.api = api;
    this.limits = limits;
    this.rate = rate;
    this.longestCall = longestCall;
    this.clock = clock;
  }

  /**
   * Sends a request, or holds it back.
   *
   * @param jobEnd when the job timeout ends
   * @param validUntil when the request must no longer be sent; {@code null} means no limit
   */
  public Outcome send(ApiRequest request, Instant jobEnd, Instant validUntil) {
    Instant callEnd = jobEnd.minus(TIME_TO_REPORT);
    Instant lastStart = callEnd.minus(longestCall);
    Instant start = clock.instant();
    if (isOver(validUntil, start)) {
      return new TooLateToSend();
    }
    if (start.isAfter(lastStart)) {
      return tooLittleTime(start, jobEnd);
    }
    String account = request.account().name();
    Duration patience = Duration.between(start, earlier(lastStart, validUntil));
    try (CallLimits.Permit permit = limits.await(account, patience)) {
      Instant now = clock.instant();
      if (isOver(validUntil, now)) {
        return new TooLateToSend();
      }
      if (now.isAfter(lastStart)) {
        return tooLittleTime(now, jobEnd);
      }
      if (permit == null) {
        return new NotItsTurn();
      }
      Duration wait = request.kind().removesPeople() ? rate.pass(account, now) : Duration.ZERO;
      if (!wait.isZero()) {
        return new RateReached(wait);
      }
      Outcome outcome = api.send(request, earlier(callEnd, validUntil));
      return outcome instanceof TooLateToSend && !isOver(validUntil, clock.instant())
          ? new TooLittleTime("its job timeout ended before the request could be sent")
          : outcome;
    }
  }

  private static boolean isOver(Instant validUntil, Instant now) {
    return validUntil != null && !now.isBefore(validUntil);
  }

  private static Instant earlier(Instant end, Instant validUntil) {
    return validUntil != null && validUntil.isBefore(end) ? validUntil : end;
  }

  private Outcome tooLittleTime(Instant now, Instant jobEnd) {
    return new TooLittleTime(
        "%d ms of its job timeout are left, and a call and its report may take %d ms"
            .formatted(
                Duration.between(now, jobEnd).toMillis(),
                longestCall.plus(TIME_TO_REPORT).toMillis()));
  }
}
