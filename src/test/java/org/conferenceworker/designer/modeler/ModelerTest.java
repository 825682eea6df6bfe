package org.conferenceworker.designer.modeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conferenceworker.standin.TestBench.DEFAULT;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The template in the modeler's own parts in a real browser ({@code src/test/modeler}), and then
 * what a designer made there on the engine, with the worker and the API stand-in.
 */
class ModelerTest {

  private static final Path MODELER = Path.of("src/test/modeler");

  @BeforeAll
  static void designInTheBrowser() throws Exception {
    Path.of("target/modeler").toFile().mkdirs();
    run("./prepare.sh");
    run("node", "--test", "--test-reporter=spec", "test/");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(MODELER.toFile()).redirectErrorStream(true).start();
    Thread.ofVirtual().start(() -> copy(process.getInputStream()));
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
    assertThat(process.exitValue())
        .as(String.join(" ", command) + " in " + MODELER + "; see its output above")
        .isZero();
  }

  /** Not by inheriting: what a test's JVM itself writes to its standard output gets lost. */
  private static void copy(InputStream output) {
    try {
      output.transferTo(System.out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"literal", "expression"})
  void runsWhatADesignerMade(String kind) {
    try (var bench = TestBench.start()) {
      bench.deploy(Path.of("target/modeler/designed-" + kind + ".bpmn"));
      bench.vobiz.room(DEFAULT, "Team meeting", "Ada");

      ProcessRun ended = bench.run("designed", Map.of("name", "meeting"));
      ended.awaitEnd();
      assertThat(bench.vobiz.rooms(DEFAULT)).isEmpty();
      assertThat(ended.processVariable("hangUpResult").get("outcome").asText()).isEqualTo("ENDED");

      ProcessRun gone = bench.run("designed", Map.of("name", "meeting"));
      gone.awaitEnd();
      assertThat(gone.processVariable("hangUpResult")).isNull();
      assertThat(gone.processVariable("hangUpError").get("code").asText())
          .isEqualTo("CONFERENCE_NOT_FOUND");
    }
  }

  @Test
  void runsTheLookUpThatADesignerMade() {
    try (var bench = TestBench.start()) {
      bench.deploy(Path.of("target/modeler/designed-look-up.bpmn"));
      bench.vobiz.room(DEFAULT, "Team meeting", "Ada");

      ProcessRun known = bench.run("designed", Map.of());
      known.awaitEnd();

      assertThat(known.processVariable("lookUpResult").get("outcome").asText()).isEqualTo("LIVE");
      assertThat(known.processVariable("lookUpResult").toString()).doesNotContain("Ada");
    }
  }
}
