package org.conferenceworker.benchmark;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.benchmark.GatewayLane.Cargo;
import org.conferenceworker.system.jar.WorkerJar;

/** How each worker is started, and what its jobs look like. */
final class Workers {

  static final String NO_OP = "no-op, does not wait";
  static final String NO_OP_WAITING = "no-op, as in the docs";
  static final String THIS = "this worker";
  static final String BARE = "bare worker";

  /** Without any option. */
  static final String PLAIN = "this worker, plain command";

  /** Without conference events and with one task of five; the other with all of it. */
  static final String LITTLE = "this worker, plain command, one task";

  static final String EVERYTHING = "this worker, plain command, five tasks and events";
  static final String OTHER = "the other jar";
  static final String CONNECTOR = "REST connector, defaults";
  static final String CONNECTOR_GENEROUS = "REST connector, 64/256";

  static final String JOB_TYPE = "vobiz:hang-up-conference:1";
  static final String CONNECTOR_JOB_TYPE = "io.camunda:http-json:1";
  static final String CONNECTOR_ERROR_EXPRESSION =
      "=if error.code = \"404\" then bpmnError(\"NOT_FOUND\", \"gone\") else null";

  /** What a JVM chooses by itself in a container with two processors and less than 1,792 MB. */
  static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx512m");

  /** Another build of this worker to compare it with; {@code null} for none. */
  static final String OTHER_JAR =
      Stream.of(System.getProperty("benchmark.other.jar", ""))
          .filter(jar -> !jar.isBlank())
          .findAny()
          .orElse(null);

  /** For a recording of this worker: {@code -Dbenchmark.profiler=-XX:StartFlightRecording:…}. */
  private static final List<String> PROFILER =
      Stream.of(System.getProperty("benchmark.profiler", "").split(" "))
          .filter(argument -> !argument.isEmpty())
          .toList();

  private static final Path LOGS = Path.of("target", "benchmark", "logs");

  private final String api;

  Workers(String api) {
    this.api = api;
  }

  static Candidate noOp(String name, String engine, String jobType, int maxJobsActive) {
    List<String> arguments = new ArrayList<>(JVM);
    arguments.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            NoOpWorker.class.getName(),
            engine,
            jobType,
            Integer.toString(maxJobsActive),
            Boolean.toString(name.equals(NO_OP_WAITING))));
    return Candidate.start(name, LOGS, Map.of(), arguments);
  }

  /** The same call as this worker's, and nothing else. */
  Candidate bare(String engine, int maxJobsActive) {
    List<String> arguments = new ArrayList<>(JVM);
    arguments.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            BareWorker.class.getName(),
            engine,
            JOB_TYPE,
            api,
            Integer.toString(maxJobsActive)));
    return Candidate.start(BARE, LOGS, Map.of(), arguments);
  }

  Candidate launched(Launch launch, String engine) {
    var environment = WorkerJar.environment(URI.create(engine), URI.create(api));
    environment.putAll(Launch.environment());
    return Candidate.run(Launch.NAME, LOGS, environment, List.of(launch.launcher().toString()));
  }

  /** The packaged worker as shipped, with these settings beside the addresses. */
  Candidate worker(String engine, String... settings) {
    return packaged(THIS, engine, settings);
  }

  /**
   * The same of either jar.
   *
   * @param name {@link #OTHER} for the other jar, anything else for this worker
   */
  Candidate packaged(String name, String engine, String... settings) {
    List<String> jvm = new ArrayList<>(JVM);
    jvm.addAll(PROFILER);
    return worker(name, jvm, List.of("-jar", jar(name)), engine, settings);
  }

  static String jar(String name) {
    return name.equals(OTHER) ? OTHER_JAR : System.getProperty("worker.jar");
  }

  Candidate worker(
      String name, List<String> jvm, List<String> launch, String engine, String... settings) {
    List<String> arguments = new ArrayList<>(jvm);
    arguments.addAll(launch);
    return Candidate.start(
        name,
        LOGS,
        WorkerJar.environment(URI.create(engine), URI.create(api), settings),
        arguments);
  }

  /** Camunda's REST connector; 10 threads and 32 jobs are its official defaults. */
  static Candidate connector(String name, String engine, int threads, int maxJobsActive) {
    String home = System.getProperty("benchmark.connector");
    List<String> arguments = new ArrayList<>(JVM);
    arguments.addAll(
        List.of(
            "-cp",
            home + "/classes:" + home + "/dependency/*",
            "org.conferenceworker.benchmark.connector.ConnectorRuntime"));
    var environment = new HashMap<String, String>();
    environment.put("CAMUNDA_CLIENT_MODE", "self-managed");
    environment.put("CAMUNDA_CLIENT_GRPCADDRESS", engine);
    environment.put("CAMUNDA_CLIENT_PREFERRESTOVERGRPC", "false");
    environment.put("CAMUNDA_CLIENT_AUTH_METHOD", "none");
    environment.put("CAMUNDA_CLIENT_EXECUTIONTHREADS", Integer.toString(threads));
    environment.put(
        "CAMUNDA_CLIENT_WORKER_DEFAULTS_MAXJOBSACTIVE", Integer.toString(maxJobsActive));
    environment.put("CAMUNDA_CLIENT_WORKER_DEFAULTS_STREAMENABLED", "true");
    environment.put("CAMUNDA_CONNECTOR_POLLING_ENABLED", "false");
    environment.put("CAMUNDA_CONNECTOR_WEBHOOK_ENABLED", "false");
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("SERVER_PORT", "0");
    return Candidate.start(name, LOGS, environment, arguments);
  }

  /** The job of the "Hang up conference" task, as its template makes it. */
  static Cargo hangUp() {
    String requestedAt = Instant.now() + "[Etc/UTC]";
    return new Cargo() {
      @Override
      public String jobType() {
        return JOB_TYPE;
      }

      @Override
      public String variables(long key) {
        return "{\"conferenceName\":\"room-%d\",\"account\":\"default\",\"requestedAt\":\"%s\",\"validFor\":\"PT1H\"}"
            .formatted(key, requestedAt);
      }

      @Override
      public String headers() {
        return "{\"onNotFound\":\"error\"}";
      }
    };
  }

  /** The same call as a job of the REST connector. */
  Cargo restCall() {
    return new Cargo() {
      @Override
      public String jobType() {
        return CONNECTOR_JOB_TYPE;
      }

      @Override
      public String variables(long key) {
        return "{\"method\":\"DELETE\",\"url\":\"%s/api/v1/Account/MA_1/Conference/room-%d/\",\"authentication\":{\"type\":\"noAuth\"},\"headers\":{\"X-Auth-ID\":\"MA_1\",\"X-Auth-Token\":\"token\",\"Content-Type\":\"application/json\"},\"connectionTimeoutInSeconds\":\"20\",\"readTimeoutInSeconds\":\"20\",\"storeResponse\":false}"
            .formatted(api, key);
      }

      @Override
      public String headers() {
        return "{\"resultVariable\":\"result\",\"errorExpression\":\"%s\"}"
            .formatted(CONNECTOR_ERROR_EXPRESSION.replace("\"", "\\\""));
      }
    };
  }
}
