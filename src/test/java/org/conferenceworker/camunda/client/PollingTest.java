package org.conferenceworker.camunda.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.camunda.client.health.HealthCheck;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.conferenceworker.VobizConferenceWorker;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The whole worker, and what would stop the Camunda client from polling for good. */
@ExtendWith(OutputCaptureExtension.class)
class PollingTest {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension private final StandIns standIns = new StandIns();
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private final BreaksPolls breaksPolls = new BreaksPolls();
  private ConfigurableApplicationContext worker;

  /** Throws an error where the client asks for jobs, as a want of memory could. */
  private static final class BreaksPolls implements ClientInterceptor {

    private volatile boolean breaks;
    private final AtomicInteger broken = new AtomicInteger();

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      if (breaks && method.getBareMethodName().equals("ActivateJobs")) {
        broken.incrementAndGet();
        throw new OutOfMemoryError("for a test");
      }
      return next.newCall(method, options);
    }
  }

  private void start(String... settings) {
    worker =
        standIns.closing(
            new SpringApplicationBuilder(VobizConferenceWorker.class)
                .initializers(
                    context ->
                        ((GenericApplicationContext) context)
                            .registerBean(
                                "breaksPolls", ClientInterceptor.class, () -> breaksPolls))
                .run(
                    Stream.concat(
                            Stream.of(
                                "--camunda.client.grpc-address=" + gateway.address(),
                                "--vobiz.base-url=" + vobiz.baseUrl(),
                                "--vobiz.auth-id=MA_1",
                                "--vobiz.auth-token=token",
                                "--server.address=127.0.0.1",
                                "--server.port=0"),
                            Stream.of(settings))
                        .toArray(String[]::new)));
    await().until(gateway::hasOpenStream);
  }

  private static io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob job(
      long key, String room) {
    return GatewayStandIn.job(key, "{\"conferenceName\":\"" + room + "\"}", 3, LEASE);
  }

  /** Camunda's issues 60559 and 59633: the job that waited would be thrown away, and counted. */
  @Test
  void goesOn_whenEveryPlaceIsTakenForLongerThanTheJobTimeout() {
    Duration timeout = Duration.ofSeconds(7);
    start(
        "--vobiz.http.total-timeout=1s",
        "--camunda.client.worker.defaults.timeout=" + timeout,
        "--camunda.client.worker.defaults.max-jobs-active=2");
    gateway.answerEveryReportWith(Status.RESOURCE_EXHAUSTED);
    gateway.handOut(job(1, "a"));
    gateway.handOut(job(2, "b"));
    await().until(() -> vobiz.requests().size() == 2);
    // This one takes the stream's thread, the next one the poll's.
    gateway.handOut(job(3, "c"));
    gateway.handOutToPoll(job(4, "d"));
    await().atMost(PATIENCE).until(() -> gateway.handedOut() == 4);
    Instant longEnough = Instant.now().plus(timeout).plusSeconds(1);
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(longEnough));

    gateway.answerEveryReportWith(null);

    await().atMost(PATIENCE).until(() -> gateway.accepted().size() == 4);
    gateway.handOutToPoll(job(5, "e"));
    await().atMost(PATIENCE).until(() -> gateway.accepted().size() == 5);
    assertThat(vobiz.requests()).hasSize(5);
  }

  /** Makes the next poll end in an error; nothing comes after it, no matter how the next would. */
  private void breakPolling() {
    int before = breaksPolls.broken.get();
    breaksPolls.breaks = true;
    await().atMost(PATIENCE).until(() -> breaksPolls.broken.get() > before);
    breaksPolls.breaks = false;
  }

  /** As many looks as it takes to find that there is no poll. */
  private void lookUntilOpenedAnew() {
    var polling = worker.getBean(PollWatch.class);
    double before = openings();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              polling.look();
              return openings() > before;
            });
  }

  private double openings() {
    return Actuator.scrape(worker).get("vobiz_worker_reopened_total");
  }

  @Test
  void isOpenedAnew_whenAnErrorEndedThePolling_andLosesNothing(CapturedOutput output) {
    start();
    var answer = new CountDownLatch(1);
    vobiz.room("MA_1", "under way");
    vobiz.misbehave(
        "under way", Replies.when(answer, (request, connection) -> connection.answer(request)));
    // The test looks by itself.
    worker.getBean(EngineWatch.class).stop();
    breakPolling();
    lookUntilOpenedAnew();

    await().atMost(PATIENCE).until(gateway::hasOpenStream);
    gateway.handOut(job(1, "under way"));
    await().until(() -> vobiz.requests("under way").size() == 1);
    gateway.handOutToPoll(job(2, "lay there"));
    await().atMost(PATIENCE).until(() -> gateway.accepted().size() == 1);

    // Once more, while a job is under way: it is finished, reported once, and not begun again.
    breakPolling();
    lookUntilOpenedAnew();
    answer.countDown();
    await().atMost(PATIENCE).until(() -> gateway.accepted().size() == 2);
    assertThat(gateway.accepted().getLast()).isInstanceOf(CompleteJobRequest.class);
    assertThat(vobiz.requests()).hasSize(2);
    await().atMost(PATIENCE).until(gateway::hasOpenStream);
    gateway.handOut(job(3, "by stream"));
    gateway.handOutToPoll(job(4, "by poll"));
    await().atMost(PATIENCE).until(() -> gateway.accepted().size() == 4);
    assertThat(output.getAll())
        .contains("although the engine can be reached; it is reopened.")
        .doesNotContain("reopening it did not help");
  }

  @Test
  void saysInReadinessAndLiveness_thatOpeningAnewDoesNotHelp() {
    start();
    worker.getBean(EngineWatch.class).stop();
    breaksPolls.breaks = true;
    await().atMost(PATIENCE).until(() -> breaksPolls.broken.get() > 0);
    assertThat(Actuator.get(worker, "health/liveness").status()).isEqualTo(200);

    lookUntilOpenedAnew();
    lookUntilOpenedAnew();

    for (String part : new String[] {"health/readiness", "health/liveness"}) {
      Actuator.Answer answer = Actuator.get(worker, part);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("does not poll for jobs", "restart the process");
    }
  }

  @Test
  void theWatchGoesOn_whenALookEndsInAnError() {
    start();
    var looks = new AtomicInteger();
    var watch =
        new EngineWatch(
            new HealthCheck(null) {
              @Override
              public CheckResult health() {
                if (looks.incrementAndGet() < 3) {
                  throw new OutOfMemoryError("for a test");
                }
                return CheckResult.UP;
              }
            },
            URI.create("http://engine"),
            Duration.ofMillis(1),
            () -> {},
            new SimpleMeterRegistry());

    watch.start();

    await().until(() -> watch.health().getStatus().getCode().equals("UP"));
    watch.stop();
  }

  @Test
  void countsPollsOverRest() throws IOException {
    var rest = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    rest.start();
    try {
      worker =
          standIns.startWorkerBetween(
              gateway.address(),
              vobiz.baseUrl(),
              "--camunda.client.prefer-rest-over-grpc=true",
              "--camunda.client.rest-address=http://127.0.0.1:" + rest.getAddress().getPort());
      var polls = worker.getBean(Polls.class);

      await().atMost(PATIENCE).until(() -> polls.begun("vobiz:hang-up-conference:1") > 1);
    } finally {
      rest.stop(0);
    }
  }
}
