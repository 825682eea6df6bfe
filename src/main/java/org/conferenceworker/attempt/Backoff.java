package org.conferenceworker.attempt;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * Exponential back-off with jitter: the longest wait doubles with each attempt, and a part of it is
 * left to chance, so that jobs that failed together do not come again together. See <a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff And Jitter</a>.
 *
 * <p>Only a third is left to chance: five attempts that begin with 10 s then span 100 s at least.
 *
 * @param cap the longest wait of all
 * @param randomUpTo draws a number between zero and its argument, both included
 */
public record Backoff(Duration cap, LongUnaryOperator randomUpTo) {

  /**
   * @param attempt the number of the attempt that failed, from 1
   * @param first the longest wait after the first attempt
   * @return a time between two thirds of the longest wait after this attempt and all of it
   */
  Duration after(int attempt, Duration first) {
    int doublings = Math.min(Math.max(attempt, 1) - 1, 20);
    long longest = Math.min(cap.toMillis(), first.toMillis() << doublings);
    long chance = longest / 3;
    return Duration.ofMillis(longest - chance + randomUpTo.applyAsLong(chance));
  }
}
