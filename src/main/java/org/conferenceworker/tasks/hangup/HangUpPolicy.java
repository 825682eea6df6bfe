package org.conferenceworker.tasks.hangup;

import static org.conferenceworker.tasks.hangup.HangUpResult.Outcome.ALREADY_ENDED;
import static org.conferenceworker.tasks.hangup.HangUpResult.Outcome.DRY_RUN;
import static org.conferenceworker.tasks.hangup.HangUpResult.Outcome.ENDED;
import static org.conferenceworker.tasks.hangup.HangUpResult.Outcome.ENDED_BY_EARLIER_ATTEMPT;

import java.net.URI;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.CommonResult;
import org.conferenceworker.attempt.Ends;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.attempt.Sentences;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.camunda.Decision;
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

  Decision decide(Attempt attempt, HangUpRequest request, Outcome outcome) {
    Asked asked = request.asked();
    boolean inDoubt = attempt.mayHaveGotThrough(asked.subject());
    return switch (outcome) {
      case Succeeded(ApiAnswer answer) -> complete(attempt, asked, ENDED, answer);

      case NotFound(ApiAnswer answer) when inDoubt ->
          complete(attempt, asked, ENDED_BY_EARLIER_ATTEMPT, answer);
      case NotFound(ApiAnswer answer) ->
          switch (request.onNotFound()) {
            case ERROR -> notFound(asked, Sentences.notFound(asked, answer), answer);
            case COMPLETE -> complete(attempt, asked, ALREADY_ENDED, answer);
            case INCIDENT ->
                usual.incident(attempt, asked, Sentences.shouldHaveBeenThere(asked, answer));
          };

      case RouteNotFound(ApiAnswer answer, URI baseUrl, boolean confirmed) -> {
        String message = Sentences.noRoute(asked, answer, baseUrl);
        // In doubt, or from a server that is not the API, "not found" would be a guess.
        yield request.onNotFound() == OnNotFound.ERROR && !inDoubt && !confirmed
            ? notFound(asked, message, answer)
            : usual.incident(attempt, asked, message);
      }

      case DryRun() -> complete(attempt, asked, DRY_RUN, null);

      case TooLateToSend() ->
          Ends.tooLate(
              asked,
              HangUpNames.HANG_UP_TOO_LATE,
              inDoubt ? Sentences.tooLateToRepeat(asked) : Sentences.tooLate(asked));

      case Usual o -> usual.decide(attempt, asked, o);
    };
  }

  private static Decision complete(
      Attempt attempt, Asked asked, HangUpResult.Outcome outcome, ApiAnswer answer) {
    var result =
        new HangUpResult(outcome, CommonResult.of(attempt, asked, answer), attempt.timeOf(answer));
    return Ends.complete(attempt, asked, outcome, result, answer);
  }

  private static Decision notFound(Asked asked, String message, ApiAnswer answer) {
    return Ends.lastingError(asked, HangUpNames.CONFERENCE_NOT_FOUND, message, answer);
  }
}
