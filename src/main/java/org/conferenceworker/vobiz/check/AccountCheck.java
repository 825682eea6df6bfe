package org.conferenceworker.vobiz.check;

import java.net.URI;
import java.time.Instant;
import org.conferenceworker.vobiz.Api;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.HeldBack;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.Redirected;
import org.conferenceworker.vobiz.Outcome.RequestRefused;
import org.conferenceworker.vobiz.Outcome.RouteNotFound;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.Outcome.Throttled;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;
import org.conferenceworker.vobiz.WrongServers;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * Checks base URL and credentials with a request for the list of an account's conferences, which
 * changes nothing. It does not look at the list, only that there is one.
 */
public final class AccountCheck {

  enum Kind {
    GOOD,
    /** Another server than the Vobiz API answers. */
    ANOTHER_SERVER,
    FAILED
  }

  /**
   * The result of a check.
   *
   * @param detail what distinguishes it from other findings of its kind: a status or a cause
   * @param sentence what it means and what to do, without the token
   */
  record Finding(Kind kind, String detail, String sentence) {

    boolean good() {
      return kind == Kind.GOOD;
    }

    /** Whether it is the same finding; sentences may differ by an id or a time from the API. */
    boolean isLike(Finding other) {
      return other != null && kind == other.kind && detail.equals(other.detail);
    }
  }

  private final Api api;
  private final URI baseUrl;
  private final WrongServers wrongServers;

  AccountCheck(Api api, URI baseUrl, WrongServers wrongServers) {
    this.api = api;
    this.baseUrl = baseUrl;
    this.wrongServers = wrongServers;
  }

  Finding check(VobizAccount account) {
    Finding finding = finding(account, api.send(ApiRequest.listConferences(account), Instant.MAX));
    wrongServers.note(account.name(), finding.kind() == Kind.ANOTHER_SERVER);
    return finding;
  }

  private Finding finding(VobizAccount account, Outcome outcome) {
    return switch (outcome) {
      case Succeeded(ApiAnswer answer) -> listOrNot(account, answer);
      // Only the beginning of a long list was read.
      case ServerFailed(ApiAnswer answer)
          when answer.status() < 300 && !answer.body().tellsOfAFailure() ->
          listOrNot(account, answer);
      case CredentialsRefused(ApiAnswer answer, URI url) ->
          failed(
              answer,
              "Vobiz refused the credentials of account \"%s\": %s. Check %s and %s, and that nothing at %s rewrites the path."
                  .formatted(
                      account.name(),
                      said(answer),
                      account.idSetting(),
                      account.tokenSetting(),
                      baseUrl));
      case NotFound(ApiAnswer answer) -> noSuchPath(account, answer);
      case RouteNotFound o -> noSuchPath(account, o.answer());
      case Redirected(ApiAnswer answer, String host) ->
          anotherServer(
              answer,
              "The server at %s answered account \"%s\" with a redirect, %s, which was not followed. Check VOBIZ_BASE_URL."
                  .formatted(baseUrl, account.name(), said(answer)));
      case RequestRefused(ApiAnswer answer) -> saysNothing(account, answer);
      case Throttled(ApiAnswer answer) -> saysNothing(account, answer);
      case ServerFailed(ApiAnswer answer) -> saysNothing(account, answer);
      case NotConnected(String cause) -> unreachable(account, cause);
      case AnswerLost(String cause) -> unreachable(account, cause);
      // Cannot happen: the check calls the API directly, at any time.
      case DryRun o -> unreachable(account, "it was not asked");
      case TooLateToSend o -> unreachable(account, "it was not asked");
      case HeldBack o -> unreachable(account, "it was not asked");
    };
  }

  private Finding listOrNot(VobizAccount account, ApiAnswer answer) {
    return answer.body().hasList("conferences")
        ? new Finding(
            Kind.GOOD,
            "HTTP " + answer.status(),
            "Vobiz accepts the credentials of account \"%s\".".formatted(account.name()))
        : anotherServer(
            answer,
            "The server at %s answered account \"%s\" with %s, but with no list of conferences. Check that VOBIZ_BASE_URL is the Vobiz API itself."
                .formatted(baseUrl, account.name(), said(answer)));
  }

  private Finding noSuchPath(VobizAccount account, ApiAnswer answer) {
    return anotherServer(
        answer,
        "The server at %s knows no such path: %s for account \"%s\". Check that VOBIZ_BASE_URL is the Vobiz API itself."
            .formatted(baseUrl, said(answer), account.name()));
  }

  private Finding saysNothing(VobizAccount account, ApiAnswer answer) {
    return failed(
        answer,
        "Vobiz at %s answered the check of account \"%s\" with %s, which says nothing about its credentials."
            .formatted(baseUrl, account.name(), said(answer)));
  }

  Finding unreachable(VobizAccount account, String cause) {
    return new Finding(
        Kind.FAILED,
        cause,
        "Vobiz at %s could not be reached with account \"%s\": %s. Until it can, jobs are tried again."
            .formatted(baseUrl, account.name(), cause));
  }

  private static String said(ApiAnswer answer) {
    return "HTTP "
        + answer.status()
        + (answer.message() == null ? "" : " (\"" + answer.message() + "\")");
  }

  private static Finding failed(ApiAnswer answer, String sentence) {
    return new Finding(Kind.FAILED, "HTTP " + answer.status(), sentence);
  }

  private static Finding anotherServer(ApiAnswer answer, String sentence) {
    return new Finding(Kind.ANOTHER_SERVER, "HTTP " + answer.status(), sentence);
  }
}
