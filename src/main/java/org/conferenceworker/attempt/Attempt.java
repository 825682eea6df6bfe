package org.conferenceworker.attempt;

import org.conferenceworker.camunda.AttemptMemory;
import org.conferenceworker.camunda.Subject;

/**
 * One try to carry out a job.
 *
 * @param memory what earlier attempts left
 * @param retries how many retries the engine says are left, this attempt included
 */
public record Attempt(AttemptMemory memory, int retries) {

  /** The number of this attempt, from 1. */
  public int number() {
    return memory.made() + 1;
  }

  /** Whether an earlier attempt at this may have had its effect without our seeing it. */
  public boolean mayHaveGotThrough(Subject subject) {
    return memory.mayHaveGotThroughFor(subject);
  }

  /**
   * What this attempt leaves for the next.
   *
   * @param doubtful whether it may have had its effect without our seeing it
   */
  AttemptMemory memoryAfter(Subject subject, boolean doubtful) {
    return memory.afterOneMore(subject, doubtful);
  }
}
