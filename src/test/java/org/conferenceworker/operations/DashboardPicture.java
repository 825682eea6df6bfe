package org.conferenceworker.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conferenceworker.standin.FreePort;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.system.jar.WorkerJar;
import org.conferenceworker.tasks.Jobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Draws the dashboard's picture: the packaged worker has a mix of jobs, Prometheus scrapes it, and
 * a script draws what Prometheus answers. Runs when it is asked for by name only.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DashboardPicture {

  private static final Duration LOAD = Duration.ofSeconds(100);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int JOBS_PER_SECOND = 60;
  private static final Pattern PORT = Pattern.compile("started on port (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory = Path.of("target", "dashboard").toAbsolutePath();
  private final Map<Long, ActivatedJob> jobs = new ConcurrentHashMap<>();
  private final VobizStandIn vobiz = VobizStandIn.start();
  private final GatewayStandIn gateway = GatewayStandIn.start();
  private long keys;
  private int reportsSeen;

  @Test
  void drawsTheDashboard_fromAScrapeOfAWorkerUnderLoad() throws Exception {
    Files.createDirectories(directory);
    vobiz.account("MA_1", "token");
    var callbacks = URI.create("http://127.0.0.1:" + FreePort.find() + "/vobiz");
    vobiz.callbacks("MA_1", URI.create(callbacks + "/default"));
    vobiz.always(
        Replies.slowly(
            () -> (long) (40 * Math.exp(ThreadLocalRandom.current().nextGaussian() * 0.6))));
    try (vobiz;
        gateway;
        var worker =
            WorkerJar.start(
                    WorkerJar.environment(
                        gateway.address(),
                        vobiz.baseUrl(),
                        "VOBIZ_EVENTS_PORT",
                        Integer.toString(callbacks.getPort()),
                        "VOBIZ_EVENTS_ADDRESS",
                        callbacks.getHost(),
                        "VOBIZ_EVENTS_PUBLICURL",
                        callbacks.toString()))
                .awaitStarted()) {
      Matcher port = PORT.matcher(worker.output());
      assertThat(port.find()).isTrue();
      await().atMost(PATIENCE).until(gateway::hasOpenStream);
      URI prometheus = URI.create("http://127.0.0.1:" + FreePort.find());
      Process scraper = startPrometheus(prometheus, port.group(1));
      try {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> scrapes(prometheus));
        Instant from = Instant.now();
        load();
        run(
            "node",
            Path.of("src/test/operations/dashboard.mjs").toString(),
            prometheus.toString(),
            from.toString(),
            Instant.now().toString());
      } finally {
        scraper.destroy();
        scraper.waitFor();
      }
    }
  }

  private Process startPrometheus(URI address, String workerPort) throws Exception {
    String promtool =
        run("src/test/operations/promtool.sh", Path.of("target/promtool").toAbsolutePath() + "")
            .lines()
            .reduce((a, b) -> b)
            .orElseThrow();
    Path configuration =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            scrape_configs:
              - job_name: vobiz-conference-worker
                scrape_interval: 1s
                scrape_timeout: 1s
                metrics_path: /actuator/prometheus
                static_configs:
                  - targets: ["127.0.0.1:%s"]
            """
                .formatted(workerPort));
    Process process =
        new ProcessBuilder(
                Path.of(promtool).resolveSibling("prometheus").toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + Files.createTempDirectory(directory, "data"),
                "--web.listen-address=" + address.getAuthority())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private static boolean scrapes(URI prometheus) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(prometheus.resolve("/api/v1/query?query=up")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body()
          .contains("\"1\"]");
    }
  }

  /** Hands out jobs, in two waves, and those that failed again, as an engine does. */
  private void load() throws Exception {
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      long start = System.nanoTime();
      var jobsOfAll =
          clock.scheduleAtFixedRate(
              () -> {
                double done = (double) (System.nanoTime() - start) / LOAD.toNanos();
                handOut(done);
                handOutFailedOnes(clock);
              },
              0,
              TimeUnit.SECONDS.toMicros(1) / JOBS_PER_SECOND,
              TimeUnit.MICROSECONDS);
      await()
          .atMost(LOAD.plus(PATIENCE))
          .until(() -> jobsOfAll.isDone() || System.nanoTime() - start > LOAD.toNanos());
      assertThat(jobsOfAll.isDone()).as("the load broke off").isFalse();
      clock.shutdownNow();
    }
  }

  private void handOut(double done) {
    if (ThreadLocalRandom.current().nextDouble() > 0.6 - 0.4 * Math.cos(done * 4 * Math.PI)) {
      return;
    }
    long key = ++keys;
    String name = "room " + key;
    if (key % 12 != 0) {
      vobiz.room("MA_1", name, key % 3 == 0 ? new String[] {"Ada"} : new String[0]);
    }
    if (key == 900) {
      vobiz.misbehave(name, Replies.json(401, "{\"error\":\"authentication failed\"}"));
      gateway.answerReportsWith(
          Status.UNAVAILABLE, Status.UNAVAILABLE, Status.UNAVAILABLE, Status.UNAVAILABLE);
    } else if (done > 0.45 && done < 0.6 && key % 5 == 0) {
      vobiz.misbehave(name, Replies.json(503, "{\"error\":\"service unavailable\"}"));
    } else if (done > 0.7 && done < 0.8 && key % 40 == 0) {
      vobiz.misbehave(name, throttled());
    }
    ActivatedJob job =
        GatewayStandIn.job(
            key, "{\"conferenceName\":\"%s\",\"account\":\"default\"}".formatted(name), 5, LEASE);
    jobs.put(key, job);
    gateway.handOut(job);
    if (key % 6 == 0) {
      handOutAnother(key);
    }
  }

  /** A job of another task: some find their conference gone. */
  private void handOutAnother(long key) {
    Jobs task = List.of(Jobs.ANNOUNCE, Jobs.LOOK_UP, Jobs.KICK).get((int) (key / 6 % 3));
    String name = "talk " + key;
    if (key % 60 != 0) {
      vobiz.room("MA_1", name, "Ada", "Grace");
    }
    ActivatedJob job = task.job(1_000_000 + key, Map.of("conferenceName", name), Map.of());
    jobs.put(job.getKey(), job);
    gateway.handOut(job);
  }

  private static Reply throttled() {
    return Replies.json(429, "{\"error\":\"too many requests\"}", "Retry-After: 1");
  }

  private void handOutFailedOnes(ScheduledExecutorService clock) {
    while (reportsSeen < gateway.accepted().size()) {
      if (gateway.accepted().get(reportsSeen++) instanceof FailJobRequest failed
          && failed.getRetries() > 0) {
        clock.schedule(
            () -> gateway.handOut(next(failed)), failed.getRetryBackOff(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** The job's next attempt: with the retries and variables that the last one left. */
  private ActivatedJob next(FailJobRequest failed) {
    try {
      ActivatedJob job = jobs.get(failed.getJobKey());
      var variables = (ObjectNode) JSON.readTree(job.getVariables());
      if (!failed.getVariables().isEmpty()) {
        variables.setAll((ObjectNode) JSON.readTree(failed.getVariables()));
      }
      ActivatedJob next =
          GatewayStandIn.job(job.getKey(), variables.toString(), failed.getRetries(), LEASE)
              .toBuilder()
              .setType(job.getType())
              .build();
      jobs.put(job.getKey(), next);
      return next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
