package org.conferenceworker.system.jar;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SIGTERM to the packaged worker: what is under way is finished, and nothing else is begun. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ShutdownIT {

  private static final int JOBS = 600;

  /** What the README promises. */
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);

  /** A call and its report (20 s), and a little to close what is open. */
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(25);

  @RegisterExtension private final StandIns standIns = new StandIns();
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private final WorkerJar worker =
      standIns.closing(WorkerJar.start(WorkerJar.environment(gateway.address(), vobiz.baseUrl())));

  @BeforeEach
  void awaitStarted() {
    worker.awaitStarted();
    await().atMost(GRACE_PERIOD).until(gateway::hasOpenStream);
  }

  private void handOut(long key) {
    vobiz.room("MA_1", "room " + key);
    gateway.handOut(
        GatewayStandIn.job(
            key, "{\"conferenceName\":\"room " + key + "\"}", 3, Duration.ofMinutes(1)));
  }

  @Test
  void finishesWhatItBegan_andBeginsNothing_whenItIsStoppedUnderLoad() {
    vobiz.always(Replies.slowly(() -> ThreadLocalRandom.current().nextLong(200)));
    LongStream.rangeClosed(1, JOBS).forEach(this::handOut);
    await().atMost(GRACE_PERIOD).until(() -> gateway.accepted().size() > JOBS / 4);

    worker.terminate();

    assertThat(worker.awaitExit(GRACE_PERIOD)).isEqualTo(WorkerJar.STOPPED_BY_SIGTERM);
    Map<String, Long> deletes =
        vobiz.requests().stream().collect(groupingBy(r -> r.conference(), counting()));
    Map<String, Long> reports =
        gateway.accepted().stream()
            .filter(CompleteJobRequest.class::isInstance)
            .map(CompleteJobRequest.class::cast)
            .collect(groupingBy(r -> "room " + r.getJobKey(), counting()));
    assertThat(deletes.values()).allMatch(count -> count == 1);
    assertThat(reports).isEqualTo(deletes);
    // A job that came to its call when the stop began is given back, unsent and whole.
    assertThat(gateway.accepted())
        .filteredOn(FailJobRequest.class::isInstance)
        .allMatch(given -> ((FailJobRequest) given).getRetries() == 3);
    // That it was stopped in the middle.
    assertThat(deletes).hasSizeBetween(JOBS / 4, JOBS - 1);
    assertThat(vobiz.rooms("MA_1")).hasSize(JOBS - deletes.size());
    assertThat(gateway.received()).hasSameSizeAs(gateway.accepted());
    assertThat(worker.logged("WARN")).isEmpty();
    assertThat(worker.logged("ERROR")).isEmpty();
  }

  @Test
  void endsAtOnce_whenItIsToldToStopASecondTime() {
    beginOneThatHangs();
    worker.terminate();
    worker.awaitOutput("Stopping: taking no more jobs, 1 in flight.");
    // A signal that comes right after the first counts as the same; so it is told until it ends.
    await()
        .until(
            () -> {
              assertThat(worker.output()).doesNotContain("has been reported", "took longer");
              worker.terminate();
              return !worker.isAlive();
            });

    assertThat(worker.awaitExit(GRACE_PERIOD)).isEqualTo(WorkerJar.STOPPED_BY_SIGTERM);
    assertThat(worker.output())
        .contains("Second signal, SIGTERM: ending at once.")
        .doesNotContain("has been reported", "took longer");
    assertThat(gateway.received()).isEmpty();
  }

  @Test
  void finishesWhatItBegan_whenTheSameSignalArrivesTwice() {
    CountDownLatch goOn = beginOneThatHangs();

    worker.terminate();
    worker.terminate();
    worker.awaitOutput("Stopping: taking no more jobs, 1 in flight.");
    goOn.countDown();

    assertThat(worker.awaitExit(GRACE_PERIOD)).isEqualTo(WorkerJar.STOPPED_BY_SIGTERM);
    assertThat(gateway.accepted()).singleElement().isInstanceOf(CompleteJobRequest.class);
    assertThat(worker.output()).doesNotContain("Second signal");
  }

  @Test
  void endsInTime_whenTheEngineDoesNotAnswer() {
    gateway.fallSilent();
    handOut(1);
    await().atMost(GRACE_PERIOD).until(() -> gateway.received().size() == 1);

    worker.terminate();

    assertThat(worker.awaitExit(TIME_TO_STOP)).isEqualTo(WorkerJar.STOPPED_BY_SIGTERM);
    assertThat(vobiz.requests()).hasSize(1);
    assertThat(worker.logged("ERROR"))
        .anyMatch(line -> line.contains("The engine was not told ENDED about job 1"));
  }

  private CountDownLatch beginOneThatHangs() {
    var goOn = new CountDownLatch(1);
    vobiz.always(Replies.when(goOn, (request, connection) -> connection.answer(request)));
    handOut(1);
    await().atMost(GRACE_PERIOD).until(() -> vobiz.requests().size() == 1);
    return goOn;
  }
}
