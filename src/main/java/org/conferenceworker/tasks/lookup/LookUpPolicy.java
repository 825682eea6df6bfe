package org.conferenceworker.tasks.lookup;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.Sentences;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.Complete;
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

  /**
   * @param now when the outcome became known
   */
  Decision decide(Attempt attempt, LookUpRequest request, Outcome outcome, Instant now) {
    Asked asked = request.asked();
    return switch (outcome) {
      case Succeeded(ApiAnswer answer) -> complete(attempt, request, answer, now);
      // A live conference may answer 200 with an error.
      case ServerFailed(ApiAnswer answer) when answer.status() < 300 ->
          complete(attempt, request, LookUpResult.Outcome.UNKNOWN, answer, null, now);
      case NotFound(ApiAnswer answer) ->
          complete(attempt, request, LookUpResult.Outcome.NOT_FOUND, answer, null, now);
      case RouteNotFound(ApiAnswer answer, URI baseUrl, boolean confirmed) ->
          usual.incident(attempt, asked, Sentences.noRoute(asked, answer, baseUrl));
      case DryRun() -> complete(attempt, request, LookUpResult.Outcome.DRY_RUN, null, null, now);
      // A request without a validity cannot be too late for anything but its job.
      case TooLateToSend() -> new LetLeaseEnd("it was too late to send the request");
      case Usual o -> usual.decide(attempt, asked, o, now);
    };
  }

  private static Decision complete(
      Attempt attempt, LookUpRequest request, ApiAnswer answer, Instant now) {
    ConferenceDetails details =
        ConferenceDetails.in(answer.body(), request.conference()).orElse(null);
    return complete(
        attempt,
        request,
        details == null ? LookUpResult.Outcome.UNKNOWN : LookUpResult.Outcome.LIVE,
        answer,
        details,
        now);
  }

  private static Decision complete(
      Attempt attempt,
      LookUpRequest request,
      LookUpResult.Outcome outcome,
      ApiAnswer answer,
      ConferenceDetails details,
      Instant now) {
    Asked asked = request.asked();
    Instant answeredAt = answer == null ? null : now;
    var result =
        new LookUpResult(
            outcome,
            request.conference().value(),
            asked.account().name(),
            answer == null ? null : answer.status(),
            asked.timing().requestedAt().toString(),
            answeredAt == null ? null : answeredAt.toString(),
            attempt.number(),
            details == null ? null : details.memberCount(),
            details == null ? null : details.runTimeSeconds(),
            details == null
                ? null
                : details.members().stream()
                    .map(member -> member.toVariable(request.includeNumbers()))
                    .toList());
    return new Complete(
        outcome.name(),
        Map.of(LookUpNames.TYPE.resultVariable(), result),
        asked.subject(),
        answeredAt);
  }
}
