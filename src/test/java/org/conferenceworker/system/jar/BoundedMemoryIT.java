package org.conferenceworker.system.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.GeneratedMessage;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged worker with little memory, when the API sends too much or the engine has a lot. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BoundedMemoryIT {

  /** It starts with 24 MB, and idle 22 MB of them are in use. */
  private static final String HEAP = "-Xmx64m";

  private static final int MAX_JOBS_ACTIVE = 64;

  /** What can be on its way to the worker beside the jobs that it has. */
  private static final int LARGEST_GRPC_WINDOW = 8 * 1024 * 1024;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LEASE = Duration.ofMinutes(10);

  @RegisterExtension private final StandIns standIns = new StandIns();
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private WorkerJar worker;

  private void startWorker(String totalTimeout) {
    worker =
        standIns.closing(
            WorkerJar.start(
                WorkerJar.environment(
                    gateway.address(),
                    vobiz.baseUrl(),
                    "VOBIZ_HTTP_TOTALTIMEOUT",
                    totalTimeout,
                    "VOBIZ_HTTP_RESPONSETIMEOUT",
                    totalTimeout,
                    "CAMUNDA_CLIENT_WORKER_DEFAULTS_MAXJOBSACTIVE",
                    Integer.toString(MAX_JOBS_ACTIVE),
                    "CAMUNDA_CLIENT_WORKER_DEFAULTS_TIMEOUT",
                    "PT5M"),
                HEAP,
                // So that none goes unseen.
                "-XX:+ExitOnOutOfMemoryError"));
    worker.awaitStarted();
    await().atMost(PATIENCE).until(gateway::hasOpenStream);
  }

  private void handOut(long key, String padding) {
    vobiz.room("MA_1", "room " + key);
    gateway.handOut(
        GatewayStandIn.job(
            key,
            "{\"conferenceName\":\"room %d\",\"account\":\"default\",\"padding\":\"%s\"}"
                .formatted(key, padding),
            3,
            LEASE));
  }

  private void assertThatEachJobWasReportedOnce(int jobs) {
    await().atMost(PATIENCE).until(() -> gateway.accepted().size() >= jobs);
    assertThat(gateway.received())
        .extracting(BoundedMemoryIT::jobKey)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, jobs).boxed().toList());
    assertThat(worker.isAlive()).isTrue();
    assertThat(worker.output()).doesNotContain("OutOfMemoryError");
    assertThat(worker.logged("ERROR")).isEmpty();
  }

  private static long jobKey(GeneratedMessage report) {
    return switch (report) {
      case CompleteJobRequest complete -> complete.getJobKey();
      case FailJobRequest fail -> fail.getJobKey();
      default -> throw new AssertionError(report);
    };
  }

  @Test
  void survivesAnswersWithoutEnd_manyAtATime() {
    String kilobyte = "x".repeat(1024);
    List<Reply> endless =
        List.of(
            Replies.endless("HTTP/1.1 200 -\r\n\r\n", kilobyte),
            Replies.endless("HTTP/1.1 500 -\r\nContent-Length: 9000000000\r\n\r\n", kilobyte),
            Replies.endless(
                "HTTP/1.1 500 -\r\nTransfer-Encoding: chunked\r\n\r\n",
                "400\r\n" + kilobyte + "\r\n"),
            Replies.endless("HTTP/1.1 204 -\r\n", "X: " + kilobyte + "\r\n"),
            Replies.endless("HTTP/1.1 204 -\r\nX: ", kilobyte),
            Replies.endless("HTTP/1.1 ", kilobyte),
            Replies.drip("HTTP/1.1 200 -\r\n\r\n", " "),
            Replies.drip("HTTP/1.1 204 -\r\n", "X: x\r\n"));
    startWorker("2s");
    int bad = 5 * MAX_JOBS_ACTIVE;
    IntStream.range(0, bad).forEach(i -> vobiz.misbehaveNext(endless.get(i % endless.size())));

    LongStream.rangeClosed(1, bad).forEach(key -> handOut(key, ""));
    await().atMost(PATIENCE).until(() -> gateway.accepted().size() == bad);
    // What is too long to be read is no success.
    assertThat(gateway.accepted()).hasOnlyElementsOfType(FailJobRequest.class);
    LongStream.rangeClosed(bad + 1, bad + 100).forEach(key -> handOut(key, ""));

    assertThatEachJobWasReportedOnce(bad + 100);
    assertThat(gateway.accepted().subList(bad, bad + 100))
        .hasOnlyElementsOfType(CompleteJobRequest.class);
  }

  @Test
  void takesNoMoreJobsThanItMay_whenManyWaitAndTheApiHangs_andWorksThemOffAfterwards() {
    int jobs = 20_000;
    String padding = "x".repeat(4096);
    var goOn = new CountDownLatch(1);
    vobiz.always(Replies.when(goOn, (request, connection) -> connection.answer(request)));
    startWorker("60s");

    LongStream.rangeClosed(1, jobs).forEach(key -> handOut(key, padding));
    await().atMost(PATIENCE).until(() -> vobiz.requests().size() == MAX_JOBS_ACTIVE);
    var before = new AtomicInteger();
    await()
        .atMost(PATIENCE)
        .during(Duration.ofSeconds(3))
        .until(
            () -> {
              int now = gateway.handedOut();
              return before.getAndSet(now) == now;
            });
    assertThat(vobiz.requests()).hasSize(MAX_JOBS_ACTIVE);
    goOn.countDown();

    assertThatEachJobWasReportedOnce(jobs);
    assertThat(gateway.mostUnderWay())
        .isLessThanOrEqualTo(MAX_JOBS_ACTIVE + LARGEST_GRPC_WINDOW / padding.length());
    assertThat(vobiz.requests()).hasSize(jobs);
    assertThat(vobiz.rooms("MA_1")).isEmpty();
  }
}
