package org.conferenceworker.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The launch that docs/benchmark/README.md describes: the jar unpacked, an AOT cache, a small heap.
 */
record Launch(Path directory) {

  static final String NAME = "this worker, documented launch";

  /** For a thousand calls at a time. */
  static final List<String> SMALL_HEAP_1000 = List.of("-XX:+UseSerialGC", "-Xmx104m", "-Xss512k");

  /** Little memory, and soon ready: without the second compiler, which pays with many jobs only. */
  private static final List<String> SMALL_HEAP =
      List.of("-XX:+UseSerialGC", "-Xms24m", "-Xmx64m", "-Xss512k", "-XX:TieredStopAtLevel=1");

  static Launch prepare() throws IOException {
    Path directory = Path.of("target", "benchmark", "launch").toAbsolutePath();
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
      }
    }
    Files.createDirectories(directory.getParent());
    java(
        directory.getParent(),
        List.of(
            "-Djarmode=tools",
            "-jar",
            System.getProperty("worker.jar"),
            "extract",
            "--destination",
            directory.toString()));
    var launch = new Launch(directory);
    var training = new ArrayList<>(SMALL_HEAP);
    training.addAll(
        List.of("-XX:AOTCacheOutput=worker.aot", "-Dspring.context.exit=onRefresh", "-jar"));
    training.add(launch.jar());
    java(directory, training);
    return launch;
  }

  List<String> jvm() {
    return SMALL_HEAP;
  }

  List<String> arguments() {
    return List.of("-XX:AOTCache=" + directory.resolve("worker.aot"), "-jar", jar());
  }

  private String jar() {
    return directory.resolve(Path.of(System.getProperty("worker.jar")).getFileName()).toString();
  }

  private static void java(Path directory, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
    builder.environment().put("VOBIZ_AUTH_ID", "training");
    builder.environment().put("VOBIZ_AUTH_TOKEN", "training");
    try {
      if (builder.start().waitFor() != 0) {
        throw new IllegalStateException("This did not work: " + command);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
