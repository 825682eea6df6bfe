package org.conferenceworker.system.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.system.broker.EndedInstances.Ending;
import org.conferenceworker.system.jar.WorkerJar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged worker on a real broker: what the broker keeps when workers, or it itself, die. */
@Tag("real-broker")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HangUpOnBrokerIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path SHIPPED = Path.of("bpmn", "hang-up-conference.bpmn");

  private static ZeebeBroker broker;
  private static CamundaClient client;

  private final VobizStandIn vobiz = VobizStandIn.start();
  private EndedInstances ended;

  @BeforeAll
  static void startBroker() {
    broker = ZeebeBroker.start();
    client = broker.newClient();
  }

  @AfterAll
  static void stopBroker() {
    client.close();
    broker.close();
  }

  @BeforeEach
  void prepare() throws IOException {
    vobiz.account("MA_1", "token");
    deploy("error");
    ended = new EndedInstances(client);
  }

  @AfterEach
  void stop() {
    ended.close();
    vobiz.close();
  }

  private static void deploy(String onNotFound) throws IOException {
    client
        .newDeployResourceCommand()
        .addResourceStringUtf8(
            Files.readString(SHIPPED)
                .replace(
                    "key=\"onNotFound\" value=\"error\"",
                    "key=\"onNotFound\" value=\"" + onNotFound + "\""),
            SHIPPED.getFileName().toString())
        .addResourceFromClasspath("hang-up-and-count.bpmn")
        .send()
        .join();
  }

  private WorkerJar startWorker(String callTimeout, String lease) {
    return WorkerJar.start(
        WorkerJar.environment(
            broker.address(),
            vobiz.baseUrl(),
            "VOBIZ_HTTP_TOTALTIMEOUT",
            callTimeout,
            "VOBIZ_HTTP_RESPONSETIMEOUT",
            callTimeout,
            "CAMUNDA_CLIENT_WORKER_DEFAULTS_TIMEOUT",
            lease));
  }

  private void begin(String conference) {
    vobiz.room("MA_1", conference);
    client
        .newCreateInstanceCommand()
        .bpmnProcessId("hang-up-and-count")
        .latestVersion()
        .variables(Map.of("conferenceName", conference))
        .send()
        .join();
  }

  private Ending awaitEnding(String conference) {
    await().atMost(PATIENCE).until(() -> ended.endings().containsKey(conference));
    return ended.endings().get(conference);
  }

  private void awaitRequests(int count) {
    await().atMost(PATIENCE).until(() -> vobiz.requests().size() == count);
  }

  @Test
  void knowsThatAnEarlierAttemptMayHaveEndedIt_whenThatWasAnotherWorkers() {
    var goOn = new CountDownLatch(1);
    vobiz.misbehave("lost answer", Replies.when(goOn, Replies.endThenReset()));
    try (WorkerJar first = startWorker("15s", "PT60S").awaitStarted()) {
      begin("lost answer");
      awaitRequests(1);
      // From now on it takes no more jobs, so that the next attempt is another's.
      first.terminate();
      first.awaitOutput("Stopping: taking no more jobs, 1 in flight.");
      goOn.countDown();
      assertThat(first.awaitExit(PATIENCE)).isEqualTo(WorkerJar.STOPPED_BY_SIGTERM);
    }
    assertThat(ended.endings()).isEmpty();

    try (WorkerJar second = startWorker("15s", "PT60S")) {
      assertThat(awaitEnding("lost answer")).isEqualTo(new Ending("ENDED_BY_EARLIER_ATTEMPT", 2));
      assertThat(second.output()).contains("outcome=\"ENDED_BY_EARLIER_ATTEMPT\"");
    }
    assertThat(vobiz.requests()).extracting(r -> r.status()).containsExactly(0, 404);
  }

  /** The limit that the README names: nobody is left who knows that it was this task. */
  @ParameterizedTest
  @CsvSource({"error, CONFERENCE_NOT_FOUND,", "complete, ALREADY_ENDED, 1"})
  void findsTheConferenceGone_whenTheWorkerWasKilledBeforeItsReport(
      String onNotFound, String outcome, Integer attempts) throws IOException {
    deploy(onNotFound);
    String conference = "killed, " + onNotFound;
    vobiz.misbehave(
        conference,
        (request, connection) -> {
          connection.carryOut(request);
          connection.hang();
        });
    try (WorkerJar first = startWorker("2s", "PT8S").awaitStarted()) {
      begin(conference);
      awaitRequests(1);
      first.kill();
    }

    try (WorkerJar restarted = startWorker("2s", "PT8S")) {
      assertThat(awaitEnding(conference)).isEqualTo(new Ending(outcome, attempts));
      assertThat(restarted.isAlive()).isTrue();
    }
    assertThat(vobiz.requests()).extracting(r -> r.status()).containsExactly(0, 404);
  }

  @Test
  void endsEachConferenceOnce_whenTheBrokerIsKilledDuringTheCalls() {
    List<String> conferences = IntStream.range(0, 40).mapToObj(i -> "outage " + i).toList();
    var goOn = new CountDownLatch(1);
    vobiz.always(Replies.when(goOn, (request, connection) -> connection.answer(request)));
    try (WorkerJar worker = startWorker("60s", "PT3M").awaitStarted()) {
      conferences.forEach(this::begin);
      awaitRequests(conferences.size());

      broker.kill();
      goOn.countDown();
      await().atMost(PATIENCE).until(() -> vobiz.rooms("MA_1").isEmpty());
      broker.restart();

      assertThat(conferences).allMatch(c -> awaitEnding(c).equals(new Ending("ENDED", 1)));
      assertThat(conferences).allMatch(c -> vobiz.requests(c).size() == 1);
      assertThat(conferences).allMatch(c -> ended.instances(c).size() == 1);
      assertThat(worker.logged("ERROR")).isEmpty();
    }
  }
}
