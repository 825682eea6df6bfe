package org.conferenceworker.tasks.lookup;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.conferenceworker.attempt.CommonResult;

/**
 * The output variable {@code lookUpResult}.
 *
 * @param outcome what Vobiz said
 * @param common what every result says, as fields of this one
 * @param answeredAt when the API's answer arrived, an ISO 8601 instant; {@code null} if there was
 *     none
 * @param memberCount how many members there were; {@code null} unless {@link Outcome#LIVE}
 * @param runTimeSeconds how long the conference had been running; {@code null} unless {@link
 *     Outcome#LIVE}
 * @param members the members; {@code null} unless {@link Outcome#LIVE}
 */
public record LookUpResult(
    Outcome outcome,
    @JsonUnwrapped CommonResult common,
    String answeredAt,
    Long memberCount,
    Long runTimeSeconds,
    List<Map<String, Object>> members) {

  /** What Vobiz said. */
  public enum Outcome {
    /** There was a conference of this name. */
    LIVE,
    /** There was none. */
    NOT_FOUND,
    /** Vobiz answered without a readable conference, as it may do for one that is live. */
    UNKNOWN,
    /** The worker runs with {@code vobiz.dry-run}: nothing was sent. */
    DRY_RUN
  }
}
