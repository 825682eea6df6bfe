package org.conferenceworker.tasks.announce;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.conferenceworker.attempt.CommonResult;

/**
 * The output variable {@code announcementResult}.
 *
 * @param outcome what became of the announcement
 * @param common what every result says, as fields of this one
 * @param answeredAt when the API's answer arrived, an ISO 8601 instant; {@code null} if there was
 *     none
 * @param waitFor how long to wait until it has been heard, an ISO 8601 duration; zero if there is
 *     nothing to wait for
 * @param reason why it may not be heard, as a sentence; {@code null} if nothing went wrong
 */
record AnnounceResult(
    Outcome outcome,
    @JsonUnwrapped CommonResult common,
    String answeredAt,
    String waitFor,
    String reason) {

  /** What became of the announcement. */
  enum Outcome {
    /** Vobiz will play it; it has no signal for "finished". */
    QUEUED,
    /** No clear answer: it may be heard or not, and is not sent a second time. */
    MAYBE_QUEUED,
    /** It will not be heard. */
    NOT_PLAYED,
    /** The conference was gone. */
    ALREADY_ENDED,
    /** One of the members who were named, or the conference, was gone. */
    ALREADY_GONE,
    /** The worker runs with {@code vobiz.dry-run}: nothing was sent. */
    DRY_RUN
  }
}
