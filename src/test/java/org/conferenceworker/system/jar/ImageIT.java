package org.conferenceworker.system.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the Dockerfile makes: its steps are carried out, and its entry point does a job. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it takes file systems away as Linux does")
@EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "the image's JVM options are those of 25")
class ImageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path directory;

  /** With the account from mounted files, as in the Kubernetes manifests. */
  @Test
  void completesJobs_asAUserWithoutRights_onAReadOnlyFileSystem_withItsArchive() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path stages = Files.createDirectory(directory.resolve("stages"));
    Path secrets = Files.createDirectory(directory.resolve("secrets"));
    Files.writeString(secrets.resolve("vobiz.auth-id"), "MA_1");
    Files.writeString(secrets.resolve("vobiz.auth-token"), "token");
    Dockerfile image =
        Dockerfile.build(Path.of("deploy", "Dockerfile"), Path.of("").toAbsolutePath(), stages);
    assertThat(image.user()).matches("[1-9]\\d+:[1-9]\\d+");

    Path home = image.workingDirectory();
    Path app = home.resolve("app");
    ProcessBuilder java =
        new ReadOnlyFileSystem(app.resolve("worker.jar"), app.resolve("worker.aot"))
            .launcher(image.entrypoint())
            .directory(home.toFile());
    try (var vobiz = VobizStandIn.start();
        var gateway = GatewayStandIn.start()) {
      vobiz.account("MA_1", "token");
      // More than the launcher's JVM has processors: with each of them held by a job, no job would
      // end.
      int jobs = 8 * Runtime.getRuntime().availableProcessors();
      for (int i = 1; i <= jobs; i++) {
        vobiz.room("MA_1", "room-" + i);
      }
      Map<String, String> environment =
          WorkerJar.environment(
              gateway.address(),
              vobiz.baseUrl(),
              "SPRING_CONFIG_IMPORT",
              "configtree:" + secrets + "/",
              // It does not start at all if the archive cannot be used.
              "JAVA_TOOL_OPTIONS",
              "-XX:AOTMode=on");
      environment.keySet().removeAll(Set.of("VOBIZ_AUTH_ID", "VOBIZ_AUTH_TOKEN"));
      environment.putAll(image.environment());
      try (var worker = WorkerJar.start(java, environment)) {
        worker.awaitStarted();
        for (int i = 1; i <= jobs; i++) {
          gateway.handOut(
              GatewayStandIn.job(
                  i, "{\"conferenceName\":\"room-%d\"}".formatted(i), 3, Duration.ofMinutes(2)));
        }
        await().atMost(PATIENCE).until(() -> gateway.accepted().size() == jobs);
        assertThat(worker.logged("ERROR")).isEmpty();
        assertThat(firstLookOfTheRunbook(worker.output()))
            .matches(text -> text.split("\\{\"status\":\"UP\",\"components\"", -1).length == 3)
            .contains("Vobiz accepts the credentials")
            .containsPattern(
                "vobiz_conference_hangup_seconds_count\\{.*outcome=\"ENDED\".*} " + jobs);
      }
      assertThat(gateway.accepted()).hasOnlyElementsOfType(CompleteJobRequest.class);
      assertThat(vobiz.rooms("MA_1")).isEmpty();
    }
  }

  /** What the runbook's first commands say about this worker. */
  private static String firstLookOfTheRunbook(String log) throws Exception {
    Matcher commands =
        Pattern.compile("```sh\n(.+?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs", "operations", "README.md")));
    Matcher port = Pattern.compile("Netty started on port (\\d+)").matcher(log);
    assertThat(commands.find() && port.find()).isTrue();
    assertThat(commands.group(1)).contains("localhost:9700");
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                commands.group(1).replace("localhost:9700", "127.0.0.1:" + port.group(1)))
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }
}
