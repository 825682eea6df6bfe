package org.conferenceworker.attempt;

import java.time.Duration;
import java.time.Instant;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.LetLeaseEnd;
import org.conferenceworker.camunda.Decision.RaiseIncident;
import org.conferenceworker.camunda.Decision.TryAgain;
import org.conferenceworker.camunda.Decision.TryAgain.Reason;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotItsTurn;
import org.conferenceworker.vobiz.Outcome.RateReached;
import org.conferenceworker.vobiz.Outcome.Redirected;
import org.conferenceworker.vobiz.Outcome.RequestRefused;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Throttled;
import org.conferenceworker.vobiz.Outcome.TooLittleTime;
import org.conferenceworker.vobiz.Outcome.Usual;

/**
 * What those outcomes mean that mean the same for every task, as a pure function. A task can
 * override one by naming it in its own table first.
 *
 * @param backoff the wait between two attempts, unless the API asks for a longer one
 */
public record UsualDecisions(Backoff backoff) {

  /**
   * The report of such an attempt may be retried only during its back-off, and must not get lost:
   * otherwise the next attempt would misread a 404 as "never existed".
   */
  private static final Duration SHORTEST_AFTER_DOUBT = Duration.ofMillis(500);

  public Decision decide(Attempt attempt, Asked asked, Usual outcome) {
    String cause = Sentences.cause(asked, outcome);
    return switch (outcome) {
      case CredentialsRefused o -> incident(attempt, asked, Sentences.credentialsRefused(asked, o));
      case RequestRefused o -> incident(attempt, asked, Sentences.requestRefused(asked, o));
      case Redirected o -> incident(attempt, asked, Sentences.redirected(asked, o));

      case Throttled(ApiAnswer answer) ->
          sparingRetries(
              attempt, asked, cause, Reason.THROTTLED, wait(attempt, asked, answer.retryAfter()));
      case ServerFailed(ApiAnswer answer) ->
          spendRetry(attempt, asked, cause, true, wait(attempt, asked, answer.retryAfter()));
      case NotConnected o -> spendRetry(attempt, asked, cause, false, wait(attempt, asked, null));
      case AnswerLost o -> spendRetry(attempt, asked, cause, true, wait(attempt, asked, null));

      case NotItsTurn() ->
          sparingRetries(attempt, asked, cause, Reason.BRAKED, wait(attempt, asked, null));
      case RateReached(Duration free) ->
          sparingRetries(
              attempt,
              asked,
              cause,
              Reason.BRAKED,
              // Spreads jobs that wait for the same moment, because only few of them will pass.
              wait(attempt, asked, free.plus(backoffAfter(attempt, asked))));
      case TooLittleTime o -> new LetLeaseEnd(cause);
    };
  }

  /** An incident of an attempt that certainly had no effect. */
  public Decision incident(Attempt attempt, Asked asked, String message) {
    boolean inDoubt = attempt.mayHaveGotThrough(asked.subject());
    return incident(attempt, asked, message + Sentences.beforeResolving(asked, inDoubt), false);
  }

  private static Decision incident(
      Attempt attempt, Asked asked, String message, boolean mayHaveGotThrough) {
    return new RaiseIncident(
        message, attempt.memoryAfter(asked.subject(), mayHaveGotThrough), asked.subject());
  }

  private static Decision sparingRetries(
      Attempt attempt, Asked asked, String cause, Reason reason, Duration wait) {
    return new TryAgain(
        Sentences.noRetryUsed(cause),
        attempt.retries(),
        wait,
        reason,
        attempt.memoryAfter(asked.subject(), false));
  }

  private static Decision spendRetry(
      Attempt attempt, Asked asked, String message, boolean mayHaveGotThrough, Duration wait) {
    int left = attempt.retries() - 1;
    if (left <= 0) {
      String last =
          Sentences.retriesUsedUp(asked, message) + Sentences.beforeResolving(asked, false);
      return incident(attempt, asked, last, mayHaveGotThrough);
    }
    return new TryAgain(
        message,
        left,
        mayHaveGotThrough ? longer(wait, SHORTEST_AFTER_DOUBT) : wait,
        Reason.RETRY,
        attempt.memoryAfter(asked.subject(), mayHaveGotThrough));
  }

  /**
   * Never longer than the request is valid, so that its process learns in time that it is too late.
   */
  private Duration wait(Attempt attempt, Asked asked, Duration atLeast) {
    Duration wait = backoffAfter(attempt, asked);
    if (atLeast != null) {
      wait = longer(wait, atLeast);
    }
    Instant now = attempt.now();
    Instant validUntil = asked.timing().validUntil();
    if (validUntil != null && now.plus(wait).isAfter(validUntil)) {
      wait = now.isBefore(validUntil) ? Duration.between(now, validUntil) : Duration.ZERO;
    }
    return wait;
  }

  private Duration backoffAfter(Attempt attempt, Asked asked) {
    return backoff.after(attempt.number(), asked.timing().retryBackoff());
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
