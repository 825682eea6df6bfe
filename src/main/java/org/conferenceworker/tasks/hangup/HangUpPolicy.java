package org.conferenceworker.tasks.hangup;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.attempt.Sentences;
import org.conferenceworker.attempt.TaskError;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.RouteNotFound;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;
import org.conferenceworker.vobiz.Outcome.Usual;

/** The task's outcome table, as a pure function. */
public record HangUpPolicy(UsualDecisions usual) {

  /**
   * @param now when the outcome became known
   */
  Decision decide(Attempt attempt, HangUpRequest request, Outcome outcome, Instant now) {
    Asked asked = request.asked();
    boolean inDoubt = attempt.mayHaveGotThrough(asked.subject());
    return switch (outcome) {
      case Succeeded(ApiAnswer answer) ->
          complete(attempt, request, HangUpResult.Outcome.ENDED, answer, now);

      case NotFound(ApiAnswer answer) when inDoubt ->
          complete(attempt, request, HangUpResult.Outcome.ENDED_BY_EARLIER_ATTEMPT, answer, now);
      case NotFound(ApiAnswer answer) ->
          switch (request.onNotFound()) {
            case ERROR -> notFound(request, Sentences.notFound(asked, answer), answer);
            case COMPLETE ->
                complete(attempt, request, HangUpResult.Outcome.ALREADY_ENDED, answer, now);
            case INCIDENT ->
                usual.incident(attempt, asked, Sentences.shouldHaveBeenThere(asked, answer));
          };

      case RouteNotFound(ApiAnswer answer, URI baseUrl, boolean confirmed) -> {
        String message = Sentences.noRoute(asked, answer, baseUrl);
        // In doubt, or from a server that is not the API, "not found" would be a guess.
        yield request.onNotFound() == OnNotFound.ERROR && !inDoubt && !confirmed
            ? notFound(request, message, answer)
            : usual.incident(attempt, asked, message);
      }

      case DryRun() -> complete(attempt, request, HangUpResult.Outcome.DRY_RUN, null, now);

      case TooLateToSend() -> {
        String message = inDoubt ? Sentences.tooLateToRepeat(asked) : Sentences.tooLate(asked);
        // Not lasting: a person may allow more time.
        yield throwError(request, HangUpNames.HANG_UP_TOO_LATE, message, null, false);
      }

      case Usual o -> usual.decide(attempt, asked, o, now);
    };
  }

  private static Decision complete(
      Attempt attempt,
      HangUpRequest request,
      HangUpResult.Outcome outcome,
      ApiAnswer answer,
      Instant now) {
    Asked asked = request.asked();
    Instant answeredAt = answer == null ? null : now;
    var result =
        new HangUpResult(
            outcome,
            request.conference().value(),
            asked.account().name(),
            answer == null ? null : answer.status(),
            asked.timing().requestedAt().toString(),
            answeredAt == null ? null : answeredAt.toString(),
            attempt.number());
    return new Complete(
        outcome.name(),
        Map.of(HangUpNames.TYPE.resultVariable(), result),
        asked.subject(),
        answeredAt);
  }

  private static Decision notFound(HangUpRequest request, String message, ApiAnswer answer) {
    return throwError(request, HangUpNames.CONFERENCE_NOT_FOUND, message, answer.status(), true);
  }

  private static Decision throwError(
      HangUpRequest request, String code, String message, Integer status, boolean lasting) {
    Asked asked = request.asked();
    var error =
        new TaskError(code, message, request.conference().value(), asked.account().name(), status);
    return new ThrowError(
        code, message, Map.of(HangUpNames.TYPE.errorVariable(), error), asked.subject(), lasting);
  }
}
