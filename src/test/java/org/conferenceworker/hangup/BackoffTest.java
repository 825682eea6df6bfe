package org.conferenceworker.hangup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration CAP = Duration.ofSeconds(60);

  @Test
  void doublesItsCeilingWithEachAttempt_upToTheCap() {
    var backoff = new Backoff(FIRST, CAP, most -> most);

    assertThat(List.of(1, 2, 3, 4, 6, 7, 8, 1000))
        .extracting(attempt -> backoff.after(attempt).toSeconds())
        .containsExactly(1L, 2L, 4L, 8L, 32L, 60L, 60L, 60L);
  }

  @Property
  void staysBetweenZeroAndTheCap(@ForAll int attempt, @ForAll @LongRange(min = 0) long random) {
    var backoff = new Backoff(FIRST, CAP, most -> random % (most + 1));

    assertThat(backoff.after(attempt)).isBetween(Duration.ZERO, CAP);
  }
}
