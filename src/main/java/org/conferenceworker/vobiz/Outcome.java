package org.conferenceworker.vobiz;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The outcome of a request. */
public sealed interface Outcome {

  /** Every label of a request that goes to the API, except that of a success. */
  List<String> LABELS =
      List.of(
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

  /**
   * The value of the metric label {@code outcome}; dashboards and alerts depend on it.
   *
   * @param success what a success of this kind of request is called
   */
  default String label(String success) {
    return switch (this) {
      case Succeeded o -> success;
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

  /** The API answered. */
  sealed interface Answered extends Outcome {
    ApiAnswer answer();
  }

  /** Means the same for every task. */
  sealed interface Usual extends Outcome {}

  /** 2xx without an error in the body: the API did what it was asked to do. */
  record Succeeded(ApiAnswer answer) implements Answered {}

  /** 404: there is no such conference now, or no such member. */
  record NotFound(ApiAnswer answer) implements Answered {}

  /**
   * 404 from a server that does not know the route: says nothing about the conference.
   *
   * @param baseUrl where the request was sent
   * @param confirmed whether the account's check also found that this is not the API
   */
  record RouteNotFound(ApiAnswer answer, URI baseUrl, boolean confirmed) implements Answered {
    public RouteNotFound(ApiAnswer answer, URI baseUrl) {
      this(answer, baseUrl, false);
    }
  }

  /** 401 or 403: wrong credentials, or a path that differs from the documented one. */
  record CredentialsRefused(ApiAnswer answer, URI baseUrl) implements Answered, Usual {}

  /** Any other 4xx: repeating this request will not help. */
  record RequestRefused(ApiAnswer answer) implements Answered, Usual {}

  /**
   * 3xx, not followed.
   *
   * @param targetHost the host that the response points to, or {@code null} if it names none
   */
  record Redirected(ApiAnswer answer, String targetHost) implements Answered, Usual {}

  /** 408, 425 or 429: try later. */
  record Throttled(ApiAnswer answer) implements Answered, Usual {}

  /**
   * 5xx, or a 2xx that reports an error or cannot be read: the request may have taken effect or
   * not.
   */
  record ServerFailed(ApiAnswer answer) implements Answered, Usual {}

  /**
   * No connection, so nothing was sent.
   *
   * @param cause why, as a clause that can follow a colon
   */
  record NotConnected(String cause) implements Usual {}

  /**
   * The request was sent, at least in part, and no whole response arrived: it may have taken effect
   * or not.
   *
   * @param cause why, as a clause that can follow a colon
   */
  record AnswerLost(String cause) implements Usual {}

  /** A dry run: nothing was sent. */
  record DryRun() implements Outcome {}

  /** It was too late to send the request; nothing was sent. */
  record TooLateToSend() implements Outcome {}

  /** The worker held it back; nothing was sent. */
  sealed interface HeldBack extends Usual {}

  /** No permit in time: there were more calls than the operator's limit lets through. */
  record NotItsTurn() implements HeldBack {}

  /**
   * The limit per minute is reached.
   *
   * @param free how long until another one may be sent
   */
  record RateReached(Duration free) implements HeldBack {}

  /**
   * The job timeout is too near for a call and its report.
   *
   * @param cause why, as a clause that can follow a colon
   */
  record TooLittleTime(String cause) implements HeldBack {}
}
