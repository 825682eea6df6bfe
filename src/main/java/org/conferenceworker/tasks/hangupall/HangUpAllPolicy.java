package org.conferenceworker.tasks.hangupall;

import static org.conferenceworker.tasks.hangupall.HangUpAllResult.Outcome.ALL_ENDED;
import static org.conferenceworker.tasks.hangupall.HangUpAllResult.Outcome.DRY_RUN;

import java.net.URI;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.CommonResult;
import org.conferenceworker.attempt.Ends;
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
record HangUpAllPolicy(UsualDecisions usual) {

  Decision decide(Attempt attempt, HangUpAllRequest request, Outcome outcome) {
    Asked asked = request.asked();
    return switch (outcome) {
      case Succeeded(ApiAnswer answer) -> complete(attempt, asked, ALL_ENDED, answer);

      // The API answers 204 even when there is no conference, so this is no success in any case.
      case NotFound(ApiAnswer answer) ->
          usual.incident(attempt, asked, Sentences.shouldHaveBeenThere(asked, answer));
      case RouteNotFound(ApiAnswer answer, URI baseUrl, boolean confirmed) ->
          usual.incident(attempt, asked, Sentences.noRoute(asked, answer, baseUrl));

      case DryRun() -> complete(attempt, asked, DRY_RUN, null);

      case TooLateToSend() ->
          Ends.tooLate(
              asked,
              HangUpAllNames.HANG_UP_ALL_TOO_LATE,
              attempt.mayHaveGotThrough(asked.subject())
                  ? Sentences.tooLateToRepeat(asked)
                  : Sentences.tooLate(asked));

      case Usual o -> usual.decide(attempt, asked, o);
    };
  }

  private static Decision complete(
      Attempt attempt, Asked asked, HangUpAllResult.Outcome outcome, ApiAnswer answer) {
    var result =
        new HangUpAllResult(
            outcome, CommonResult.of(attempt, asked, answer), attempt.timeOf(answer));
    return Ends.complete(attempt, asked, outcome, result, answer);
  }
}
