package org.conferenceworker.system.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Carries a Dockerfile's instructions out without Docker: each stage is a directory, and the
 * runtime image is the machine itself with this JVM. What it does not know, it refuses.
 */
final class Dockerfile {

  private static final Pattern CONTINUED = Pattern.compile("\\\\\n\\s*");

  private final Path context;
  private final Path stages;
  private final Map<String, Path> stagesByName = new HashMap<>();
  private final List<String> entrypoint = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private Path stage;
  private Path workingDirectory;
  private String user = "root";

  private Dockerfile(Path context, Path stages) {
    this.context = context;
    this.stages = stages;
  }

  /**
   * @param context the directory whose files may be copied
   * @param stages an empty directory
   */
  static Dockerfile build(Path file, Path context, Path stages) throws Exception {
    var result = new Dockerfile(context, stages);
    String text = CONTINUED.matcher(Files.readString(file)).replaceAll("");
    for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
      int blank = line.indexOf(' ');
      result.carryOut(line.substring(0, blank), line.substring(blank + 1).strip());
    }
    return result;
  }

  /** Where the last stage's entry point starts. */
  Path workingDirectory() {
    return workingDirectory;
  }

  List<String> entrypoint() {
    return entrypoint;
  }

  /** What the image sets in the environment of its processes. */
  Map<String, String> environment() {
    return environment;
  }

  String user() {
    return user;
  }

  private void carryOut(String instruction, String argument) throws Exception {
    switch (instruction) {
      case "ARG", "EXPOSE" -> {}
      case "FROM" -> {
        environment.clear();
        stage = Files.createDirectory(stages.resolve("stage-" + stagesByName.size()));
        String[] words = argument.split(" +");
        stagesByName.put(words.length == 3 ? words[2] : stage.toString(), stage);
        workingDirectory = stage;
      }
      case "WORKDIR" -> workingDirectory = Files.createDirectories(in(stage, argument));
      case "COPY" -> copy(argument.split(" +"));
      case "RUN" -> run(argument);
      case "ENV" -> {
        String[] variable = argument.split("=", 2);
        environment.put(variable[0], variable[1]);
      }
      case "USER" -> user = argument;
      case "ENTRYPOINT" ->
          entrypoint.addAll(Arrays.asList(new ObjectMapper().readValue(argument, String[].class)));
      default -> throw new AssertionError("unknown instruction " + instruction);
    }
  }

  private static Path in(Path root, String absolute) {
    assertThat(absolute).startsWith("/");
    return root.resolve(absolute.substring(1));
  }

  private void copy(String[] words) throws IOException {
    if (words[0].startsWith("--from=")) {
      Path from = in(stagesByName.get(words[0].substring("--from=".length())), words[1]);
      assertThat(words[2]).isEqualTo("./");
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = workingDirectory.resolve(from.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    } else {
      var pattern = FileSystems.getDefault().getPathMatcher("glob:" + words[0]);
      try (Stream<Path> files = Files.list(context.resolve(words[0]).getParent())) {
        List<Path> matching =
            files.filter(file -> pattern.matches(context.relativize(file))).toList();
        assertThat(matching).as(words[0]).hasSize(1);
        Files.copy(matching.getFirst(), workingDirectory.resolve(words[1]));
      }
    }
  }

  private void run(String command) throws Exception {
    Path log = stages.resolve("run.log");
    var process =
        new ProcessBuilder("sh", "-c", command)
            .directory(workingDirectory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    process.environment().clear();
    process.environment().putAll(environment);
    process
        .environment()
        .put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"));
    int exitCode = process.start().waitFor();
    assertThat(exitCode).as("%s%n%s", command, Files.readString(log)).isZero();
  }
}
