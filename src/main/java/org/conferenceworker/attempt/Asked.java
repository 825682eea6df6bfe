package org.conferenceworker.attempt;

import java.time.Duration;
import java.time.Instant;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * What every job asks for.
 *
 * @param type the kind of task
 * @param subject what it is done to
 * @param account the account profile to use
 */
public record Asked(TaskType type, Subject subject, VobizAccount account, Timing timing) {

  /** The name of the conference; {@code null} if it is not about one. */
  String conferenceName() {
    return (String) subject.parts().get(Inputs.CONFERENCE_NAME);
  }

  /**
   * When it may be done.
   *
   * @param requestedAt the time of the request
   * @param validUntil when it must no longer be done; {@code null} means no limit
   * @param retryBackoff the longest wait after the first attempt
   */
  public record Timing(Instant requestedAt, Instant validUntil, Duration retryBackoff) {}
}
