package org.conferenceworker.hangup;

import org.conferenceworker.camunda.AttemptMemory;

/**
 * One try to carry out a request.
 *
 * @param memory what earlier attempts left
 * @param retries how many retries the engine says are left, this attempt included
 */
record Attempt(HangUpRequest request, AttemptMemory memory, int retries) {

  /** The number of this attempt, from 1. */
  int number() {
    return memory.made() + 1;
  }

  /** Whether an earlier attempt may have ended the conference that this one is about. */
  boolean mayHaveEndedIt() {
    return memory.mayHaveGotThroughFor(request.subject());
  }

  /**
   * What this attempt leaves for the next.
   *
   * @param doubtful whether it may have ended the conference without our seeing it
   */
  AttemptMemory memoryAfter(boolean doubtful) {
    return memory.afterOneMore(request.subject(), doubtful);
  }
}
