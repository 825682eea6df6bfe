package org.conferenceworker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private static final Instant START = Instant.parse("2026-11-22T19:00:00Z");

  private static RateLimiter brake(String... settings) {
    var vobiz = Settings.withTwoAccounts(settings);
    return new RateLimiter(vobiz.guard(), new VobizAccounts(vobiz));
  }

  @Test
  void isOff_ifNothingIsSet() {
    RateLimiter brake = brake();
    for (int i = 0; i < 10_000; i++) {
      assertThat(brake.pass("default", START)).isZero();
    }
  }

  @Test
  void saysHowLongToWait() {
    RateLimiter brake = brake("vobiz.guard.max-per-minute=2");

    assertThat(brake.pass("default", START)).isZero();
    assertThat(brake.pass("default", START.plusSeconds(20))).isZero();
    assertThat(brake.pass("default", START.plusSeconds(30))).isEqualTo(Duration.ofSeconds(30));
    assertThat(brake.pass("default", START.plusSeconds(60))).isZero();
    assertThat(brake.pass("default", START.plusSeconds(61))).isEqualTo(Duration.ofSeconds(19));
  }

  @Test
  void countsEachAccountForItself() {
    RateLimiter brake =
        brake("vobiz.guard.max-per-minute=1", "vobiz.guard.accounts.sales.max-per-minute=2");

    assertThat(brake.pass("default", START)).isZero();
    assertThat(brake.pass("default", START)).isPositive();
    assertThat(brake.pass("sales", START)).isZero();
    assertThat(brake.pass("sales", START)).isZero();
    assertThat(brake.pass("sales", START)).isPositive();
  }

  @Test
  void countsTheProfilesOfOneAuthIdTogether_byTheStricterLimit() {
    RateLimiter brake =
        brake(
            "vobiz.accounts.sales.auth-id=ma_1",
            "vobiz.guard.max-per-minute=2",
            "vobiz.guard.accounts.sales.max-per-minute=3");

    assertThat(brake.pass("default", START)).isZero();
    assertThat(brake.pass("sales", START)).isZero();
    assertThat(brake.pass("sales", START)).isPositive();
    assertThat(brake.pass("default", START)).isPositive();
  }

  /** Whatever the moments are at which jobs come. */
  @Property
  void neverLetsMoreThroughInAnyMinute_andNeverHoldsBackWithoutNeed(
      @ForAll @IntRange(min = 1, max = 5) int most,
      @ForAll @Size(max = 100) List<@IntRange(min = 0, max = 30_000) Integer> gaps) {
    RateLimiter brake = brake("vobiz.guard.max-per-minute=" + most);
    var passed = new ArrayList<Instant>();
    Instant now = START;
    for (int gap : gaps) {
      now = now.plusMillis(gap);
      Instant minuteAgo = now.minusSeconds(60);
      long inThisMinute = passed.stream().filter(p -> p.isAfter(minuteAgo)).count();

      boolean let = brake.pass("default", now).isZero();

      assertThat(let).isEqualTo(inThisMinute < most);
      if (let) {
        passed.add(now);
      }
    }
  }
}
