package org.conferenceworker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration CAP = Duration.ofMinutes(5);

  @Test
  void doublesTheLongestWaitWithEachAttempt_upToTheCap() {
    var backoff = new Backoff(CAP, most -> most);

    assertThat(List.of(1, 2, 3, 4, 5, 6, 7, 1000))
        .extracting(attempt -> backoff.after(attempt, FIRST).toSeconds())
        .containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
  }

  @Property
  void staysBetweenTwoThirdsOfTheLongestWaitAndAllOfIt(
      @ForAll int attempt,
      @ForAll @LongRange(min = 1, max = 365L * 24 * 3600 * 1000) long first,
      @ForAll @LongRange(min = 0) long random) {
    Duration longest = new Backoff(CAP, most -> most).after(attempt, Duration.ofMillis(first));
    var backoff = new Backoff(CAP, most -> random % (most + 1));

    assertThat(longest).isBetween(Duration.ofMillis(1), CAP);
    assertThat(backoff.after(attempt, Duration.ofMillis(first)))
        .isBetween(Duration.ofMillis(longest.toMillis() * 2 / 3), longest);
  }

  /** The five attempts of the template's defaults, whatever chance does. */
  @Property
  void bridgesNinetySeconds_withTheDefaults(@ForAll @IntRange(max = 100) int percent) {
    var backoff = new Backoff(CAP, most -> most * percent / 100);

    assertThat(
            IntStream.rangeClosed(1, 4)
                .mapToObj(attempt -> backoff.after(attempt, Timings.DEFAULT_RETRY_BACKOFF))
                .reduce(Duration.ZERO, Duration::plus))
        .isGreaterThan(Duration.ofSeconds(90));
  }
}
