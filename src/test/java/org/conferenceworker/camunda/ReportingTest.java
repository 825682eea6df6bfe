package org.conferenceworker.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole worker against a gateway that loses, refuses and delays reports. */
class ReportingTest {

  private static final Duration LEASE = Duration.ofSeconds(60);

  @RegisterExtension private final StandIns standIns = new StandIns();
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private ConfigurableApplicationContext worker;

  @BeforeEach
  void startWorker() {
    vobiz.room("MA_1", "room");
    worker = standIns.startWorker("--vobiz.http.total-timeout=1s");
  }

  private void handOut(String variables, Duration lease) {
    gateway.handOut(GatewayStandIn.job(1, variables, 3, lease));
  }

  private void awaitReports(int received) {
    await().until(() -> gateway.received().size() == received);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "UNAVAILABLE",
        "RESOURCE_EXHAUSTED",
        "DEADLINE_EXCEEDED",
        "ABORTED",
        "CANCELLED",
        "UNIMPLEMENTED",
        "UNAUTHENTICATED",
        "PERMISSION_DENIED"
      })
  void endsTheConferenceOnce_andCompletesTheJob_whenTheEngineIsAwayTwice(Status.Code code) {
    gateway.answerReportsWith(code.toStatus(), code.toStatus());

    handOut("{\"conferenceName\":\"room\"}", LEASE);

    awaitReports(3);
    assertThat(gateway.accepted())
        .singleElement()
        .asInstanceOf(type(CompleteJobRequest.class))
        .extracting(CompleteJobRequest::getVariables)
        .asString()
        .contains("\"outcome\":\"ENDED\"");
    assertThat(vobiz.requests("room")).hasSize(1);
  }

  @Test
  void throwsTheErrorOnce_whenTheEngineIsAwayTwice() throws Exception {
    gateway.answerReportsWith(Status.UNAVAILABLE, Status.UNAVAILABLE);

    handOut("{\"conferenceName\":\"gone\"}", LEASE);

    awaitReports(3);
    var error = (ThrowErrorRequest) gateway.accepted().getFirst();
    assertThat(error.getErrorCode()).isEqualTo("CONFERENCE_NOT_FOUND");
    Map<?, ?> hangUpError =
        (Map<?, ?>)
            new ObjectMapper().readValue(error.getVariables(), Map.class).get("hangUpError");
    assertThat(hangUpError.get("code")).isEqualTo("CONFERENCE_NOT_FOUND");
    assertThat(hangUpError.get("conferenceName")).isEqualTo("gone");
    assertThat(hangUpError.get("account")).isEqualTo("default");
    assertThat(hangUpError.get("httpStatus")).isEqualTo(404);
    assertThat(hangUpError.get("message").toString()).contains("gone", "404");
  }

  @Test
  void isContent_whenTheJobIsGone() {
    gateway.answerReportsWith(Status.NOT_FOUND);

    handOut("{\"conferenceName\":\"room\"}", LEASE);
    awaitReports(1);

    // The next job shows that the worker has done with the first.
    vobiz.room("MA_1", "other");
    gateway.handOut(GatewayStandIn.job(2, "{\"conferenceName\":\"other\"}", 3, LEASE));
    awaitReports(2);
    assertThat(gateway.accepted())
        .singleElement()
        .asInstanceOf(type(CompleteJobRequest.class))
        .returns(2L, CompleteJobRequest::getJobKey);
  }

  @Test
  void handsOnWhatItKnows_whenItFailsAJob() {
    vobiz.misbehave("room", Replies.endThenReset());

    handOut("{\"conferenceName\":\"room\"}", LEASE);

    awaitReports(1);
    var fail = (FailJobRequest) gateway.accepted().getFirst();
    assertThat(fail.getRetries()).isEqualTo(2);
    assertThat(fail.getRetryBackOff()).isBetween(6667L, 10_000L);
    assertThat(fail.getErrorMessage()).contains("\"room\"", "may have ended or not");
    assertThat(fail.getVariables())
        .contains("\"made\":1", "\"mayHaveGotThrough\":true", "\"requestedAt\":")
        .contains("\"conferenceName\":\"room\"", "\"account\":\"default\"");

    gateway.handOut(
        GatewayStandIn.job(
            1,
            "{\"conferenceName\":\"room\",\"hangUpAttempts\":"
                + "{\"made\":1,\"mayHaveGotThrough\":true,"
                + "\"conferenceName\":\"room\",\"account\":\"default\"}}",
            2,
            LEASE));
    awaitReports(2);
    assertThat(((CompleteJobRequest) gateway.accepted().get(1)).getVariables())
        .contains("\"outcome\":\"ENDED_BY_EARLIER_ATTEMPT\"", "\"attempts\":2");
  }

  /** A second copy of a fail could hit the job's next attempt. */
  @Test
  void repeatsAFail_onlyInsideTheBackoffThatItAskedFor() {
    vobiz.misbehave("room", Replies.json(429, "{}", "Retry-After: 0"), Replies.empty(204));
    gateway.answerReportsWith(Status.UNAVAILABLE);

    // The validity leaves no back-off to repeat the fail in.
    handOut("{\"conferenceName\":\"room\",\"validFor\":\"PT0.2S\"}", LEASE);
    awaitReports(1);
    gateway.handOut(GatewayStandIn.job(1, "{\"conferenceName\":\"room\"}", 3, LEASE));
    awaitReports(2);

    assertThat(gateway.received().get(0)).isInstanceOf(FailJobRequest.class);
    assertThat(gateway.received().get(1)).isInstanceOf(CompleteJobRequest.class);
  }

  @Test
  void repeatsAnIncident_untilTheEngineHasIt() {
    gateway.answerReportsWith(Status.UNAVAILABLE, Status.UNAVAILABLE);

    handOut("{\"conferenceName\":\" \"}", LEASE);

    awaitReports(3);
    assertThat(gateway.accepted())
        .singleElement()
        .asInstanceOf(type(FailJobRequest.class))
        .returns(0, FailJobRequest::getRetries)
        .extracting(FailJobRequest::getErrorMessage)
        .asString()
        .contains("\"conferenceName\"", "is blank", "Nothing was sent");
    assertThat(vobiz.requests()).isEmpty();
  }

  private void handOutWhileTheEngineIsAwayForTheWholeLease(String conference) {
    for (int i = 0; i < 100; i++) {
      gateway.answerReportsWith(Status.UNAVAILABLE);
    }
    // Long enough to begin (1 s for the call, 2 s for the report), too short for the engine.
    Instant leaseEnd = Instant.now().plusMillis(3500);
    handOut("{\"conferenceName\":\"" + conference + "\"}", Duration.ofMillis(3500));
    await().until(() -> Instant.now().isAfter(leaseEnd));
    gateway.stopAnsweringWithErrors();
  }

  @Test
  void reportsWhatItDidBefore_withoutAskingTheApiAgain_whenTheEngineWasAwayForTheWholeLease() {
    handOutWhileTheEngineIsAwayForTheWholeLease("room");
    int before = gateway.received().size();
    assertThat(before).isPositive();
    assertThat(gateway.accepted()).isEmpty();

    // Somebody opens the next conference of that name.
    vobiz.room("MA_1", "room", "Ada");
    handOut("{\"conferenceName\":\"room\"}", LEASE);

    awaitReports(before + 1);
    assertThat(gateway.accepted())
        .singleElement()
        .asInstanceOf(type(CompleteJobRequest.class))
        .extracting(CompleteJobRequest::getVariables)
        .asString()
        .contains("\"outcome\":\"ENDED\"");
    assertThat(vobiz.requests("room")).hasSize(1);
    assertThat(vobiz.rooms("MA_1")).containsExactly("room");
  }

  @Test
  void doesWhatIsAskedNow_whenTheInputsWereCorrectedAfterAnUndeliveredReport() {
    handOutWhileTheEngineIsAwayForTheWholeLease("room");
    vobiz.room("MA_1", "the right room");

    handOut("{\"conferenceName\":\"the right room\"}", LEASE);

    await().until(() -> !gateway.accepted().isEmpty());
    assertThat(((CompleteJobRequest) gateway.accepted().getFirst()).getVariables())
        .contains("the right room");
    assertThat(vobiz.rooms("MA_1")).isEmpty();
  }

  @Test
  void reportsANotFoundAgain_withoutAskingTheApi_whenTheEngineWasAwayForTheWholeLease() {
    handOutWhileTheEngineIsAwayForTheWholeLease("gone");

    // Somebody opens the next conference of that name.
    vobiz.room("MA_1", "gone", "Ada");
    handOut("{\"conferenceName\":\"gone\"}", LEASE);

    await().until(() -> !gateway.accepted().isEmpty());
    assertThat(gateway.accepted()).singleElement().isInstanceOf(ThrowErrorRequest.class);
    assertThat(vobiz.requests("gone")).hasSize(1);
    assertThat(vobiz.rooms("MA_1")).contains("gone");
  }

  /** "Team meting" failed, and was corrected to "Team meeting", which nobody has asked for yet. */
  @Test
  void takesNoDoubtAboutOneConferenceForTheEndOfAnother() {
    handOut(
        "{\"conferenceName\":\"Team meeting\",\"hangUpAttempts\":"
            + "{\"made\":3,\"mayHaveGotThrough\":true,"
            + "\"conferenceName\":\"Team meting\",\"account\":\"default\"}}",
        LEASE);

    awaitReports(1);
    assertThat(gateway.accepted())
        .singleElement()
        .asInstanceOf(type(ThrowErrorRequest.class))
        .returns("CONFERENCE_NOT_FOUND", ThrowErrorRequest::getErrorCode);
  }

  @Test
  void runsAJobOnce_whenTheEngineHandsItOutAgainInsideItsLease() {
    var answer = new CountDownLatch(1);
    vobiz.misbehave("room", afterwards(answer));
    handOut("{\"conferenceName\":\"room\"}", LEASE);
    await().until(() -> vobiz.requests("room").size() == 1);

    handOut("{\"conferenceName\":\"room\"}", LEASE);
    // The next job shows that the worker has done with the second copy.
    gateway.handOut(GatewayStandIn.job(2, "{\"conferenceName\":\"gone\"}", 3, LEASE));
    awaitReports(1);
    answer.countDown();

    awaitReports(2);
    assertThat(gateway.accepted().get(1)).isInstanceOf(CompleteJobRequest.class);
    assertThat(vobiz.requests("room")).hasSize(1);
  }

  @Test
  void sendsNothingMore_whenTheEngineSaysThatTheJobOfASuccessHasFailed() {
    gateway.answerReportsWith(Status.FAILED_PRECONDITION, Status.FAILED_PRECONDITION);
    handOut("{\"conferenceName\":\"room\"}", LEASE);

    awaitReports(3);
    assertThat(gateway.accepted()).singleElement().isInstanceOf(CompleteJobRequest.class);
    assertThat(vobiz.requests("room")).hasSize(1);
  }

  @Test
  void findsTheBeginningOfTimeTooLate() {
    handOut("{\"conferenceName\":\"room\",\"requestedAt\":\"0001-01-01T00:00:00Z\"}", LEASE);

    awaitReports(1);
    assertThat(gateway.accepted())
        .singleElement()
        .asInstanceOf(type(ThrowErrorRequest.class))
        .returns("HANG_UP_TOO_LATE", ThrowErrorRequest::getErrorCode);
    assertThat(vobiz.requests()).isEmpty();
  }

  @Test
  void doesNotBegin_whatItCannotFinishWithinTheLease() {
    handOut("{\"conferenceName\":\"room\"}", Duration.ofMillis(2900));
    // The next job shows that the worker has done with the first.
    gateway.handOut(GatewayStandIn.job(2, "{\"conferenceName\":\"gone\"}", 3, LEASE));

    awaitReports(1);
    assertThat(gateway.received().getFirst()).isInstanceOf(ThrowErrorRequest.class);
    assertThat(vobiz.requests("room")).isEmpty();
  }

  @Test
  void reportsOverANewConnection_whenTheOldOneWasCutDuringTheCall() {
    var answer = new CountDownLatch(1);
    vobiz.misbehave("room", afterwards(answer));
    handOut("{\"conferenceName\":\"room\"}", LEASE);
    await().until(() -> vobiz.requests("room").size() == 1);

    int port = gateway.address().getPort();
    gateway.close();
    answer.countDown();
    await().until(() -> vobiz.rooms("MA_1").isEmpty());
    try (var restarted = GatewayStandIn.startAt(port)) {
      await().atMost(LEASE).until(() -> !restarted.accepted().isEmpty());
      assertThat(restarted.accepted()).singleElement().isInstanceOf(CompleteJobRequest.class);
      assertThat(vobiz.requests("room")).hasSize(1);

      // And jobs come over it again.
      vobiz.room("MA_1", "other");
      await().atMost(LEASE).until(restarted::hasOpenStream);
      restarted.handOut(GatewayStandIn.job(2, "{\"conferenceName\":\"other\"}", 3, LEASE));
      await().until(() -> vobiz.requests("other").size() == 1);
    }
  }

  /** Ends the conference and answers, but only when it is told to. */
  private static Reply afterwards(CountDownLatch goOn) {
    return (request, connection) -> {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      connection.carryOut(request);
      connection.empty(request, 204);
    };
  }

  @Test
  void finishesAndReportsWhatIsUnderWay_whenItIsStopped() {
    var answer = new CountDownLatch(1);
    vobiz.misbehave("room", afterwards(answer));
    handOut("{\"conferenceName\":\"room\"}", LEASE);
    await().until(() -> vobiz.requests("room").size() == 1);

    Thread stop = Thread.ofVirtual().start(worker::close);
    await().until(() -> !gateway.hasOpenStream());
    answer.countDown();

    await().until(() -> !stop.isAlive());
    assertThat(gateway.accepted()).singleElement().isInstanceOf(CompleteJobRequest.class);
  }

  @Test
  void isNotHeldUp_byAnEngineThatDoesNotAnswer_whenItIsStopped() {
    Counter stopped =
        worker
            .getBean(MeterRegistry.class)
            .get("vobiz.job.reports")
            .tag("result", "stopped")
            .counter();
    gateway.fallSilent();
    handOut("{\"conferenceName\":\"room\"}", LEASE);
    awaitReports(1);

    worker.close();

    // The report was given up then, not when the job's lease ended.
    assertThat(stopped.count()).isEqualTo(1);
    assertThat(vobiz.requests("room")).hasSize(1);
  }
}
