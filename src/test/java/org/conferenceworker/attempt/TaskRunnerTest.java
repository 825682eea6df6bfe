package org.conferenceworker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.conferenceworker.standin.OneJobEngine;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.standin.VirtualClock;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.Outcome.NotItsTurn;
import org.junit.jupiter.api.Test;

/** What becomes of a job when the worker itself has a bug. */
class TaskRunnerTest {

  private static final TaskType TYPE =
      new TaskType(
          "test:broken:1",
          "broken",
          "vobiz.test.broken",
          new TaskType.Words("break", "break", "break", "of", "which may be broken", "whether"),
          TaskType.Target.CONFERENCE,
          List.of());

  private record Request(Asked asked, ConferenceName conference) implements Task.Request {
    @Override
    public ApiRequest call() {
      return ApiRequest.hangUp(asked.account(), conference);
    }
  }

  private static Request read(Inputs inputs) throws InvalidInput {
    ConferenceName conference = inputs.conference();
    return new Request(
        inputs.asked(TYPE, conference, inputs.timing(Duration.ofHours(1))), conference);
  }

  @Test
  void leavesDoubt_whenTheDecisionFailsAfterTheRequestWasSent() {
    var clock = new VirtualClock(Instant.parse("2026-11-22T19:00:00Z"));
    var sent = new AtomicInteger();
    try (var engine = new OneJobEngine(clock, Duration.ofMinutes(1));
        var client = engine.newClient()) {
      engine.newJob(
          GatewayOuterClass.ActivatedJob.newBuilder()
              .setKey(1)
              .setType(TYPE.jobType())
              .setRetries(3)
              .setVariables("{\"conferenceName\":\"room\"}")
              .build());
      var process =
          new WorkerProcess(
              Settings.vobiz("vobiz.auth-id=MA_1", "vobiz.auth-token=token"),
              clock,
              Duration.ofSeconds(15),
              TYPE);
      var task =
          new Task<>(
              TYPE,
              TaskRunnerTest::read,
              (attempt, request, outcome) -> {
                throw new IllegalStateException("a bug");
              });

      process
          .reaching(
              (request, sendBefore) -> {
                sent.incrementAndGet();
                return new NotItsTurn();
              })
          .run(client, engine.activate(client), task);

      assertThat(sent).hasValue(1);
      assertThat(engine.effective()).hasSize(1);
      var incident = (FailJobRequest) engine.effective().getFirst();
      assertThat(incident.getRetries()).isZero();
      assertThat(incident.getErrorMessage())
          .startsWith("The worker itself failed (IllegalStateException)")
          .doesNotContain("a bug");
      assertThat(incident.getVariables())
          .contains("\"made\":1", "\"mayHaveGotThrough\":true", "\"conferenceName\":\"room\"");
    }
  }
}
