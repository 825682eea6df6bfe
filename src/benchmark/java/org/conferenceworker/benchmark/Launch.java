package org.conferenceworker.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How image, unit and release start the worker: by {@code bin/vobiz-conference-worker}. */
record Launch(Path directory) {

  static final String NAME = "this worker, launcher";

  /** For a thousand calls at a time. */
  static final List<String> SMALL_HEAP_1000 = List.of("-XX:+UseSerialGC", "-Xmx104m", "-Xss512k");

  private static final Path LAUNCHER =
      Path.of(System.getProperty("worker.directory"), "deploy", "bin", "vobiz-conference-worker");

  static Launch prepare() throws IOException {
    Path directory = Path.of("target", "benchmark", "launch").toAbsolutePath();
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
      }
    }
    var launch = new Launch(directory);
    Files.createDirectories(launch.launcher().getParent());
    Files.copy(LAUNCHER, launch.launcher());
    Path jar =
        Files.copy(Path.of(System.getProperty("worker.jar")), directory.resolve("worker.jar"));
    run(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Djarmode=tools",
        "-jar",
        jar.toString(),
        "extract",
        "--destination",
        directory.resolve("app").toString());
    run(launch.launcher().toString(), "--train");
    return launch;
  }

  Path launcher() {
    return directory.resolve(Path.of("bin", "vobiz-conference-worker"));
  }

  /** What it needs beside the worker's settings. */
  static Map<String, String> environment() {
    return Map.of("JAVA_HOME", System.getProperty("java.home"), "PATH", System.getenv("PATH"));
  }

  private static void run(String... command) throws IOException {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment());
    try {
      if (builder.start().waitFor() != 0) {
        throw new IllegalStateException("This did not work: " + List.of(command));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
