package org.conferenceworker.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.conferenceworker.benchmark.Report.Round;
import org.conferenceworker.benchmark.Report.Spread;
import org.conferenceworker.system.broker.ZeebeBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Measures this worker beside a no-op worker and Camunda's REST connector, each a process of its
 * own, in turns, with the same jobs on the same machine; {@code ./mvnw -f src/benchmark verify}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BenchmarkIT {

  private static final int ROUNDS = Integer.getInteger("benchmark.rounds");
  private static final int SECONDS = Integer.getInteger("benchmark.seconds");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  /** Whether this worker is measured beside another build of it, and not beside others. */
  private static final boolean TWO_JARS = Workers.OTHER_JAR != null;

  private static final String AT_20_MS = "API delay 20 ms";
  private static final String AT_200_MS = "API delay 200 ms";
  private static final String AT_1_S = "API delay 1 s, 1,000 calls in flight";

  /** What the documentation recommends for a thousand calls at a time. */
  private static final String[] HIGH_VOLUME = {
    "CAMUNDA_CLIENT_WORKER_DEFAULTS_MAXJOBSACTIVE", "1000",
    "VOBIZ_LIMIT_MAXCONCURRENTCALLS", "1000"
  };

  private static final Report REPORT = new Report();

  private final FastApi api = new FastApi();
  private final Workers workers = new Workers(api.address());
  private final List<AutoCloseable> open = new ArrayList<>();

  /** A worker, or several that share their jobs, on a lane of their own. */
  private record Contestant(String name, GatewayLane lane, List<Candidate> processes) {
    double cpuSeconds() {
      return processes.stream().mapToDouble(Candidate::cpuSeconds).sum();
    }

    double peakMegabytes() {
      return processes.stream().mapToDouble(Candidate::peakMegabytes).max().orElseThrow();
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    api.close();
  }

  @AfterAll
  static void writeDown() throws IOException {
    Path directory = Path.of(System.getProperty("benchmark.output"));
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("results.md"),
        REPORT.markdown(
            """
            # Results

            Written by `./mvnw -f src/benchmark verify`; how to read them: [README.md](README.md).
            %d rounds, each worker in turn in each of them; median (least–most). JDK %s, %d processors, %s.
            """
                .formatted(
                    ROUNDS,
                    System.getProperty("java.version"),
                    Runtime.getRuntime().availableProcessors(),
                    processor())));
    Files.writeString(
        directory.resolve("results.svg"),
        REPORT.chart(
            "Jobs per second (median; the line is least to most)",
            List.of("API delay 0 ms", AT_20_MS, AT_200_MS, AT_1_S)));
  }

  private static String processor() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst(".*: ", ""))
          .findFirst()
          .orElse("unknown processor");
    }
  }

  private GatewayLane lane(GatewayLane.Cargo cargo) {
    var lane = new GatewayLane(cargo);
    open.add(lane);
    return lane;
  }

  private Contestant enter(String name, GatewayLane lane, Candidate... processes) {
    open.addAll(List.of(processes));
    await()
        .atMost(PATIENCE)
        .failFast(
            name + " has ended", () -> List.of(processes).stream().anyMatch(p -> !p.isAlive()))
        .until(() -> lane.streams() == processes.length);
    return new Contestant(name, lane, List.of(processes));
  }

  private Contestant enterNoOp(String name) {
    GatewayLane lane = lane(Workers.hangUp());
    return enter(
        name, lane, Workers.noOp(name, lane.address(), Workers.JOB_TYPE, DEFAULT_JOBS_ACTIVE));
  }

  private Contestant enterBare() {
    GatewayLane lane = lane(Workers.hangUp());
    return enter(Workers.BARE, lane, workers.bare(lane.address(), DEFAULT_JOBS_ACTIVE));
  }

  private Contestant enterLaunched() throws IOException {
    GatewayLane lane = lane(Workers.hangUp());
    return enter(Launch.NAME, lane, workers.launched(Launch.prepare(), lane.address()));
  }

  /** As in application.yaml. */
  private static final int DEFAULT_JOBS_ACTIVE = 512;

  private Contestant enterThis(String name, String... settings) {
    GatewayLane lane = lane(Workers.hangUp());
    return enter(name, lane, workers.packaged(name, lane.address(), settings));
  }

  /** Both builds, and nothing else: a comparison of two is not disturbed by a third. */
  private List<Contestant> enterBoth() {
    return List.of(enterThis(Workers.THIS), enterThis(Workers.OTHER));
  }

  private Contestant enterHighVolume(String name) {
    GatewayLane lane = lane(Workers.hangUp());
    return enter(
        name,
        lane,
        workers.worker(
            name,
            Launch.SMALL_HEAP_1000,
            List.of("-jar", Workers.jar(name)),
            lane.address(),
            HIGH_VOLUME));
  }

  private Contestant enterConnector(String name, int threads, int maxJobsActive) {
    GatewayLane lane = lane(workers.restCall());
    return enter(name, lane, Workers.connector(name, lane.address(), threads, maxJobsActive));
  }

  private Run run(Contestant contestant, int jobs) {
    var run = new Run(jobs);
    api.belongsTo(run);
    contestant.lane().start(run);
    return run.await(PATIENCE);
  }

  /** Runs until it is warm; how many jobs then fill a round. */
  private int warmUp(Contestant contestant, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    int jobs = 50;
    double perSecond;
    do {
      perSecond = run(contestant, jobs).jobsPerSecond();
      jobs = Math.clamp(Math.round(perSecond * SECONDS), 50, 50_000);
    } while (System.nanoTime() < end);
    return jobs;
  }

  private void round(String scenario, Contestant contestant, int jobs) {
    double before = contestant.cpuSeconds();
    Run run = run(contestant, jobs);
    // The last report has arrived here, but what follows from it there may take a moment longer.
    double cpu = contestant.cpuSeconds() - before;
    if (!contestant.name().startsWith("no-op")) {
      assertThat(run.requests()).isEqualTo(jobs);
    }
    REPORT.add(
        scenario,
        contestant.name(),
        new Round(
            run.jobsPerSecond(), run.latency(), cpu / jobs * 1000, contestant.peakMegabytes()));
  }

  private void rounds(String scenario, Map<Contestant, Integer> jobs) {
    for (int i = 0; i < ROUNDS; i++) {
      jobs.forEach((contestant, count) -> round(scenario, contestant, count));
    }
  }

  private Map<Contestant, Integer> warmedUp(List<Contestant> contestants, Duration time) {
    var jobs = new LinkedHashMap<Contestant, Integer>();
    contestants.forEach(contestant -> jobs.put(contestant, warmUp(contestant, time)));
    return jobs;
  }

  @Test
  @Order(1)
  void throughput() throws IOException {
    List<Contestant> all =
        TWO_JARS
            ? enterBoth()
            : List.of(
                enterNoOp(Workers.NO_OP),
                enterNoOp(Workers.NO_OP_WAITING),
                enterBare(),
                enterThis(Workers.THIS),
                enterLaunched(),
                enterConnector(Workers.CONNECTOR, 10, 32),
                enterConnector(Workers.CONNECTOR_GENEROUS, 64, 256));
    warmedUp(all, WARM_UP);
    for (int delay : new int[] {0, 20, 200}) {
      api.delay(Duration.ofMillis(delay));
      String scenario = "API delay " + delay + " ms";
      rounds(scenario, warmedUp(all, Duration.ofSeconds(SECONDS)));
      compareJars(scenario);
    }
    if (TWO_JARS) {
      return;
    }

    for (String scenario : List.of(AT_20_MS, AT_200_MS)) {
      compare("jobs/s, this worker : bare worker, " + scenario, 0.90, scenario, Workers.BARE);
      REPORT.atMost(
          "CPU per job, this worker : bare worker, " + scenario,
          1.25,
          REPORT.ratio(scenario, Workers.THIS, Workers.BARE, Round::cpuSecondsPer1000));
    }
    REPORT.figure(
        "jobs/s, started by the launcher : with the flags of all here, at 20 ms",
        REPORT.ratio(AT_20_MS, Launch.NAME, Workers.THIS, Round::jobsPerSecond));
    for (String noOp : List.of(Workers.NO_OP, Workers.NO_OP_WAITING)) {
      REPORT.figure(
          "jobs/s, this worker : " + noOp + ", at 20 ms",
          REPORT.ratio(AT_20_MS, Workers.THIS, noOp, Round::jobsPerSecond));
      REPORT.figure(
          "CPU per job, this worker : " + noOp + ", at 20 ms",
          REPORT.ratio(AT_20_MS, Workers.THIS, noOp, Round::cpuSecondsPer1000));
    }
    compare("jobs/s, this worker : connector's defaults, at 20 ms", 6, AT_20_MS, Workers.CONNECTOR);
    compare(
        "jobs/s, this worker : connector's defaults, at 200 ms", 25, AT_200_MS, Workers.CONNECTOR);
    compare(
        "jobs/s, this worker : connector 64/256, at 200 ms",
        4,
        AT_200_MS,
        Workers.CONNECTOR_GENEROUS);
    REPORT.atMost(
        "CPU per job, this worker : connector's defaults, at 20 ms",
        0.25,
        REPORT.ratio(AT_20_MS, Workers.THIS, Workers.CONNECTOR, Round::cpuSecondsPer1000));
  }

  /** Round by round, this worker : the other jar. */
  private static void compareJars(String scenario) {
    if (TWO_JARS) {
      compareJars(scenario, "jobs/s", Round::jobsPerSecond);
      compareJars(scenario, "p50", round -> round.latency().p50());
      compareJars(scenario, "p99", round -> round.latency().p99());
      compareJars(scenario, "CPU per job", Round::cpuSecondsPer1000);
      compareJars(scenario, "peak RSS", Round::peakMegabytes);
    }
  }

  private static void compareJars(String scenario, String what, ToDoubleFunction<Round> figure) {
    REPORT.figure(
        "%s, %s : %s, %s".formatted(what, Workers.THIS, Workers.OTHER, scenario),
        REPORT.ratio(scenario, Workers.THIS, Workers.OTHER, figure));
  }

  private static void compare(String what, double target, String scenario, String other) {
    REPORT.atLeast(what, target, REPORT.ratio(scenario, Workers.THIS, other, Round::jobsPerSecond));
  }

  @Test
  @Order(2)
  void halfLoad() {
    if (TWO_JARS) {
      steadyLoadOfBoth();
      return;
    }
    Contestant worker = enterThis(Workers.THIS);
    api.delay(Duration.ofMillis(20));
    warmUp(worker, WARM_UP);
    Contestant bare = enterBare();
    warmUp(bare, WARM_UP);
    double full = warmUp(bare, Duration.ofSeconds(SECONDS)) / (double) SECONDS;
    String what = "added to the exchange, API delay 20 ms, ms, ";
    Map<String, Spread> half = added(worker, full / 2);
    REPORT.atMost(
        what + "p50 at half of the bare worker's load, " + perSecond(full / 2), 1, half.get("p50"));
    REPORT.atMost(
        what + "p99 at half of the bare worker's load, " + perSecond(full / 2), 5, half.get("p99"));
    added(bare, full / 2)
        .forEach(
            (quantile, spread) -> REPORT.figure(what + quantile + " of the bare worker", spread));
    added(worker, full / 4)
        .forEach(
            (quantile, spread) ->
                REPORT.figure(
                    what + quantile + " at a quarter of the load, " + perSecond(full / 4), spread));
  }

  /** Both at half the pace that this worker reaches, and at a quarter. */
  private void steadyLoadOfBoth() {
    List<Contestant> both = enterBoth();
    api.delay(Duration.ofMillis(20));
    warmedUp(both, WARM_UP);
    double full = warmUp(both.getFirst(), Duration.ofSeconds(SECONDS)) / (double) SECONDS;
    for (int share : new int[] {2, 4}) {
      String scenario = "At a steady pace, 1/%d of full load, API delay 20 ms".formatted(share);
      REPORT.remark(scenario, "Here latency is what is added to the exchange.");
      for (int i = 0; i < ROUNDS; i++) {
        both.forEach(contestant -> steadyRound(scenario, contestant, full / share));
      }
      compareJars(scenario);
    }
  }

  private void steadyRound(String scenario, Contestant contestant, double perSecond) {
    var run = new Run((int) (perSecond * SECONDS));
    api.belongsTo(run);
    double before = contestant.cpuSeconds();
    contestant.lane().startSteadily(run, perSecond);
    run.await(PATIENCE);
    double cpu = contestant.cpuSeconds() - before;
    REPORT.add(
        scenario,
        contestant.name(),
        new Round(
            run.jobsPerSecond(), run.added(), cpu / run.jobs * 1000, contestant.peakMegabytes()));
  }

  private static String perSecond(double jobs) {
    return Report.number(jobs) + " jobs/s";
  }

  /** With jobs at a steady pace. */
  private Map<String, Spread> added(Contestant worker, double perSecond) {
    var p50 = new ArrayList<Double>();
    var p99 = new ArrayList<Double>();
    for (int i = 0; i < ROUNDS; i++) {
      var run = new Run((int) (perSecond * SECONDS));
      api.belongsTo(run);
      worker.lane().startSteadily(run, perSecond);
      Run.Quantiles added = run.await(PATIENCE).added();
      p50.add(added.p50());
      p99.add(added.p99());
    }
    return Map.of("p50", spread(p50), "p99", spread(p99));
  }

  @Test
  @Order(3)
  void thousandInFlight() {
    List<Contestant> high =
        TWO_JARS
            ? List.of(enterHighVolume(Workers.THIS), enterHighVolume(Workers.OTHER))
            : List.of(enterHighVolume(Workers.THIS));
    var all = new ArrayList<>(high);
    if (!TWO_JARS) {
      all.add(enterConnector(Workers.CONNECTOR, 10, 32));
      all.add(enterConnector(Workers.CONNECTOR_GENEROUS, 64, 256));
    }
    api.delay(Duration.ofSeconds(1));
    Map<Contestant, Integer> jobs = warmedUp(all, WARM_UP);
    // Long enough for the first and the last second, in which fewer are in flight, to weigh little.
    high.forEach(worker -> jobs.put(worker, 7000 * SECONDS));
    rounds(AT_1_S, jobs);
    compareJars(AT_1_S);
    REPORT.atLeast(
        "jobs/s with 1,000 calls in flight at 1 s",
        900,
        REPORT.spread(AT_1_S, Workers.THIS, Round::jobsPerSecond));
    REPORT.atMost(
        "peak RSS of it, MB", 320, REPORT.spread(AT_1_S, Workers.THIS, Round::peakMegabytes));
  }

  @Test
  @Order(4)
  void replicas() {
    String scenario = "Replicas, each with 32 calls at a time, API delay 200 ms";
    var contestants = new ArrayList<Contestant>();
    for (int count : new int[] {1, 2, 4}) {
      GatewayLane lane = lane(Workers.hangUp());
      contestants.add(
          enter(
              count + " × " + Workers.THIS,
              lane,
              IntStream.range(0, count)
                  .mapToObj(
                      i ->
                          workers.worker(
                              lane.address(),
                              "VOBIZ_LIMIT_MAXCONCURRENTCALLS",
                              "32",
                              "CAMUNDA_CLIENT_WORKER_DEFAULTS_MAXJOBSACTIVE",
                              "32"))
                  .toArray(Candidate[]::new)));
    }
    // Without a delay, or so few jobs a second would leave seven compilers at work on two
    // processors.
    warmedUp(contestants, WARM_UP);
    api.delay(Duration.ofMillis(200));
    rounds(scenario, warmedUp(contestants, Duration.ofSeconds(2L * SECONDS)));
    for (int i = 1; i < contestants.size(); i++) {
      int count = contestants.get(i).processes().size();
      REPORT.atLeast(
          "jobs/s, " + count + " replicas : 1",
          0.9 * count,
          REPORT.ratio(
              scenario,
              contestants.get(i).name(),
              contestants.getFirst().name(),
              Round::jobsPerSecond));
    }
  }

  @Test
  @Order(5)
  void manyJobs() {
    int jobs = Integer.getInteger("benchmark.jobs");
    Contestant worker = enterThis(Workers.THIS);
    api.delay(Duration.ofMillis(20));
    warmUp(worker, WARM_UP);
    var run = new Run(jobs);
    api.belongsTo(run);
    worker.lane().start(run);
    Candidate process = worker.processes().getFirst();
    double early = memoryUntil(run, process, jobs / 5);
    memoryUntil(run, process, jobs * 9 / 10);
    double late = memoryUntil(run, process, jobs);
    run.await(PATIENCE);
    double p99 = run.latency(jobs / 10 * 9, jobs).p99() / run.latency(jobs / 10, jobs / 5).p99();
    String which = Report.number(jobs) + " jobs, last tenth : second tenth";
    REPORT.atMost("RSS of " + which, 1.1, Spread.of(late / early));
    REPORT.atMost("p99 of " + which, 1.1, Spread.of(p99));
    REPORT.figure("jobs/s over " + Report.number(jobs) + " jobs", Spread.of(run.jobsPerSecond()));
  }

  /** The most memory from when it was asked until so many jobs were done. */
  private static double memoryUntil(Run run, Candidate process, int done) {
    double[] most = {0};
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              most[0] = Math.max(most[0], process.megabytes());
              return run.doneSoFar() >= done;
            });
    return most[0];
  }

  /** 300 calls in any 5 seconds, the rest is answered 429: as the API is documented. */
  @Test
  @Order(6)
  void limitedApi() {
    api.delay(Duration.ofMillis(20));
    Contestant limited = enterThis(Workers.THIS + ", 58/s", "VOBIZ_LIMIT_CALLSPERSECOND", "58");
    Contestant unlimited = enterThis(Workers.THIS + ", no rate set");
    api.limit(300);
    var used = new LinkedHashMap<String, List<Double>>();
    var refused = new LinkedHashMap<String, List<Double>>();
    for (int i = 0; i < ROUNDS; i++) {
      for (Contestant contestant : List.of(limited, unlimited)) {
        int jobs = 58 * 3 * SECONDS;
        awaitAnEmptyWindow();
        Run run = run(contestant, jobs);
        double share = jobs / run.seconds() / 60;
        double refusals = run.refusedByTheApi.get() / (double) (run.refusedByTheApi.get() + jobs);
        used.computeIfAbsent(contestant.name(), name -> new ArrayList<>()).add(share);
        refused.computeIfAbsent(contestant.name(), name -> new ArrayList<>()).add(refusals);
      }
    }
    String set = limited.name();
    REPORT.atLeast("60 calls/s allowed: share used, 58/s set", 0.95, spread(used.get(set)));
    REPORT.atMost("60 calls/s allowed: share of 429s, 58/s set", 0.01, spread(refused.get(set)));
    String free = unlimited.name();
    REPORT.figure("60 calls/s allowed: share used, no rate set", spread(used.get(free)));
    REPORT.figure("60 calls/s allowed: share of 429s, no rate set", spread(refused.get(free)));
  }

  private void awaitAnEmptyWindow() {
    await().atMost(PATIENCE).until(() -> api.inWindow() == 0);
  }

  /** End to end: every instance is created, goes through the worker, and is done. */
  @Test
  @Order(8)
  void realBroker() {
    String scenario = "End to end on the broker 8.6.0, API delay 20 ms";
    api.delay(Duration.ofMillis(20));
    try (var broker = ZeebeBroker.start();
        CamundaClient client = broker.newClient()) {
      String engine = broker.address().toString();
      List<Candidate> all =
          List.of(
              Workers.noOp(Workers.NO_OP, engine, "benchmark:no-op", DEFAULT_JOBS_ACTIVE),
              workers.worker(engine),
              Workers.connector(Workers.CONNECTOR, engine, 10, 32));
      open.addAll(all);
      var processes = new BrokerProcesses(client, api.address());
      for (Candidate worker : all) {
        processes.run(worker.name, 200);
      }
      for (int i = 0; i < ROUNDS; i++) {
        for (Candidate worker : all) {
          int jobs = 50 * SECONDS;
          double before = worker.cpuSeconds();
          BrokerProcesses.Result result = processes.run(worker.name, jobs);
          double cpu = worker.cpuSeconds() - before;
          REPORT.add(
              scenario,
              worker.name,
              new Round(
                  result.perSecond(), result.latency(), cpu / jobs * 1000, worker.peakMegabytes()));
        }
      }
    }
    REPORT.remark(scenario, "Here latency is that of the whole process instance.");
  }

  /** By then the worker has given back what only its start needed. */
  private static final Duration UNTIL_IDLE = Duration.ofSeconds(10);

  private static final List<String> STARTED =
      List.of(
          Workers.NO_OP,
          Workers.PLAIN,
          Workers.LITTLE,
          Workers.EVERYTHING,
          Launch.NAME,
          Workers.CONNECTOR);

  @Test
  @Order(7)
  void startUp() throws IOException {
    Launch launch = Launch.prepare();
    var taken = new LinkedHashMap<String, List<Double>>();
    var done = new LinkedHashMap<String, List<Double>>();
    var idle = new LinkedHashMap<String, List<Double>>();
    for (int i = 0; i < ROUNDS; i++) {
      for (String name : STARTED) {
        try (var lane = new GatewayLane(cargoOf(name))) {
          var first = new Run(1);
          api.belongsTo(first);
          lane.start(first);
          try (Candidate process = start(name, lane, launch)) {
            first.await(PATIENCE);
            add(taken, name, first.secondsToFirstTaken(process.startedAt));
            add(done, name, first.secondsToFirstDone(process.startedAt));
            await().pollDelay(UNTIL_IDLE).atMost(PATIENCE).until(process::isAlive);
            add(idle, name, process.megabytes());
          }
        }
      }
    }
    startTargets("plain command", 3.5, 240, taken.get(Workers.PLAIN), idle.get(Workers.PLAIN));
    startTargets("launcher", 1.2, 150, taken.get(Launch.NAME), idle.get(Launch.NAME));
    taken.forEach(
        (name, seconds) -> REPORT.figure("seconds to first job taken, " + name, spread(seconds)));
    done.forEach(
        (name, seconds) -> REPORT.figure("seconds to first job done, " + name, spread(seconds)));
    idle.forEach((name, megabytes) -> REPORT.figure("idle RSS, MB, " + name, spread(megabytes)));
  }

  private static void startTargets(
      String which, double seconds, double megabytes, List<Double> taken, List<Double> idle) {
    REPORT.atMost("seconds from start to first job taken, " + which, seconds, spread(taken));
    REPORT.atMost("idle RSS, MB, " + which, megabytes, spread(idle));
  }

  private GatewayLane.Cargo cargoOf(String name) {
    return name.equals(Workers.CONNECTOR) ? workers.restCall() : Workers.hangUp();
  }

  private Candidate start(String name, GatewayLane lane, Launch launch) {
    return switch (name) {
      case Workers.NO_OP ->
          Workers.noOp(name, lane.address(), Workers.JOB_TYPE, DEFAULT_JOBS_ACTIVE);
      case Workers.CONNECTOR -> Workers.connector(name, lane.address(), 10, 32);
      case Launch.NAME -> workers.launched(launch, lane.address());
      case Workers.LITTLE -> plain(name, lane, ONE_TASK);
      case Workers.EVERYTHING -> plain(name, lane, EVENTS);
      default -> plain(name, lane);
    };
  }

  private static final String[] ONE_TASK = {
    "VOBIZ_TASKS_PLAYANNOUNCEMENT_ENABLED", "false",
    "VOBIZ_TASKS_LOOKUPCONFERENCE_ENABLED", "false",
    "VOBIZ_TASKS_KICKMEMBER_ENABLED", "false",
    "VOBIZ_TASKS_HANGUPALLCONFERENCES_ENABLED", "false"
  };

  private static final String[] EVENTS = {
    "VOBIZ_EVENTS_PORT", "0",
    "VOBIZ_EVENTS_ADDRESS", "127.0.0.1",
    "VOBIZ_EVENTS_PUBLICURL", "https://hooks.example.com/vobiz"
  };

  private Candidate plain(String name, GatewayLane lane, String... settings) {
    return workers.worker(
        name, List.of(), List.of("-jar", Workers.jar(name)), lane.address(), settings);
  }

  private static void add(Map<String, List<Double>> figures, String name, double value) {
    figures.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  private static Spread spread(List<Double> values) {
    return Spread.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
