package org.conferenceworker.tasks.hangup;

/**
 * The output variable {@code hangUpResult}.
 *
 * @param outcome how the conference came to its end
 * @param conferenceName the name that was asked for
 * @param account the account profile that was used
 * @param httpStatus the HTTP status of the API's answer; {@code null} if nothing was sent
 * @param requestedAt when the hang-up was asked for, an ISO 8601 instant
 * @param endedAt when the API's answer arrived that said that the conference has ended, an ISO 8601
 *     instant; {@code null} if nothing was sent
 * @param attempts how often this task tried, this time included
 */
public record HangUpResult(
    Outcome outcome,
    String conferenceName,
    String account,
    Integer httpStatus,
    String requestedAt,
    String endedAt,
    int attempts) {

  /** How the conference came to its end. */
  public enum Outcome {
    /** This attempt ended it. */
    ENDED,
    /** It was gone, and an earlier attempt of this task, whose answer was lost, may be why. */
    ENDED_BY_EARLIER_ATTEMPT,
    /** It was gone before this task tried. */
    ALREADY_ENDED,
    /** The worker runs with {@code vobiz.dry-run}: nothing was sent, the conference goes on. */
    DRY_RUN
  }
}
