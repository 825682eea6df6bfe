package org.conferenceworker.tasks.hangup;

/**
 * The output variable {@code hangUpResult}.
 *
 * @param outcome how the conference ended
 * @param conferenceName the name as requested
 * @param account the account profile
 * @param httpStatus the HTTP status of the API's answer; {@code null} if nothing was sent
 * @param requestedAt the time of the request, an ISO 8601 instant
 * @param endedAt when the API's answer arrived that said that the conference has ended, an ISO 8601
 *     instant; {@code null} if nothing was sent
 * @param attempts number of attempts, including this one
 */
public record HangUpResult(
    Outcome outcome,
    String conferenceName,
    String account,
    Integer httpStatus,
    String requestedAt,
    String endedAt,
    int attempts) {

  /** How the conference ended. */
  public enum Outcome {
    /** This attempt ended it. */
    ENDED,
    /** It had ended; an earlier attempt of this task, whose answer was lost, may be the reason. */
    ENDED_BY_EARLIER_ATTEMPT,
    /** It had ended before this task tried. */
    ALREADY_ENDED,
    /** The worker runs with {@code vobiz.dry-run}: nothing was sent, the conference goes on. */
    DRY_RUN
  }
}
