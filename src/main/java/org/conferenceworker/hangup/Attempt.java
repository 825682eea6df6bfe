package org.conferenceworker.hangup;

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
}
