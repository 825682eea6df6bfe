package org.conferenceworker.attempt;

import java.time.Instant;
import org.conferenceworker.camunda.AttemptMemory;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.vobiz.ApiAnswer;

/**
 * One attempt to carry out a job.
 *
 * @param memory what earlier attempts left
 * @param retries the engine's count of retries left, including this attempt
 * @param now when its outcome became known
 */
public record Attempt(AttemptMemory memory, int retries, Instant now) {

  /** The number of this attempt, from 1. */
  public int number() {
    return memory.made() + 1;
  }

  /** Whether an earlier attempt at this may have taken effect without the worker seeing it. */
  public boolean mayHaveGotThrough(Subject subject) {
    return memory.mayHaveGotThroughFor(subject);
  }

  /** When an answer arrived, an ISO 8601 instant; {@code null} if there is none. */
  public String timeOf(ApiAnswer answer) {
    return answer == null ? null : now.toString();
  }

  /**
   * What this attempt leaves for the next.
   *
   * @param doubtful whether it may have taken effect without the worker seeing it
   */
  AttemptMemory memoryAfter(Subject subject, boolean doubtful) {
    return memory.afterOneMore(subject, doubtful);
  }
}
