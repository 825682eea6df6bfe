package org.conferenceworker.tasks.kick;

import static org.conferenceworker.tasks.kick.KickResult.Outcome.ALREADY_GONE;
import static org.conferenceworker.tasks.kick.KickResult.Outcome.DRY_RUN;
import static org.conferenceworker.tasks.kick.KickResult.Outcome.REMOVED;
import static org.conferenceworker.tasks.kick.KickResult.Outcome.REMOVED_BY_EARLIER_ATTEMPT;

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
record KickPolicy(UsualDecisions usual) {

  Decision decide(Attempt attempt, KickRequest request, Outcome outcome) {
    Asked asked = request.asked();
    boolean inDoubt = attempt.mayHaveGotThrough(asked.subject());
    return switch (outcome) {
      case Succeeded(ApiAnswer answer) -> complete(attempt, asked, REMOVED, answer);

      case NotFound(ApiAnswer answer) when inDoubt ->
          complete(attempt, asked, REMOVED_BY_EARLIER_ATTEMPT, answer);
      case NotFound(ApiAnswer answer) ->
          switch (request.onNotFound()) {
            case ERROR -> notFound(asked, Sentences.notFound(asked, answer), answer);
            case COMPLETE -> complete(attempt, asked, ALREADY_GONE, answer);
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
              KickNames.KICK_TOO_LATE,
              inDoubt ? Sentences.tooLateToRepeat(asked) : Sentences.tooLate(asked));

      case Usual o -> usual.decide(attempt, asked, o);
    };
  }

  private static Decision complete(
      Attempt attempt, Asked asked, KickResult.Outcome outcome, ApiAnswer answer) {
    var result =
        new KickResult(outcome, CommonResult.of(attempt, asked, answer), attempt.timeOf(answer));
    return Ends.complete(attempt, asked, outcome, result, answer);
  }

  private static Decision notFound(Asked asked, String message, ApiAnswer answer) {
    return Ends.lastingError(asked, KickNames.MEMBER_NOT_FOUND, message, answer);
  }
}
