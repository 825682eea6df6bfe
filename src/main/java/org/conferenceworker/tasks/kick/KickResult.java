package org.conferenceworker.tasks.kick;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.conferenceworker.attempt.CommonResult;

/**
 * The output variable {@code kickResult}.
 *
 * @param outcome what became of the members
 * @param common what every result says, as fields of this one
 * @param answeredAt when the API's answer arrived, an ISO 8601 instant; {@code null} if there was
 *     none
 */
record KickResult(Outcome outcome, @JsonUnwrapped CommonResult common, String answeredAt) {

  /** What became of the members. */
  enum Outcome {
    /** This attempt removed them: Vobiz accepted the request. */
    REMOVED,
    /**
     * They were gone; an earlier attempt of this task, whose answer was lost, may be the reason.
     */
    REMOVED_BY_EARLIER_ATTEMPT,
    /** They, or some of them, or the conference were gone before this task tried. */
    ALREADY_GONE,
    /** The worker runs with {@code vobiz.dry-run}: nothing was sent, the members stay. */
    DRY_RUN
  }
}
