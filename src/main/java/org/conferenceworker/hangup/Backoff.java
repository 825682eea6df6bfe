package org.conferenceworker.hangup;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * Exponential back-off with full jitter: a random wait between zero and a ceiling that doubles with
 * each attempt. See <a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff And Jitter</a>.
 *
 * @param first the ceiling after the first attempt
 * @param cap the highest ceiling
 * @param randomUpTo draws a number between zero and its argument, both included
 */
record Backoff(Duration first, Duration cap, LongUnaryOperator randomUpTo) {

  /**
   * @param attempt the number of the attempt that failed, from 1
   */
  Duration after(int attempt) {
    int doublings = Math.min(Math.max(attempt, 1) - 1, 30);
    long ceiling = Math.min(cap.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(randomUpTo.applyAsLong(ceiling));
  }
}
