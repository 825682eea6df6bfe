package org.conferenceworker.tasks.lookup;

import java.util.List;
import java.util.Map;

/**
 * The output variable {@code lookUpResult}.
 *
 * @param outcome what Vobiz said
 * @param conferenceName the name as requested
 * @param account the account profile
 * @param httpStatus the HTTP status of the API's answer; {@code null} if nothing was sent
 * @param requestedAt the time of the request, an ISO 8601 instant
 * @param answeredAt when the API's answer arrived, an ISO 8601 instant; {@code null} if nothing was
 *     sent
 * @param attempts number of attempts, including this one
 * @param memberCount how many members there were; {@code null} unless {@link Outcome#LIVE}
 * @param runTimeSeconds how long the conference had been running; {@code null} unless {@link
 *     Outcome#LIVE}
 * @param members the members; {@code null} unless {@link Outcome#LIVE}
 */
public record LookUpResult(
    Outcome outcome,
    String conferenceName,
    String account,
    Integer httpStatus,
    String requestedAt,
    String answeredAt,
    int attempts,
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
