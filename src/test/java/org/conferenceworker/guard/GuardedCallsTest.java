package org.conferenceworker.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.NotItsTurn;
import org.conferenceworker.vobiz.Outcome.RateReached;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;
import org.conferenceworker.vobiz.Outcome.TooLittleTime;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.junit.jupiter.api.Test;

/** What passes the door to the API, and until when. */
class GuardedCallsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
  private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

  /** A call of the longest time, and two seconds for its report. */
  private static final Instant JUST_ENOUGH = NOW.plusSeconds(17);

  private static final ApiRequest REQUEST =
      ApiRequest.hangUp(new VobizAccount("default", "MA_1", "token"), new ConferenceName("room"));

  private final List<Instant> sentBefore = new ArrayList<>();
  private Outcome answer = new DryRun();
  private CallLimits limits;

  private GuardedCalls calls(String... settings) {
    var properties = Settings.withTwoAccounts(settings);
    var accounts = new VobizAccounts(properties);
    limits = new CallLimits(properties.limit(), accounts);
    return new GuardedCalls(
        (request, sendBefore) -> {
          sentBefore.add(sendBefore);
          return answer;
        },
        limits,
        new RateLimiter(properties.guard(), accounts),
        LONGEST_CALL,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void sends_ifTheTimeSuffices_upToTwoSecondsBeforeTheJobEnds() {
    assertThat(calls().send(REQUEST, JUST_ENOUGH, null)).isEqualTo(answer);
    assertThat(sentBefore).containsExactly(NOW.plusSeconds(15));
  }

  @Test
  void sendsNoLaterThanTheRequestIsValid() {
    assertThat(calls().send(REQUEST, JUST_ENOUGH, NOW.plusMillis(1))).isEqualTo(answer);
    assertThat(sentBefore).containsExactly(NOW.plusMillis(1));
  }

  @Test
  void sendsNothing_fromTheMomentOnAtWhichTheValidityEnds() {
    assertThat(calls().send(REQUEST, JUST_ENOUGH, NOW)).isEqualTo(new TooLateToSend());
    assertThat(sentBefore).isEmpty();
  }

  @Test
  void sendsNothing_ifTheJobWouldBeAnotherWorkersBeforeItsReport() {
    assertThat(calls().send(REQUEST, JUST_ENOUGH.minusMillis(1), null))
        .asInstanceOf(type(TooLittleTime.class))
        .extracting(TooLittleTime::cause)
        .asString()
        .contains("16999 ms", "17000 ms");
    assertThat(sentBefore).isEmpty();
  }

  @Test
  void tellsAJobWhoseTimeEndedOnTheWayFromARequestThatIsTooLate() {
    answer = new TooLateToSend();

    assertThat(calls().send(REQUEST, JUST_ENOUGH, NOW.plusSeconds(60)))
        .isInstanceOf(TooLittleTime.class);
  }

  @Test
  void sendsNothing_ifItsTurnDoesNotCome() {
    GuardedCalls calls = calls("vobiz.limit.max-concurrent-calls=1");
    try (var taken = limits.await("default", Duration.ZERO)) {
      assertThat(calls.send(REQUEST, JUST_ENOUGH, null)).isEqualTo(new NotItsTurn());
    }
    assertThat(sentBefore).isEmpty();
    assertThat(calls.send(REQUEST, JUST_ENOUGH, null)).isEqualTo(answer);
  }

  @Test
  void sendsNothing_ifTheRateIsReached_andGivesItsTurnBack() {
    GuardedCalls calls =
        calls("vobiz.guard.max-per-minute=1", "vobiz.limit.max-concurrent-calls=1");

    assertThat(calls.send(REQUEST, JUST_ENOUGH, null)).isEqualTo(answer);
    assertThat(calls.send(REQUEST, JUST_ENOUGH, null))
        .isEqualTo(new RateReached(Duration.ofMinutes(1)));
    assertThat(calls.send(REQUEST, JUST_ENOUGH, null)).isInstanceOf(RateReached.class);
    assertThat(sentBefore).hasSize(1);
  }
}
