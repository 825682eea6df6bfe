package org.conferenceworker.vobiz;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import org.apache.hc.core5.http.HttpHeaders;
import org.conferenceworker.http.Result;
import org.conferenceworker.http.Result.NotSent;
import org.conferenceworker.http.Result.NotSentInTime;
import org.conferenceworker.http.Result.Reply;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.Redirected;
import org.conferenceworker.vobiz.Outcome.RequestRefused;
import org.conferenceworker.vobiz.Outcome.RouteNotFound;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.Outcome.Throttled;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;

/** What each response means: the status table, for every kind of request. */
final class Answers {

  private static final int LONGEST_TEXT = 200;

  private final URI baseUrl;
  private final WrongServers wrongServers;
  private final Clock clock;

  Answers(URI baseUrl, WrongServers wrongServers, Clock clock) {
    this.baseUrl = baseUrl;
    this.wrongServers = wrongServers;
    this.clock = clock;
  }

  Outcome meaningOf(ApiRequest request, Result result) {
    return switch (result) {
      case NotSentInTime() -> new TooLateToSend();
      case NotSent(String cause) -> new NotConnected(clean(cause, request));
      case Result.AnswerLost(String cause) -> new AnswerLost(clean(cause, request));
      // A success counts only when its body was read; any other status is enough by itself.
      case Reply reply when isSuccess(reply.status()) && reply.brokenOff() != null ->
          new AnswerLost(clean(reply.brokenOff(), request));
      case Reply reply -> meaningOf(request, reply);
    };
  }

  private Outcome meaningOf(ApiRequest request, Reply reply) {
    int status = reply.status();
    var body = new ErrorBody(reply.body(), reply.isWhole());
    ApiAnswer answer = answer(reply, body, request);
    if (isSuccess(status)) {
      boolean fits = body.tellsOfNoFailure() && request.kind().fits(body);
      return fits ? new Succeeded(answer) : new ServerFailed(answer);
    }
    return switch (status) {
      case 401, 403 -> new CredentialsRefused(answer, baseUrl);
      case 404 ->
          body.speaksOfNoRoute(Echoes.of(baseUrl.getHost(), request.path()))
              ? new RouteNotFound(
                  answer, baseUrl, wrongServers.isFoundFor(request.account().name()))
              : new NotFound(answer);
      case 408, 425, 429 -> new Throttled(answer);
      default -> {
        if (status >= 300 && status < 400) {
          yield new Redirected(answer, targetHost(reply, request));
        }
        yield status >= 400 && status < 500 ? new RequestRefused(answer) : new ServerFailed(answer);
      }
    };
  }

  private ApiAnswer answer(Reply reply, ErrorBody body, ApiRequest request) {
    String retryAfter = reply.header().apply(HttpHeaders.RETRY_AFTER);
    return new ApiAnswer(
        reply.status(),
        clean(body.code(), request),
        clean(body.message(), request),
        clean(body.requestId(), request),
        RetryAfter.parse(retryAfter == null ? body.retryAfter() : retryAfter, clock.instant()),
        body);
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  private static String targetHost(Reply reply, ApiRequest request) {
    String location = reply.header().apply(HttpHeaders.LOCATION);
    if (location == null) {
      return null;
    }
    try {
      return clean(new URI(location.strip()).getHost(), request);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Prepares a text from outside for a log line: no secret, one line, limited length. */
  static String clean(String text, ApiRequest request) {
    if (text == null) {
      return null;
    }
    String line =
        request.mask(text).replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}\\s]+", " ").strip();
    if (line.isEmpty()) {
      return null;
    }
    return line.codePointCount(0, line.length()) <= LONGEST_TEXT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
  }
}
