package org.conferenceworker.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.conferenceworker.vobiz.ApiAnswer;

/**
 * What the result of every task says.
 *
 * @param conferenceName the name as requested; left out by a task without a conference
 * @param account the account profile
 * @param httpStatus the HTTP status of the API's answer; {@code null} if there was none
 * @param requestedAt the time of the request, an ISO 8601 instant
 * @param attempts number of attempts, including this one
 */
public record CommonResult(
    @JsonInclude(JsonInclude.Include.NON_NULL) String conferenceName,
    String account,
    Integer httpStatus,
    String requestedAt,
    int attempts) {

  /**
   * @param answer the API's answer, or {@code null} if there was none
   */
  public static CommonResult of(Attempt attempt, Asked asked, ApiAnswer answer) {
    return new CommonResult(
        asked.conferenceName(),
        asked.account().name(),
        answer == null ? null : answer.status(),
        asked.timing().requestedAt().toString(),
        attempt.number());
  }
}
