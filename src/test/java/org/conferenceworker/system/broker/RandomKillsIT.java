package org.conferenceworker.system.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.system.broker.EndedInstances.Ending;
import org.conferenceworker.system.jar.WorkerJar;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand hang-ups while two workers and the broker are killed (-9) at random moments: every one
 * ends, and for every request beyond the first there is a kill that explains it.
 */
@Tag("real-broker")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RandomKillsIT {

  private static final int INSTANCES = 1000;
  private static final int AT_A_TIME = 60;
  private static final int BROKER_KILLS = 3;
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** How long a request may lie in the stand-in's socket before it is read. */
  private static final Duration READING = Duration.ofSeconds(1);

  private final long seed = Long.getLong("seed", System.nanoTime());

  /**
   * Something was dead.
   *
   * @param host whose requests it may explain; {@code null} for everybody's
   */
  private record Outage(String host, Instant from) {}

  private record Conference(String name, Instant askedFor) {}

  private final VobizStandIn vobiz = VobizStandIn.start();
  private final List<Outage> outages = new CopyOnWriteArrayList<>();
  private final Map<String, Conference> conferences = new ConcurrentHashMap<>();
  private final Set<String> created = ConcurrentHashMap.newKeySet();
  private final List<WorkerJar> everyWorker = new CopyOnWriteArrayList<>();

  /** One of the two workers; the API tells them apart by the host that they ask for. */
  private final class Replica {
    private final URI engine;
    private final URI api;
    private WorkerJar jar;

    Replica(URI engine, String host) {
      this.engine = engine;
      this.api = URI.create("http://" + host + ":" + vobiz.baseUrl().getPort());
    }

    void start() {
      jar =
          WorkerJar.start(
              WorkerJar.environment(
                  engine,
                  api,
                  "VOBIZ_HTTP_TOTALTIMEOUT",
                  "2s",
                  "CAMUNDA_CLIENT_WORKER_DEFAULTS_TIMEOUT",
                  LEASE.toString()),
              "-XX:TieredStopAtLevel=1");
      everyWorker.add(jar);
    }

    void killAndRestart() {
      jar.kill();
      outages.add(new Outage(api.getAuthority(), Instant.now()));
      start();
    }
  }

  @Test
  void everyInstanceEnds_andEveryRepeatedRequestIsExplainedByAKill() throws Exception {
    System.out.println("Random kills: -Dseed=" + seed);
    vobiz.account("MA_1", "token");
    var delays = new Random(seed);
    vobiz.always(Replies.slowly(() -> delays.nextLong(300)));
    try (ZeebeBroker broker = ZeebeBroker.start();
        CamundaClient client = broker.newClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      client
          .newDeployResourceCommand()
          .addResourceFile(Path.of("bpmn", "hang-up-conference.bpmn").toString())
          .addResourceFromClasspath("hang-up-and-count.bpmn")
          .send()
          .join();
      var replicas =
          List.of(
              new Replica(broker.address(), "127.0.0.1"),
              new Replica(broker.address(), "localhost"));
      try (var ended = new EndedInstances(client)) {
        replicas.forEach(Replica::start);
        replicas.forEach(replica -> replica.jar.awaitStarted());

        Future<?> creation = threads.submit(() -> createAll(client, ended, threads));
        killAtRandom(broker, replicas, creation, ended);
        creation.get();
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(ended.endings().keySet()).containsAll(created));

        account(ended);
      } finally {
        everyWorker.forEach(WorkerJar::close);
      }
    } finally {
      vobiz.close();
    }
  }

  /** Each instance for a conference of its own; if it is not known to exist, for another. */
  private void createAll(CamundaClient client, EndedInstances ended, ExecutorService threads) {
    var turns = new ConcurrentLinkedQueue<Integer>();
    for (int i = 0; i < INSTANCES; i++) {
      turns.add(i);
    }
    var lanes = new ArrayList<Future<?>>();
    for (int lane = 0; lane < AT_A_TIME; lane++) {
      lanes.add(
          threads.submit(
              () -> {
                for (Integer turn = turns.poll(); turn != null; turn = turns.poll()) {
                  String conference = create(client, turn);
                  await()
                      .atMost(PATIENCE)
                      .pollInterval(Duration.ofMillis(200))
                      .until(() -> ended.endings().containsKey(conference));
                }
              }));
    }
    lanes.forEach(
        lane -> {
          try {
            lane.get();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private String create(CamundaClient client, int number) {
    for (int copy = 1; ; copy++) {
      String name = "room %d, try %d".formatted(number, copy);
      vobiz.room("MA_1", name);
      conferences.put(name, new Conference(name, Instant.now()));
      try {
        client
            .newCreateInstanceCommand()
            .bpmnProcessId("hang-up-and-count")
            .latestVersion()
            .variables(Map.of("conferenceName", name))
            .requestTimeout(Duration.ofSeconds(5))
            .send()
            .join();
        created.add(name);
        return name;
      } catch (ClientException e) {
        // The broker is dead, or its answer was lost.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      }
    }
  }

  private void killAtRandom(
      ZeebeBroker broker, List<Replica> replicas, Future<?> creation, EndedInstances ended) {
    var random = new Random(seed);
    int brokerKills = 0;
    while (!creation.isDone()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2000 + random.nextLong(7000)));
      boolean killsBroker =
          brokerKills < BROKER_KILLS
              && ended.endings().size() >= (brokerKills + 1) * INSTANCES / (BROKER_KILLS + 1);
      if (killsBroker) {
        brokerKills++;
        outages.add(new Outage(null, Instant.now()));
        broker.kill();
        if (random.nextBoolean()) {
          replicas.get(random.nextInt(replicas.size())).killAndRestart();
        }
        broker.restart();
      } else if (ended.endings().size() < INSTANCES - AT_A_TIME) {
        replicas.get(random.nextInt(replicas.size())).killAndRestart();
      }
    }
  }

  private void account(EndedInstances ended) throws Exception {
    Map<String, Ending> endings = ended.endings();
    Map<String, Long> byOutcome =
        endings.values().stream()
            .collect(Collectors.groupingBy(Ending::outcome, Collectors.counting()));
    Map<String, List<Request>> requests =
        vobiz.requests().stream().collect(Collectors.groupingBy(Request::conference));
    List<String> triedAgain =
        everyWorker.stream()
            .flatMap(worker -> worker.output().lines())
            .filter(line -> line.contains("outcome=\"RETRY\""))
            .toList();

    int repeated = 0;
    for (var entry : requests.entrySet()) {
      List<Request> ofOne = entry.getValue();
      Instant askedFor = conferences.get(entry.getKey()).askedFor();
      for (int i = 1; i < ofOne.size(); i++) {
        repeated++;
        Request earlier = ofOne.get(i - 1);
        Request later = ofOne.get(i);
        if (triedAgain.stream().noneMatch(line -> isAbout(line, entry.getKey()))) {
          assertThat(outages)
              .as("a kill between %s at %s and %s", earlier, earlier.arrived(), later.arrived())
              .anyMatch(outage -> explains(outage, earlier, later));
          // Each attempt before this one had a lease of its own, the first of them after this.
          assertThat(later.arrived())
              .as("request %d about %s, not before %d leases", i + 1, entry.getKey(), i)
              .isAfterOrEqualTo(askedFor.plus(LEASE.multipliedBy(i)));
        }
      }
    }
    assertThat(endings.keySet()).containsAll(created);
    assertThat(created).hasSize(INSTANCES);
    assertThat(endings.keySet()).allMatch(name -> ended.instances(name).size() == 1);
    assertThat(vobiz.rooms("MA_1")).doesNotContainAnyElementsOf(endings.keySet());
    assertThat(byOutcome.keySet())
        .isSubsetOf("ENDED", "ENDED_BY_EARLIER_ATTEMPT", "CONFERENCE_NOT_FOUND");
    assertThat(endings)
        .allSatisfy(
            (name, ending) ->
                assertThat(requests.get(name))
                    .as(name + " " + ending)
                    .hasSizeGreaterThanOrEqualTo(ending.outcome().equals("ENDED") ? 1 : 2));

    long ofBroker = outages.stream().filter(outage -> outage.host() == null).count();
    String summary =
        "%d instances (%d created without our knowing): %s; %d requests, of which %d repeated, each explained; %d kills of workers, %d of the broker; seed %d"
            .formatted(
                endings.size(),
                endings.size() - INSTANCES,
                byOutcome,
                vobiz.requests().size(),
                repeated,
                outages.size() - ofBroker,
                ofBroker,
                seed);
    System.out.println(summary);
    Files.writeString(Path.of("target", "real-broker-summary.txt"), summary + "\n");
  }

  private static boolean isAbout(String line, String conference) {
    return line.contains("conference=\"" + conference + "\"");
  }

  /**
   * The worker that made the earlier request was killed after it; or the broker was, after it had
   * leased the job for that request.
   */
  private static boolean explains(Outage outage, Request earlier, Request later) {
    return outage.from().isBefore(later.arrived())
        && (outage.host() == null
            ? outage.from().isAfter(earlier.arrived().minus(LEASE))
            : outage.host().equals(earlier.header("Host"))
                && outage.from().isAfter(earlier.arrived().minus(READING)));
  }
}
