package org.conferenceworker.system.broker;

import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A real broker with its data on disk, as a process of its own, that can be killed and restarted.
 */
public final class ZeebeBroker implements AutoCloseable {

  private static final Path HOME = Path.of(System.getProperty("zeebe.home"));
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final int grpcPort;
  private final int restPort;
  private final Map<String, String> environment;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;

  private ZeebeBroker(Path directory, Integer[] ports) {
    this.directory = directory;
    this.grpcPort = ports[0];
    this.restPort = ports[1];
    this.environment =
        Map.ofEntries(
            Map.entry("PATH", System.getenv("PATH")),
            Map.entry("JAVA_HOME", System.getProperty("java.home")),
            Map.entry("JAVA_OPTS", "-Xmx512m -XX:MaxDirectMemorySize=512m"),
            Map.entry("ZEEBE_BROKER_NETWORK_HOST", "127.0.0.1"),
            Map.entry("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", ports[2].toString()),
            Map.entry("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", ports[3].toString()),
            Map.entry("ZEEBE_BROKER_GATEWAY_NETWORK_HOST", "127.0.0.1"),
            Map.entry("ZEEBE_BROKER_GATEWAY_NETWORK_PORT", ports[0].toString()),
            Map.entry("SERVER_ADDRESS", "127.0.0.1"),
            Map.entry("SERVER_PORT", ports[1].toString()),
            Map.entry("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1"),
            Map.entry("MANAGEMENT_SERVER_PORT", ports[4].toString()),
            Map.entry("ZEEBE_BROKER_DATA_DIRECTORY", directory.resolve("data").toString()),
            Map.entry("ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING", "100MB"),
            Map.entry("ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION", "50MB"));
  }

  /** Starts a broker without any data. */
  public static ZeebeBroker start() {
    try {
      Path directory =
          Files.createTempDirectory(
              Files.createDirectories(Path.of("target", "brokers").toAbsolutePath()), "broker-");
      var broker = new ZeebeBroker(directory, freePorts(5));
      broker.restart();
      return broker;
    } catch (IOException e) {
      throw new IllegalStateException("The broker could not be started.", e);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + grpcPort);
  }

  public CamundaClient newClient() {
    return CamundaClient.newClientBuilder()
        .grpcAddress(address())
        .preferRestOverGrpc(false)
        .numJobWorkerExecutionThreads(8)
        .applyEnvironmentVariableOverrides(false)
        .build();
  }

  /** Kills it (-9), and waits until it is dead. */
  void kill() {
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }

  /** Starts it again, with its data and on its ports, and waits until it works. */
  void restart() {
    try {
      var builder =
          new ProcessBuilder(HOME.resolve("bin").resolve("broker").toString())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(directory.resolve("output.log").toFile()));
      builder.environment().clear();
      builder.environment().putAll(environment);
      process = builder.start();
      // Whatever becomes of the tests, it does not outlive them.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    } catch (IOException e) {
      throw new IllegalStateException("The broker could not be started.", e);
    }
    await()
        .atMost(PATIENCE)
        .failFast("the broker has ended, see " + directory, () -> !process.isAlive())
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> topology().contains("\"role\":\"leader\""));
  }

  private String topology() throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + "/v2/topology"))
                .timeout(Duration.ofSeconds(5))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Override
  public void close() {
    kill();
    http.close();
  }

  /**
   * Below those from which the system takes the ports of outgoing connections: otherwise one of
   * these could take a port while the broker is dead.
   */
  private static Integer[] freePorts(int count) {
    Set<Integer> ports = new HashSet<>();
    while (ports.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        ports.add(socket.getLocalPort());
      } catch (IOException taken) {
        // Then the next one.
      }
    }
    return ports.toArray(Integer[]::new);
  }
}
