package org.conferenceworker.attempt;

import java.time.Duration;
import java.time.Instant;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * What a job of any task asks for.
 *
 * @param words how sentences speak of what is to be done
 * @param subject what it is to be done to
 * @param account the account profile to use
 */
public record Asked(TaskType.Words words, Subject subject, VobizAccount account, Timing timing) {

  /**
   * When it is to be done.
   *
   * @param requestedAt when it was asked for
   * @param validUntil from when on it must not be done any more; {@code null} means no limit
   * @param retryBackoff the longest wait after the first attempt, should there be another
   */
  public record Timing(Instant requestedAt, Instant validUntil, Duration retryBackoff) {}
}
