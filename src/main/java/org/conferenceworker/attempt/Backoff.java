package org.conferenceworker.attempt;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * Exponential back-off with jitter: the longest wait doubles with each attempt, and part of it is
 * random, so that jobs that failed together do not come back together. See <a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff And Jitter</a>.
 *
 * <p>Only a third is random: five attempts that start with 10 s then span at least 100 s.
 *
 * @param cap the upper limit of all waits
 * @param randomUpTo draws a number between zero and its argument, inclusive
 */
public record Backoff(Duration cap, LongUnaryOperator randomUpTo) {

  /**
   * @param attempt the number of the attempt that failed, from 1
   * @param first the longest wait after the first attempt
   * @return a time between two thirds of the longest wait after this attempt and the whole of it
   */
  Duration after(int attempt, Duration first) {
    int doublings = Math.min(Math.max(attempt, 1) - 1, 20);
    long longest = Math.min(cap.toMillis(), first.toMillis() << doublings);
    long chance = longest / 3;
    return Duration.ofMillis(longest - chance + randomUpTo.applyAsLong(chance));
  }
}
