package org.conferenceworker.tasks.hangup;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.conferenceworker.attempt.CommonResult;

/**
 * The output variable {@code hangUpResult}.
 *
 * @param outcome how the conference ended
 * @param common what every result says, as fields of this one
 * @param endedAt when the API's answer arrived that said that the conference has ended, an ISO 8601
 *     instant; {@code null} if nothing was sent
 */
public record HangUpResult(Outcome outcome, @JsonUnwrapped CommonResult common, String endedAt) {

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
