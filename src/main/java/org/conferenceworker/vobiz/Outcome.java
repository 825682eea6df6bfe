package org.conferenceworker.vobiz;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What became of one request. */
public sealed interface Outcome {

  /** Every value that {@link #label()} can have for a request that was meant to be sent. */
  List<String> LABELS =
      List.of(
          "ENDED",
          "CONFERENCE_NOT_FOUND",
          "ROUTE_NOT_FOUND",
          "CREDENTIALS_REFUSED",
          "REQUEST_REFUSED",
          "REDIRECTED",
          "THROTTLED",
          "SERVER_FAILED",
          "NOT_CONNECTED",
          "ANSWER_LOST",
          "TOO_LATE_TO_SEND");

  /** Its value of the metric label {@code outcome}, which dashboards and alerts depend on. */
  default String label() {
    return switch (this) {
      case Succeeded o -> "ENDED";
      case NotFound o -> "CONFERENCE_NOT_FOUND";
      case RouteNotFound o -> "ROUTE_NOT_FOUND";
      case CredentialsRefused o -> "CREDENTIALS_REFUSED";
      case RequestRefused o -> "REQUEST_REFUSED";
      case Redirected o -> "REDIRECTED";
      case Throttled o -> "THROTTLED";
      case ServerFailed o -> "SERVER_FAILED";
      case NotConnected o -> "NOT_CONNECTED";
      case AnswerLost o -> "ANSWER_LOST";
      case DryRun o -> "DRY_RUN";
      case TooLateToSend o -> "TOO_LATE_TO_SEND";
      case NotItsTurn o -> "NOT_ITS_TURN";
      case RateReached o -> "RATE_REACHED";
      case TooLittleTime o -> "TOO_LITTLE_TIME";
    };
  }

  /** The API answered, whatever it said. */
  sealed interface Answered extends Outcome {
    ApiAnswer answer();
  }

  /** What means the same for every task. */
  sealed interface Usual extends Outcome {}

  /** 2xx without an error in the body: the API did what it was asked for. */
  record Succeeded(ApiAnswer answer) implements Answered {}

  /** 404: there is no conference of this name, now. */
  record NotFound(ApiAnswer answer) implements Answered {}

  /**
   * 404 of a gateway that knows no such route: says nothing about the conference.
   *
   * @param baseUrl where the request was sent
   * @param confirmed whether the check of the account has found, too, that this is not the API
   */
  record RouteNotFound(ApiAnswer answer, URI baseUrl, boolean confirmed) implements Answered {
    public RouteNotFound(ApiAnswer answer, URI baseUrl) {
      this(answer, baseUrl, false);
    }
  }

  /** 401 or 403: wrong credentials, or a path that is not exactly the documented one. */
  record CredentialsRefused(ApiAnswer answer, URI baseUrl) implements Answered, Usual {}

  /** Any other 4xx: this request will not be accepted, however often it is sent. */
  record RequestRefused(ApiAnswer answer) implements Answered, Usual {}

  /**
   * 3xx, not followed.
   *
   * @param targetHost the host that the answer points to, or {@code null} if it names none
   */
  record Redirected(ApiAnswer answer, String targetHost) implements Answered, Usual {}

  /** 408, 425 or 429: not now. */
  record Throttled(ApiAnswer answer) implements Answered, Usual {}

  /** 5xx, or a 2xx that carries an error: the conference may have been ended, or not. */
  record ServerFailed(ApiAnswer answer) implements Answered, Usual {}

  /**
   * No connection, so nothing was sent.
   *
   * @param cause why, as a clause that can follow a colon
   */
  record NotConnected(String cause) implements Usual {}

  /**
   * The request was sent, or part of it, and no whole answer came back: the conference may have
   * been ended, or not.
   *
   * @param cause why, as a clause that can follow a colon
   */
  record AnswerLost(String cause) implements Usual {}

  /** Everything was ready, but this process only rehearses: nothing was sent. */
  record DryRun() implements Outcome {}

  /** The moment up to which the request was wanted had passed before it could be sent. */
  record TooLateToSend() implements Outcome {}

  /** Held back by the worker itself; nothing was sent. */
  sealed interface HeldBack extends Usual {}

  /** More calls were to be made than the operator lets through in the job's time. */
  record NotItsTurn() implements HeldBack {}

  /**
   * As many were sent within the last minute as the operator allows.
   *
   * @param free how long until another one may be sent
   */
  record RateReached(Duration free) implements HeldBack {}

  /**
   * The job would be another worker's before the call could be made and reported.
   *
   * @param cause why, as a clause that can follow a colon
   */
  record TooLittleTime(String cause) implements HeldBack {}
}
