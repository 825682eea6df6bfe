package org.conferenceworker.system.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The servers behind the proxies, {@code src/test/proxies/Upstreams.java}.
 *
 * @param ports of the servers themselves
 * @param recorderPort where it is asked what they routed
 */
record Upstreams(Process process, List<Integer> ports, int recorderPort) implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static Upstreams start(Path directory) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                Path.of("target", "tomcat").toAbsolutePath() + "/*",
                Path.of("src", "test", "proxies", "Upstreams.java").toAbsolutePath().toString())
            .redirectError(directory.resolve("upstreams.log").toFile())
            .start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    if (line == null) {
      throw new AssertionError("The servers did not start: see " + directory);
    }
    var ports = new ArrayList<>(Arrays.stream(line.split(" ")).map(Integer::valueOf).toList());
    return new Upstreams(process, ports, ports.removeLast());
  }

  /** What was routed since it was last asked: method and path, as a route sees it. */
  List<String> routed() {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + recorderPort)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .toList();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
