package org.conferenceworker.tasks.announce;

import static org.conferenceworker.tasks.announce.AnnounceResult.Outcome.ALREADY_ENDED;
import static org.conferenceworker.tasks.announce.AnnounceResult.Outcome.ALREADY_GONE;
import static org.conferenceworker.tasks.announce.AnnounceResult.Outcome.DRY_RUN;
import static org.conferenceworker.tasks.announce.AnnounceResult.Outcome.MAYBE_QUEUED;
import static org.conferenceworker.tasks.announce.AnnounceResult.Outcome.NOT_PLAYED;
import static org.conferenceworker.tasks.announce.AnnounceResult.Outcome.QUEUED;

import java.net.URI;
import java.time.Duration;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.CommonResult;
import org.conferenceworker.attempt.Ends;
import org.conferenceworker.attempt.Sentences;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.RaiseIncident;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.Answered;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.RouteNotFound;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;
import org.conferenceworker.vobiz.Outcome.Usual;

/**
 * The task's outcome table, as a pure function.
 *
 * @param margin how long Vobiz may take to fetch a recording and to begin to play it
 */
record AnnouncePolicy(UsualDecisions usual, Duration margin) {

  Decision decide(Attempt attempt, AnnounceRequest request, Outcome outcome) {
    Asked asked = request.asked();
    return switch (outcome) {
      case Succeeded(ApiAnswer answer) -> complete(attempt, request, QUEUED, answer, null);

      // To hear it twice is worse than not to hear it: it is not sent again.
      case ServerFailed o ->
          complete(attempt, request, MAYBE_QUEUED, o.answer(), Sentences.cause(asked, o));
      case AnswerLost o ->
          complete(attempt, request, MAYBE_QUEUED, null, Sentences.cause(asked, o));

      case NotFound(ApiAnswer answer) ->
          switch (request.onNotFound()) {
            case ERROR ->
                Ends.lastingError(
                    asked,
                    AnnounceNames.CONFERENCE_NOT_FOUND,
                    Sentences.notFound(asked, answer),
                    answer);
            case COMPLETE -> {
              boolean everybody = request.recording().members().isAll();
              yield complete(
                  attempt, request, everybody ? ALREADY_ENDED : ALREADY_GONE, answer, null);
            }
            case INCIDENT ->
                usual.incident(attempt, asked, Sentences.shouldHaveBeenThere(asked, answer));
          };

      case DryRun() -> complete(attempt, request, DRY_RUN, null, null);

      case RouteNotFound(ApiAnswer answer, URI baseUrl, boolean confirmed) ->
          notPlayed(
              attempt,
              request,
              answer,
              Sentences.noRouteReason(asked, answer, baseUrl) + " Check VOBIZ_BASE_URL.",
              usual.incident(attempt, asked, Sentences.noRoute(asked, answer, baseUrl)));
      case TooLateToSend() ->
          notPlayed(
              attempt,
              request,
              null,
              Sentences.tooLate(asked),
              usual.incident(attempt, asked, Sentences.moreTimeNeeded(asked)));

      case Usual o -> {
        Decision decision = usual.decide(attempt, asked, o);
        ApiAnswer answer = o instanceof Answered a ? a.answer() : null;
        yield decision instanceof RaiseIncident
            ? notPlayed(attempt, request, answer, Sentences.reason(asked, o), decision)
            : decision;
      }
    };
  }

  private Decision notPlayed(
      Attempt attempt,
      AnnounceRequest request,
      ApiAnswer answer,
      String reason,
      Decision incident) {
    return switch (request.onFailure()) {
      case COMPLETE -> complete(attempt, request, NOT_PLAYED, answer, reason);
      case INCIDENT -> incident;
    };
  }

  private Decision complete(
      Attempt attempt,
      AnnounceRequest request,
      AnnounceResult.Outcome outcome,
      ApiAnswer answer,
      String reason) {
    Asked asked = request.asked();
    Duration wait =
        switch (outcome) {
          case QUEUED, MAYBE_QUEUED -> request.duration().orElse(Duration.ZERO).plus(margin);
          case NOT_PLAYED, ALREADY_ENDED, ALREADY_GONE, DRY_RUN -> Duration.ZERO;
        };
    var result =
        new AnnounceResult(
            outcome,
            CommonResult.of(attempt, asked, answer),
            attempt.timeOf(answer),
            wait.toString(),
            reason);
    return Ends.complete(attempt, asked, outcome, result, answer, reason);
  }
}
