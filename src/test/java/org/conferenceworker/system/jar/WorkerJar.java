package org.conferenceworker.system.jar;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The packaged worker as a process of its own, configured by environment only. */
public final class WorkerJar implements AutoCloseable {

  /** Exit code of a process that stopped because of SIGTERM. */
  public static final int STOPPED_BY_SIGTERM = 143;

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Process process;
  private final Path output;

  private WorkerJar(Process process, Path output) {
    this.process = process;
    this.output = output;
    // Whatever becomes of the tests, it does not outlive them.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** What a worker needs to know; the API account is {@code MA_1} with the token {@code token}. */
  public static Map<String, String> environment(URI engine, URI api, String... more) {
    var variables = new HashMap<String, String>();
    variables.put("VOBIZ_AUTH_ID", "MA_1");
    variables.put("VOBIZ_AUTH_TOKEN", "token");
    variables.put("VOBIZ_BASE_URL", api.toString());
    variables.put("CAMUNDA_CLIENT_MODE", "self-managed");
    variables.put("CAMUNDA_CLIENT_GRPCADDRESS", engine.toString());
    variables.put("CAMUNDA_CLIENT_AUTH_METHOD", "none");
    variables.put("SERVER_ADDRESS", "127.0.0.1");
    variables.put("SERVER_PORT", "0");
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return variables;
  }

  /** Starts a worker with this environment and nothing else in it. */
  public static WorkerJar start(Map<String, String> environment, String... jvmArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvmArguments));
    command.add("-jar");
    command.add(System.getProperty("worker.jar"));
    var java = new ProcessBuilder(command);
    java.environment().clear();
    return start(java, environment);
  }

  /** Starts a worker with a command that does so, and this added to its environment. */
  static WorkerJar start(ProcessBuilder java, Map<String, String> environment) {
    java.environment().putAll(environment);
    try {
      Path output =
          Files.createDirectories(Path.of("target", "worker-logs"))
              .resolve(
                  "%d-%d.log".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet()));
      java.redirectErrorStream(true).redirectOutput(output.toFile());
      return new WorkerJar(java.start(), output);
    } catch (IOException e) {
      throw new IllegalStateException("The worker could not be started.", e);
    }
  }

  /** Waits until it says that it has started. */
  public WorkerJar awaitStarted() {
    awaitOutput("Started VobizConferenceWorker");
    return this;
  }

  /** Waits until it has said this. */
  public void awaitOutput(String text) {
    await()
        .atMost(PATIENCE)
        .failFast("the worker has ended:\n" + output, () -> !isAlive() && !output().contains(text))
        .until(() -> output().contains(text));
  }

  /** Everything that it has said so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The lines that it logged at this level. */
  public List<String> logged(String level) {
    return output().lines().filter(line -> line.matches("\\S+ " + level + " .*")).toList();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Kills it (-9), and waits until it is dead. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(PATIENCE);
  }

  /** Waits until the process has ended; its exit code. */
  public int awaitExit(Duration atMost) {
    try {
      if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("The worker did not end within " + atMost + ", see " + output);
  }

  @Override
  public void close() {
    kill();
  }
}
