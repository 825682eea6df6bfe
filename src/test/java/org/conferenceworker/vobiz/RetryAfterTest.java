package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "0|PT0S",
        "7|PT7S",
        " 7 |PT7S",
        "007|PT7S",
        "3600|PT1H",
        "3601|PT1H",
        "99999999999999999999999|PT1H",
        "Sun, 22 Nov 2026 19:02:00 GMT|PT2M",
        "Sun, 22 Nov 2026 18:00:00 GMT|PT0S",
        "Sun, 22 Nov 2037 18:00:00 GMT|PT1H",
        "-5|-",
        "1.5|PT2S",
        "0.2|PT1S",
        ".5|PT1S",
        "2.|PT2S",
        "2.0|PT2S",
        "1.5.1|-",
        "1,5|-",
        "Sunday, 22-Nov-26 19:02:00 GMT|PT2M",
        "Sun Nov 22 19:02:00 2026|PT2M",
        "Sun Nov  1 19:02:00 2026|PT0S",
        "Tue Dec  1 19:02:00 2026|PT1H",
        "soon|-",
        "''|-",
        "-|-",
      })
  void isAWaitBetweenZeroAndAnHour_orNothing(String value, Duration expected) {
    assertThat(RetryAfter.parse(value, NOW)).isEqualTo(expected);
  }

  @Test
  void isRoundedUpToTheDate() {
    assertThat(RetryAfter.parse("Sun, 22 Nov 2026 19:02:00 GMT", NOW.plusMillis(1))).hasMinutes(2);
  }

  @Property
  void neverThrows_whateverTheHeaderSays(@ForAll String value) {
    Duration wait = RetryAfter.parse(value, NOW);
    assertThat(wait == null || (!wait.isNegative() && wait.compareTo(RetryAfter.LONGEST) <= 0))
        .isTrue();
  }
}
