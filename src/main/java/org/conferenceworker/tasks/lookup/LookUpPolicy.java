package org.conferenceworker.tasks.lookup;

import static org.conferenceworker.tasks.lookup.LookUpResult.Outcome.DRY_RUN;
import static org.conferenceworker.tasks.lookup.LookUpResult.Outcome.LIVE;
import static org.conferenceworker.tasks.lookup.LookUpResult.Outcome.NOT_FOUND;
import static org.conferenceworker.tasks.lookup.LookUpResult.Outcome.UNKNOWN;

import java.net.URI;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.CommonResult;
import org.conferenceworker.attempt.Ends;
import org.conferenceworker.attempt.Sentences;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.LetLeaseEnd;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.ConferenceDetails;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.RouteNotFound;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;
import org.conferenceworker.vobiz.Outcome.Usual;

/** The task's outcome table, as a pure function. */
record LookUpPolicy(UsualDecisions usual) {

  Decision decide(Attempt attempt, LookUpRequest request, Outcome outcome) {
    Asked asked = request.asked();
    return switch (outcome) {
      case Succeeded(ApiAnswer answer) -> {
        var details = ConferenceDetails.in(answer.body(), request.conference(), asked.account());
        yield complete(
            attempt, request, details.isPresent() ? LIVE : UNKNOWN, answer, details.orElse(null));
      }
      // A live conference may answer 200 with an error.
      case ServerFailed(ApiAnswer answer) when answer.status() < 300 ->
          complete(attempt, request, UNKNOWN, answer, null);
      case NotFound(ApiAnswer answer) -> complete(attempt, request, NOT_FOUND, answer, null);
      case RouteNotFound(ApiAnswer answer, URI baseUrl, boolean confirmed) ->
          usual.incident(attempt, asked, Sentences.noRoute(asked, answer, baseUrl));
      case DryRun() -> complete(attempt, request, DRY_RUN, null, null);
      // A request without a validity cannot be too late for anything but its job.
      case TooLateToSend() -> new LetLeaseEnd("it was too late to send the request");
      case Usual o -> usual.decide(attempt, asked, o);
    };
  }

  private static Decision complete(
      Attempt attempt,
      LookUpRequest request,
      LookUpResult.Outcome outcome,
      ApiAnswer answer,
      ConferenceDetails details) {
    Asked asked = request.asked();
    var result =
        new LookUpResult(
            outcome,
            CommonResult.of(attempt, asked, answer),
            attempt.timeOf(answer),
            details == null ? null : details.memberCount(),
            details == null ? null : details.runTimeSeconds(),
            details == null
                ? null
                : details.members().stream()
                    .map(member -> member.toVariable(request.includeNumbers()))
                    .toList());
    return Ends.complete(attempt, asked, outcome, result, answer);
  }
}
