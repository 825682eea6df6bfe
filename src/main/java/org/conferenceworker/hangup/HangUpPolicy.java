package org.conferenceworker.hangup;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.camunda.Decision.LetLeaseEnd;
import org.conferenceworker.camunda.Decision.RaiseIncident;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.camunda.Decision.TryAgain;
import org.conferenceworker.camunda.Decision.TryAgain.Reason;
import org.conferenceworker.guard.CallLimits;
import org.conferenceworker.guard.RateLimiter;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.Redirected;
import org.conferenceworker.vobiz.Outcome.RequestRefused;
import org.conferenceworker.vobiz.Outcome.RouteNotFound;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.Outcome.Throttled;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;

/**
 * What each outcome means for the process: the outcome table of the README, as a pure function.
 *
 * @param backoff the wait between two attempts, unless the API asks for a longer one
 */
record HangUpPolicy(Backoff backoff) {

  /**
   * The report of such an attempt may be repeated only inside its back-off, and must not get lost:
   * without it the next attempt takes a 404 for a conference that was never there.
   */
  private static final Duration SHORTEST_AFTER_DOUBT = Duration.ofMillis(500);

  /**
   * @param now when the outcome was known
   */
  Decision decide(Attempt attempt, Outcome outcome, Instant now) {
    HangUpRequest request = attempt.request();
    return switch (outcome) {
      case Succeeded(ApiAnswer answer) ->
          complete(attempt, HangUpResult.Outcome.ENDED, answer, now);

      case NotFound(ApiAnswer answer) when attempt.mayHaveEndedIt() ->
          complete(attempt, HangUpResult.Outcome.ENDED_BY_EARLIER_ATTEMPT, answer, now);
      case NotFound(ApiAnswer answer) ->
          switch (request.onNotFound()) {
            case ERROR -> notFoundError(attempt, Sentences.notFound(request, answer), answer);
            case COMPLETE -> complete(attempt, HangUpResult.Outcome.ALREADY_ENDED, answer, now);
            case INCIDENT ->
                incident(attempt, Sentences.shouldHaveBeenThere(request, answer), false);
          };

      case RouteNotFound(ApiAnswer answer, var baseUrl, boolean confirmed) -> {
        String message = Sentences.noRoute(request, answer, baseUrl);
        // After a doubtful attempt, or where the API is not, "not found" would be a claim that
        // nobody made.
        yield request.onNotFound() == OnNotFound.ERROR && !attempt.mayHaveEndedIt() && !confirmed
            ? notFoundError(attempt, message, answer)
            : incident(attempt, message, false);
      }

      case CredentialsRefused(ApiAnswer answer, var baseUrl) ->
          incident(attempt, Sentences.credentialsRefused(request, answer, baseUrl), false);
      case RequestRefused(ApiAnswer answer) ->
          incident(attempt, Sentences.requestRefused(request, answer), false);
      case Redirected(ApiAnswer answer, String host) ->
          incident(attempt, Sentences.redirected(request, answer, host), false);

      case Throttled(ApiAnswer answer) ->
          new TryAgain(
              Sentences.throttled(request, answer),
              attempt.retries(),
              wait(attempt, answer.retryAfter(), now),
              Reason.THROTTLED,
              attempt.memoryAfter(false));
      case ServerFailed(ApiAnswer answer) ->
          spendRetry(
              attempt, Sentences.serverFailed(request, answer), answer.retryAfter(), true, now);
      case NotConnected(String cause) ->
          spendRetry(attempt, Sentences.notConnected(request, cause), null, false, now);
      case AnswerLost(String cause) ->
          spendRetry(attempt, Sentences.answerLost(request, cause), null, true, now);

      case DryRun() -> complete(attempt, HangUpResult.Outcome.DRY_RUN, null, now);

      case TooLateToSend() ->
          request.isTooLate(now)
              ? tooLate(attempt)
              : new LetLeaseEnd("the lease ended before the request could be sent");
    };
  }

