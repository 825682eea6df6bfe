package org.conferenceworker.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.conferenceworker.guard.CallLimits.Permit;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.junit.jupiter.api.Test;

class CallLimitsTest {

  private static final Duration NOT_AT_ALL = Duration.ZERO;
  private static final Duration LONG = Duration.ofHours(1);

  private static CallLimits limits(String... settings) {
    var vobiz = Settings.withTwoAccounts(settings);
    return new CallLimits(vobiz.limit(), new VobizAccounts(vobiz));
  }

  /** A job that waits for its turn on a thread of its own. */
  private static CompletableFuture<Permit> waiting(CallLimits limits) {
    var turn = new CompletableFuture<Permit>();
    Thread job = Thread.ofVirtual().start(() -> turn.complete(limits.await("default", LONG)));
    await().until(() -> turn.isDone() || job.getState() == Thread.State.TIMED_WAITING);
    return turn;
  }

  @Test
  void letsNoMoreThroughAtATime_thanAreAllowed_andTheNextWhenOneIsDone() {
    CallLimits limits = limits("vobiz.limit.max-concurrent-calls=2");
    Permit first = limits.await("default", NOT_AT_ALL);
    assertThat(limits.await("default", NOT_AT_ALL)).isNotNull();
    CompletableFuture<Permit> third = waiting(limits);
    assertThat(third).isNotDone();
    assertThat(limits.await("default", Duration.ofMillis(1))).isNull();

    first.close();

    await().until(third::isDone);
    assertThat(third.join()).isNotNull();
    assertThat(limits.await("default", NOT_AT_ALL)).isNull();
  }

  @Test
  void spacesCallsEvenly() {
    CallLimits limits = limits("vobiz.limit.calls-per-second=50");

    long start = System.nanoTime();
    for (int i = 0; i < 11; i++) {
      limits.await("default", LONG).close();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  void saysAtOnce_thatTheTurnWouldComeTooLate_andKeepsItForTheNext() {
    CallLimits limits = limits("vobiz.limit.calls-per-second=0.01");
    assertThat(limits.await("default", NOT_AT_ALL)).isNotNull();

    for (int i = 0; i < 1000; i++) {
      assertThat(limits.await("default", Duration.ofSeconds(90))).isNull();
    }

    assertThat(waiting(limits)).isNotDone();
    limits.stopWaiting();
  }

  @Test
  void countsEachAccountForItself() {
    CallLimits limits =
        limits(
            "vobiz.limit.max-concurrent-calls=1",
            "vobiz.limit.calls-per-second=0.01",
            "vobiz.limit.accounts.sales.max-concurrent-calls=2",
            "vobiz.limit.accounts.sales.calls-per-second=100000");

    assertThat(limits.await("default", NOT_AT_ALL)).isNotNull();
    assertThat(limits.await("default", NOT_AT_ALL)).isNull();
    assertThat(limits.await("sales", LONG)).isNotNull();
    assertThat(limits.await("sales", LONG)).isNotNull();
    assertThat(limits.await("sales", NOT_AT_ALL)).isNull();
  }

  @Test
  void countsTheProfilesOfOneAuthIdTogether_byTheStricterLimit() {
    CallLimits limits =
        limits(
            "vobiz.accounts.sales.auth-id=MA_1",
            "vobiz.limit.max-concurrent-calls=3",
            "vobiz.limit.accounts.sales.max-concurrent-calls=2");

    assertThat(limits.await("default", NOT_AT_ALL)).isNotNull();
    assertThat(limits.await("sales", NOT_AT_ALL)).isNotNull();
    assertThat(limits.await("default", NOT_AT_ALL)).isNull();
    assertThat(limits.await("sales", NOT_AT_ALL)).isNull();
  }

  @Test
  void givesNoTurnAnyMore_andDoesNotFail_whenItIsTimeToStop_howeverManyAreAllowed() {
    CallLimits limits = limits("vobiz.limit.max-concurrent-calls=100000");
    Permit turn = limits.await("default", NOT_AT_ALL);

    limits.stopWaiting();
    limits.stopWaiting();

    turn.close();
    for (int i = 0; i < 3; i++) {
      assertThat(limits.await("default", LONG)).isNull();
    }
  }

  @Test
  void letsGoWhoWaits_withoutATurn_whenItIsTimeToStop() {
    CallLimits fewAtATime = limits("vobiz.limit.max-concurrent-calls=1");
    CallLimits fewPerSecond = limits("vobiz.limit.calls-per-second=0.01");
    for (CallLimits limits : new CallLimits[] {fewAtATime, fewPerSecond}) {
      assertThat(limits.await("default", NOT_AT_ALL)).isNotNull();
      CompletableFuture<Permit> second = waiting(limits);
      CompletableFuture<Permit> third = waiting(limits);

      limits.stopWaiting();

      await().until(() -> second.isDone() && third.isDone());
      assertThat(second.join()).isNull();
      assertThat(third.join()).isNull();
    }
  }
}
