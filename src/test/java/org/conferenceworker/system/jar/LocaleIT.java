package org.conferenceworker.system.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Settings with letters beyond ASCII, as a JVM reads them from the environment of a process: by its
 * locale.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "locales are what Linux takes for them")
class LocaleIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** The bytes of UTF-8, whatever the locale of this test is. */
  private static final String BUERO = "$(printf 'B\\303\\274ro')";

  /** A worker with a variable of the shell's making. */
  private static WorkerJar start(
      GatewayStandIn gateway, VobizStandIn vobiz, String variable, Map<String, String> more) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var shell =
        new ProcessBuilder(
            "sh",
            "-c",
            "export %s; exec \"$0\" -jar \"$1\"".formatted(variable),
            java,
            System.getProperty("worker.jar"));
    shell.environment().clear();
    var environment = WorkerJar.environment(gateway.address(), vobiz.baseUrl());
    environment.putAll(more);
    return WorkerJar.start(shell, environment);
  }

  @Test
  void protectNames_inTheLocaleOfTheImage() throws Exception {
    String dockerfile = Files.readString(Path.of("deploy", "Dockerfile"));
    assertThat(dockerfile).contains("\nENV LC_ALL=C.UTF-8\n");
    try (var vobiz = VobizStandIn.start();
        var gateway = GatewayStandIn.start();
        var worker =
            start(
                gateway,
                vobiz,
                "VOBIZ_GUARD_PROTECTEDNAMES=\"" + BUERO + "*\"",
                Map.of("LC_ALL", "C.UTF-8"))) {
      vobiz.account("MA_1", "token");
      vobiz.room("MA_1", "B\u00FCro Nord");
      worker.awaitStarted();
      gateway.handOut(
          GatewayStandIn.job(
              1, "{\"conferenceName\":\"B\u00FCro Nord\"}", 3, Duration.ofMinutes(2)));

      await().atMost(PATIENCE).until(() -> !gateway.accepted().isEmpty());
      assertThat(gateway.accepted()).singleElement().isInstanceOf(FailJobRequest.class);
      assertThat(vobiz.rooms("MA_1")).containsExactly("B\u00FCro Nord");
      assertThat(worker.output()).contains("never ends \"B\u00FCro*\"");
    }
  }

  @Test
  void stopTheStart_inALocaleThatCannotReadThem() {
    refuses(
        "VOBIZ_GUARD_PROTECTEDNAMES=\"" + BUERO + "*\"",
        Map.of("LANG", "", "LC_ALL", ""),
        "The setting VOBIZ_GUARD_PROTECTEDNAMES has characters that this process could not decode.");
  }

  @Test
  void stopTheStart_whenAFileHasAPathThatTheLocaleCannotExpress(@TempDir Path directory)
      throws Exception {
    Path yaml =
        Files.writeString(
            directory.resolve("application.yaml"), "vobiz.auth-token-file: /run/B\u00FCro/token\n");
    refuses(
        "VOBIZ_AUTH_TOKEN; unset VOBIZ_AUTH_TOKEN",
        Map.of("LC_ALL", "POSIX", "SPRING_CONFIG_ADDITIONAL_LOCATION", "file:" + yaml),
        "has a path that this process cannot represent.");
  }

  private static void refuses(String variable, Map<String, String> more, String sentence) {
    try (var vobiz = VobizStandIn.start();
        var gateway = GatewayStandIn.start();
        var worker = start(gateway, vobiz, variable, more)) {
      assertThat(worker.awaitExit(PATIENCE)).isEqualTo(1);
      assertThat(worker.output()).contains(sentence, "LC_ALL=C.UTF-8").doesNotContain("\tat ");
    }
  }
}
