package org.conferenceworker.hangup;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conferenceworker.log.Quoted;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * Every failure in a sentence or two: what happened to which conference, and what to do. They are
 * read in Operate by a person who has not read this code.
 */
final class Sentences {

  private Sentences() {}

  static String notFound(HangUpRequest request, ApiAnswer answer) {
    return isNotThere(request, answer)
        + " It has ended already, or was never there under exactly this name (upper and lower case"
        + " and blanks count).";
  }

  static String shouldHaveBeenThere(HangUpRequest request, ApiAnswer answer) {
    return isNotThere(request, answer)
        + " Look whether it has ended already or has another name (upper and lower case and blanks"
        + " count), correct the name, then resolve the incident.";
  }

  static String noRoute(HangUpRequest request, ApiAnswer answer, URI baseUrl) {
    return "Could not hang up %s: the server at %s answered %s, which means that it knows no such"
            .formatted(what(request), baseUrl, said(answer))
        + " path, and says nothing about the conference. Check that VOBIZ_BASE_URL is the Vobiz API"
        + " itself and restart the worker; then resolve the incident, if there is one.";
  }

  static String credentialsRefused(HangUpRequest request, ApiAnswer answer, URI baseUrl) {
    VobizAccount account = request.account();
    return "Vobiz refused to hang up %s: %s.".formatted(what(request), said(answer))
        + " Either the credentials are wrong (check %s and %s), or the path did not arrive exactly"
            .formatted(account.idSetting(), account.tokenSetting())
        + " as sent (check that nothing at %s rewrites it). ".formatted(baseUrl)
        + (account.tokenFile() == null
            ? "Restart the worker with what you have corrected, then resolve the incident."
            : "A new token in the file counts at once; for anything else restart the worker. Then"
                + " resolve the incident.");
  }

  static String requestRefused(HangUpRequest request, ApiAnswer answer) {
    return "Vobiz refused to hang up %s: %s.".formatted(what(request), said(answer))
        + " Sending it again will not help; correct what the answer names, then resolve the"
        + " incident.";
  }

  static String redirected(HangUpRequest request, ApiAnswer answer, String host) {
    return "Could not hang up %s: the answer was a redirect, %s, to %s, which was not followed."
            .formatted(what(request), said(answer), host == null ? "no named host" : host)
        + " Check VOBIZ_BASE_URL and restart the worker, then resolve the incident.";
  }

  static String throttled(HangUpRequest request, ApiAnswer answer) {
    return "Vobiz is too busy to hang up %s: %s. It will be tried again, without spending a retry."
        .formatted(what(request), said(answer));
  }

  static String serverFailed(HangUpRequest request, ApiAnswer answer) {
    return (answer.status() < 300
            ? "Vobiz did not clearly say that it hung up %s, which may have ended or not: %s."
            : "Vobiz failed to hang up %s, which may have ended or not: %s.")
        .formatted(what(request), said(answer));
  }

  static String notConnected(HangUpRequest request, String cause) {
    return "Could not reach Vobiz to hang up %s, so nothing was sent: %s."
        .formatted(what(request), cause);
  }

  static String answerLost(HangUpRequest request, String cause) {
    return "Vobiz did not answer the hang-up of %s, which may have ended or not: %s."
        .formatted(what(request), cause);
  }

  static String retriesUsedUp(String lastCause) {
    return lastCause
        + " All retries are used up; look whether the conference still runs, then resolve the"
        + " incident to try again.";
  }

  static String braked(HangUpRequest request) {
    return "Did not hang up %s yet: as many as vobiz.guard.max-per-minute allows were sent within the"
            .formatted(what(request))
        + " last minute. It will be tried again, without spending a retry.";
  }

  static String notItsTurn(HangUpRequest request) {
    return "Did not hang up %s yet: there were more calls to make than vobiz.limit lets through in the"
            .formatted(what(request))
        + " time that the worker had, or it was stopping. It will be tried again, without spending a"
        + " retry.";
  }

  static String tooLate(HangUpRequest request) {
    return "Did not hang up %s: it was asked for at %s and was valid until %s. Nothing was sent,"
            .formatted(what(request), request.requestedAt(), request.validUntil())
        + " because by now another conference may have this name.";
  }

  static String tooLateToRepeat(HangUpRequest request) {
    return "Did not repeat the hang-up of %s: it was asked for at %s and was valid until %s."
            .formatted(what(request), request.requestedAt(), request.validUntil())
        + " An earlier attempt, whose answer was lost, may have ended it.";
  }

  static String invalidInput(String problem, Object conference, Object account) {
    return "Cannot hang up the conference %s with account %s: %s. Nothing was sent; correct the input,"
            .formatted(conferenceOf(conference), accountOf(account), problem)
        + " then resolve the incident.";
  }

  static String unexpected(Throwable failure, Object conference, Object account) {
    return "The worker itself failed (%s) on the way to hang up the conference %s with account %s."
            .formatted(
                failure.getClass().getSimpleName(), conferenceOf(conference), accountOf(account))
        + " Look whether the conference still runs, report the error from the worker's log, then"
        + " resolve the incident to try again.";
  }

  private static String isNotThere(HangUpRequest request, ApiAnswer answer) {
    return "There is no %s now: Vobiz answered %s.".formatted(what(request), said(answer));
  }

  private static String conferenceOf(Object input) {
    return input == null ? "(no name)" : Quoted.of(input);
  }

  private static String accountOf(Object input) {
    return Quoted.of(HangUpRequest.accountName(input));
  }

  private static String what(HangUpRequest request) {
    return "conference "
        + Quoted.of(request.conference().value())
        + " with account "
        + Quoted.of(request.account().name());
  }

  /** The answer's status and whatever the API said about it. */
  private static String said(ApiAnswer answer) {
    String details =
        Stream.of(
                answer.code(),
                answer.message() == null ? null : "\"" + answer.message() + "\"",
                answer.requestId() == null ? null : "request id " + answer.requestId())
            .filter(detail -> detail != null)
            .collect(Collectors.joining(", "));
    return "HTTP " + answer.status() + (details.isEmpty() ? "" : " (" + details + ")");
  }
}
