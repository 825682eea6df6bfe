package org.conferenceworker.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole worker with the limits that an operator may set. */
@ExtendWith(OutputCaptureExtension.class)
class GuardRailsTest {

  @RegisterExtension private final StandIns standIns = new StandIns();
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private ConfigurableApplicationContext worker;

  private void start(String... settings) {
    worker = standIns.startWorker(settings);
  }

  private void handOut(long key, String name) {
    gateway.handOut(
        GatewayStandIn.job(key, "{\"conferenceName\":\"" + name + "\"}", 3, Duration.ofMinutes(1)));
  }

  @Test
  void sendsNothing_andSaysSo_inADryRun(CapturedOutput output) {
    start("--vobiz.dry-run=true");
    vobiz.room("MA_1", "room");

    handOut(1, "room");

    await().until(() -> gateway.accepted().size() == 1);
    assertThat(gateway.accepted())
        .singleElement()
        .asInstanceOf(type(CompleteJobRequest.class))
        .extracting(CompleteJobRequest::getVariables)
        .asString()
        .contains("\"outcome\":\"DRY_RUN\"", "\"httpStatus\":null", "\"endedAt\":null");
    assertThat(vobiz.requests()).isEmpty();
    assertThat(vobiz.rooms("MA_1")).containsExactly("room");
    assertThat(output.getAll()).contains("Dry run (vobiz.dry-run)", "outcome=\"DRY_RUN\"");
  }

  @Test
  void raisesAnIncident_forAProtectedName() {
    start("--vobiz.guard.protected-names=Board*");
    vobiz.room("MA_1", "Board call");

    handOut(1, "Board call");

    await().until(() -> gateway.accepted().size() == 1);
    assertThat(gateway.accepted())
        .singleElement()
        .asInstanceOf(type(FailJobRequest.class))
        .returns(0, FailJobRequest::getRetries);
    assertThat(vobiz.requests()).isEmpty();
  }

  @Test
  void tellsThatOnlyPlainNamesPass(CapturedOutput output) throws Exception {
    start("--vobiz.guard.plain-names-only=true");

    assertThat(output.getAll()).contains("Account \"default\": plain names only; may end every");
    assertThat(Actuator.get(worker, "info").body()).contains("\"plainNamesOnly\":true");
  }

  @Test
  void tellsTheRulesInForce_inTheLogAndUnderInfo(CapturedOutput output) {
    start(
        "--vobiz.guard.protected-names=Board*,B\u00FCro\u00A0Nord",
        "--vobiz.accounts.sales.auth-id=MA_1",
        "--vobiz.accounts.sales.auth-token=token",
        "--vobiz.accounts.support.auth-id=MA_3",
        "--vobiz.accounts.support.auth-token=token",
        "--vobiz.guard.accounts.sales.allowed-names=test-*",
        "--vobiz.guard.accounts.sales.max-per-minute=30",
        "--vobiz.limit.accounts.sales.calls-per-second=5");

    String names = "never ends \"Board*\", \"B\u00FCro\u00A0Nord\", nor removes anybody there; ";
    String shared =
        names
            + "ends nothing but \"test-*\", and only looks elsewhere;"
            + " at most 30 hang-ups and removals in a minute; at most 512 calls at a time;"
            + " at most 5.0 calls in a second; never ends all conferences at once; together with ";
    assertThat(output.getAll())
        .contains(
            "Account \"default\": " + shared + "\"sales\"",
            "Account \"sales\": " + shared + "\"default\"",
            "Account \"support\": "
                + names
                + "any number of hang-ups and removals in a minute; at most 512 calls at a time;"
                + " never ends all conferences at once.");
    assertThat(Actuator.get(worker, "info").body())
        .contains(
            "\"dryRun\":false",
            "\"default\":{\"protectedNames\":[\"Board*\",\"B\u00FCro\u00A0Nord\"],\"allowedNames\":[[\"test-*\"]],\"maxPerMinute\":30,")
        .doesNotContain("MA_", "token");
  }

  @Test
  void sendsNoMoreThanTheBrakeLetsThrough_andSpendsNoRetryOnTheRest() {
    start("--vobiz.guard.max-per-minute=2");
    for (int i = 0; i < 5; i++) {
      vobiz.room("MA_1", "room" + i);
      handOut(i, "room" + i);
    }

    await().until(() -> gateway.accepted().size() == 5);
    assertThat(vobiz.requests()).hasSize(2);
    assertThat(gateway.accepted())
        .filteredOn(FailJobRequest.class::isInstance)
        .hasSize(3)
        .allSatisfy(
            report -> {
              var fail = (FailJobRequest) report;
              assertThat(fail.getRetries()).isEqualTo(3);
              assertThat(fail.getRetryBackOff()).isBetween(30_000L, 71_000L);
              assertThat(fail.getErrorMessage()).contains("vobiz.guard.max-per-minute");
            });
  }

  @Test
  void callsNoMoreThanAllowedAtATime_andComesToTheRestLater() {
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    var goOn = new CountDownLatch(1);
    start("--vobiz.limit.max-concurrent-calls=3");
    vobiz.always(
        Replies.when(
            goOn,
            (request, connection) -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              connection.carryOut(request);
              underWay.decrementAndGet();
              connection.empty(request, 204);
            }));
    for (int i = 0; i < 30; i++) {
      vobiz.room("MA_1", "room" + i);
      handOut(i, "room" + i);
    }

    await().until(() -> vobiz.requests().size() == 3);
    goOn.countDown();

    await().until(() -> gateway.accepted().size() == 30);
    assertThat(gateway.accepted()).hasOnlyElementsOfType(CompleteJobRequest.class);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void givesBackInTime_withoutARetrySpent_whatGetsNoTurnWithinItsLease() {
    start("--vobiz.limit.calls-per-second=0.01", "--vobiz.http.total-timeout=1s");
    vobiz.room("MA_1", "room");
    handOut(1, "room");
    await().until(() -> gateway.accepted().size() == 1);

    handOut(2, "other");

    await().until(() -> gateway.accepted().size() == 2);
    var fail = (FailJobRequest) gateway.accepted().getLast();
    assertThat(fail.getRetries()).isEqualTo(3);
    assertThat(fail.getErrorMessage()).contains("\"other\"", "vobiz.limit");
    assertThat(fail.getVariables()).contains("\"mayHaveGotThrough\":false");
    assertThat(vobiz.requests()).hasSize(1);
  }

  @Test
  void givesBackWhatWaitsForItsTurn_whenItIsStopped() {
    // Within the lease a turn would come, in half a minute.
    start("--vobiz.limit.calls-per-second=0.033", "--vobiz.http.total-timeout=1s");
    vobiz.room("MA_1", "room");
    handOut(1, "room");
    await().until(() -> gateway.accepted().size() == 1);
    handOut(2, "other");
    handOut(3, " ");
    // The third job shows that the second is under way.
    await().until(() -> gateway.accepted().size() == 2);

    worker.close();

    assertThat(gateway.accepted())
        .last()
        .asInstanceOf(type(FailJobRequest.class))
        .returns(2L, FailJobRequest::getJobKey)
        .returns(3, FailJobRequest::getRetries);
    assertThat(vobiz.requests()).hasSize(1);
  }
}
