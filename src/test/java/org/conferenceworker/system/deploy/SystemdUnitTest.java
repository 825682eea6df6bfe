package org.conferenceworker.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;

/** The systemd unit, as far as it can be judged without installing it. */
class SystemdUnitTest {

  private static final Path UNIT = Path.of("deploy", "systemd", "vobiz-conference-worker.service");

  /** Exposure from 0 (none) to 100 (all), by systemd's own measure; up to 20 it calls "OK". */
  private static final String MOST_EXPOSURE = "20";

  @TempDir private Path directory;

  private record Answer(int exitCode, String output) {}

  private static Answer systemdAnalyze(String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("systemd-analyze"), Stream.of(arguments)).toList();
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "systemd is not installed");
      return null;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), output);
  }

  private static List<String> values(String directive) throws IOException {
    return Files.readString(UNIT)
        .lines()
        .filter(line -> line.startsWith(directive + "="))
        .map(line -> line.substring(directive.length() + 1))
        .toList();
  }

  /** The unit, with the launcher where it is here: systemd looks whether it can be executed. */
  private Path installed(UnaryOperator<String> change) throws IOException {
    String here = Path.of("deploy").toAbsolutePath().toString();
    String unit =
        Files.readString(UNIT).replace("=/opt/vobiz-conference-worker/", "=" + here + "/");
    return Files.writeString(directory.resolve(UNIT.getFileName()), change.apply(unit));
  }

  @Test
  void isUnderstoodBySystemd() throws Exception {
    assertThat(systemdAnalyze("verify", installed(unit -> unit).toString()))
        .isEqualTo(new Answer(0, ""));
  }

  /** That the check would find it. */
  @Test
  void isNotUnderstood_afterAMistake() throws Exception {
    Path mistaken = installed(unit -> unit.replace("KillMode", "KilMode"));

    assertThat(systemdAnalyze("verify", mistaken.toString()).output()).contains("KilMode");
  }

  @Test
  void leavesTheWorkerFewRights() throws Exception {
    Answer answer =
        systemdAnalyze(
            "security", "--offline=true", "--threshold=" + MOST_EXPOSURE, UNIT.toString());

    assertThat(answer.exitCode()).as(answer.output()).isZero();
  }

  @Test
  void waitsForTheCallsUnderWay_beforeItKills() throws IOException {
    Duration stop = DurationStyle.detectAndParse(values("TimeoutStopSec").getFirst());

    assertThat(stop).isGreaterThan(Shipped.longestStop());
    assertThat(values("SuccessExitStatus")).containsExactly("143");
  }

  @Test
  void handsTheSecretsOver_asSettingsInFiles() throws IOException {
    assertThat(values("LoadCredential"))
        .extracting(credential -> credential.split(":")[0])
        .containsExactly("vobiz.auth-id", "vobiz.auth-token");
    assertThat(values("Environment")).contains("SPRING_CONFIG_IMPORT=configtree:%d/");
  }

  @Test
  void setsALocale_inWhichEveryNameCanBeRead() throws IOException {
    assertThat(values("Environment")).contains("LC_ALL=C.UTF-8");
  }

  /**
   * The endpoint is off unless its settings are installed, and open to the proxy beside it only.
   */
  @Test
  void listensForCallbacks_onlyIfAskedTo_andOnLoopback() throws IOException {
    assertThat(values("EnvironmentFile"))
        .containsExactly(
            "/etc/vobiz-conference-worker/worker.env", "-/etc/vobiz-conference-worker/events.env");
    assertThat(UNIT.resolveSibling("worker.env")).content().doesNotContain("VOBIZ_EVENTS");
    assertThat(UNIT.resolveSibling("events.env"))
        .content()
        .contains("VOBIZ_EVENTS_ADDRESS=127.0.0.1");
    assertThat(Path.of("docs", "events.md"))
        .content()
        .contains("proxy_pass http://127.0.0.1:8085;");
    assertThat(UNIT.resolveSibling("events.env")).content().contains("VOBIZ_EVENTS_PORT=8085");
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker.env", "events.env"})
  void setsNothingThatTheDocumentationDoesNotKnow(String file) throws IOException {
    assertThat(Files.readAllLines(UNIT.resolveSibling(file)))
        .filteredOn(line -> !line.startsWith("#"))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(Path.of("docs", "operations", "run.md"))
                    .content()
                    .contains(line.split("=")[0]));
  }
}
