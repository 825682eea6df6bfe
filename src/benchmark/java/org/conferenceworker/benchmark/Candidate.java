package org.conferenceworker.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A worker as a process of its own, and what it costs. */
final class Candidate implements AutoCloseable {

  private static final double TICKS_PER_SECOND = 100;

  final String name;
  final long startedAt = System.nanoTime();
  private final Process process;

  private Candidate(String name, Process process) {
    this.name = name;
    this.process = process;
    // Whatever becomes of the benchmark, it does not outlive it.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Starts a JVM with these arguments and nothing but this in its environment. */
  static Candidate start(
      String name, Path directory, Map<String, String> environment, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return run(name, directory, environment, command);
  }

  /** Runs this command with nothing but this in its environment. */
  static Candidate run(
      String name, Path directory, Map<String, String> environment, List<String> command) {
    try {
      Path log = Files.createDirectories(directory).resolve(name.replaceAll("\\W+", "-") + ".log");
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().clear();
      builder.environment().putAll(environment);
      return new Candidate(name, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** User and system time so far. */
  double cpuSeconds() {
    String stat = proc("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** The most memory that it had so far. */
  double peakMegabytes() {
    return megabytes("VmHWM:");
  }

  double megabytes() {
    return megabytes("VmRSS:");
  }

  private double megabytes(String field) {
    return proc("status")
            .lines()
            .filter(line -> line.startsWith(field))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024.0;
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is not alive any more; see its log", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
