package org.conferenceworker.tasks.hangupall;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.conferenceworker.attempt.CommonResult;

/**
 * The output variable {@code hangUpAllResult}.
 *
 * @param outcome what became of the conferences
 * @param common what every result says, as fields of this one
 * @param answeredAt when the API's answer arrived, an ISO 8601 instant; {@code null} if there was
 *     none
 */
record HangUpAllResult(Outcome outcome, @JsonUnwrapped CommonResult common, String answeredAt) {

  /** What became of the conferences. */
  enum Outcome {
    /**
     * Vobiz accepted the request. It says so even if there is no conference, and it is no proof
     * that every member has left.
     */
    ALL_ENDED,
    /** The worker runs with {@code vobiz.dry-run}: nothing was sent, all conferences go on. */
    DRY_RUN
  }
}