  /** The decision for a request that is {@linkplain HangUpRequest#isTooLate too late}. */
  Decision tooLate(Attempt attempt) {
    HangUpRequest request = attempt.request();
    String message =
        attempt.mayHaveEndedIt() ? Sentences.tooLateToRepeat(request) : Sentences.tooLate(request);
    // A person may allow more time: then it is not too late any more.
    return throwError(request, HangUpTask.HANG_UP_TOO_LATE, message, null, false);
  }

  /**
   * The decision for a request that the {@link RateLimiter} holds back.
   *
   * @param wait how long until the brake lets one through
   */
  Decision braked(Attempt attempt, Duration wait, Instant now) {
    // Jobs that wait for the same moment are spread: few of them will pass then.
    Duration spread = wait.plus(backoffAfter(attempt));
    return heldBack(attempt, Sentences.braked(attempt.request()), spread, now);
  }

  /** The decision for a request whose turn did not come, by {@link CallLimits}. */
  Decision notItsTurn(Attempt attempt, Instant now) {
    return heldBack(attempt, Sentences.notItsTurn(attempt.request()), null, now);
  }

  private Decision heldBack(Attempt attempt, String message, Duration atLeast, Instant now) {
    return new TryAgain(
        message,
        attempt.retries(),
        wait(attempt, atLeast, now),
        Reason.BRAKED,
        attempt.memoryAfter(false));
  }

  private Decision spendRetry(
      Attempt attempt,
      String message,
      Duration retryAfter,
      boolean mayHaveGotThrough,
      Instant now) {
    int left = attempt.retries() - 1;
    if (left <= 0) {
      return incident(attempt, Sentences.retriesUsedUp(message), mayHaveGotThrough);
    }
    Duration wait = wait(attempt, retryAfter, now);
    return new TryAgain(
        message,
        left,
        mayHaveGotThrough ? longer(wait, SHORTEST_AFTER_DOUBT) : wait,
        Reason.RETRY,
        attempt.memoryAfter(mayHaveGotThrough));
  }

  /** Not longer than the request is valid: its process shall learn in time that it is too late. */
  private Duration wait(Attempt attempt, Duration retryAfter, Instant now) {
    Duration wait = backoffAfter(attempt);
    if (retryAfter != null) {
      wait = longer(wait, retryAfter);
    }
    Instant validUntil = attempt.request().validUntil();
    if (validUntil != null && now.plus(wait).isAfter(validUntil)) {
      wait = now.isBefore(validUntil) ? Duration.between(now, validUntil) : Duration.ZERO;
    }
    return wait;
  }

  private Duration backoffAfter(Attempt attempt) {
    return backoff.after(attempt.number(), attempt.request().retryBackoff());
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Decision complete(
      Attempt attempt, HangUpResult.Outcome outcome, ApiAnswer answer, Instant now) {
    HangUpRequest request = attempt.request();
    Instant answeredAt = answer == null ? null : now;
    var result =
        new HangUpResult(
            outcome,
            request.conference().value(),
            request.account().name(),
            answer == null ? null : answer.status(),
            request.requestedAt().toString(),
            answeredAt == null ? null : answeredAt.toString(),
            attempt.number());
    return new Complete(
        outcome.name(), Map.of(HangUpTask.RESULT, result), request.subject(), answeredAt);
  }

  private static Decision notFoundError(Attempt attempt, String message, ApiAnswer answer) {
    return throwError(
        attempt.request(), HangUpTask.CONFERENCE_NOT_FOUND, message, answer.status(), true);
  }

  private static Decision throwError(
      HangUpRequest request, String code, String message, Integer status, boolean lasting) {
    var error =
        new HangUpError(
            code, message, request.conference().value(), request.account().name(), status);
    return new ThrowError(
        code, message, Map.of(HangUpTask.ERROR, error), request.subject(), lasting);
  }

  private static Decision incident(Attempt attempt, String message, boolean mayHaveGotThrough) {
    return new RaiseIncident(
        message, attempt.memoryAfter(mayHaveGotThrough), attempt.request().subject());
  }
}
