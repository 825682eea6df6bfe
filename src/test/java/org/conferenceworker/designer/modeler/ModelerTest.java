package org.conferenceworker.designer.modeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conferenceworker.designer.ShippedTemplate.HANG_UP;
import static org.conferenceworker.designer.ShippedTemplate.HANG_UP_ALL;
import static org.conferenceworker.designer.ShippedTemplate.KICK_MEMBER;
import static org.conferenceworker.designer.ShippedTemplate.LOOK_UP;
import static org.conferenceworker.designer.ShippedTemplate.PLAY_ANNOUNCEMENT;
import static org.conferenceworker.standin.TestBench.DEFAULT;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.IntermediateCatchEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.conferenceworker.designer.ShippedTemplate;
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
      assertThat(result(ended, HANG_UP).get("outcome").asText()).isEqualTo("ENDED");

      ProcessRun gone = bench.run("designed", Map.of("name", "meeting"));
      gone.awaitEnd();
      assertThat(gone.processVariable("hangUpResult")).isNull();
      assertThat(gone.processVariable("hangUpError").get("code").asText())
          .isEqualTo("CONFERENCE_NOT_FOUND");
    }
  }

  /** The fields that an expression further on is offered are those that the result has. */
  private static JsonNode result(ProcessRun run, ShippedTemplate template) {
    JsonNode result = run.processVariable(template.task.resultVariable());
    assertThat(result.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(template.resultFields());
    return result;
  }

  @Test
  void runsTheLookUpThatADesignerMade() {
    try (var bench = TestBench.start()) {
      bench.deploy(Path.of("target/modeler/designed-look-up.bpmn"));
      bench.vobiz.room(DEFAULT, "Team meeting", "Ada");

      ProcessRun known = bench.run("designed", Map.of());
      known.awaitEnd();

      assertThat(result(known, LOOK_UP).get("outcome").asText()).isEqualTo("LIVE");
      assertThat(result(known, LOOK_UP).toString()).doesNotContain("Ada");
    }
  }

  /** {@code duration} is about something else here, and must not be taken for the length. */
  @Test
  void runsTheAnnouncementThatADesignerMade_andWaitsAsLongAsItLasts() {
    try (var bench = TestBench.start()) {
      Path diagram = Path.of("target/modeler/designed-announcement.bpmn");
      bench.deploy(diagram);
      bench.vobiz.room(DEFAULT, "Team meeting", "Ada", "Grace");

      ProcessRun heard = bench.run("designed", Map.of("duration", "PT45M", "members", "2"));
      heard.awaitElement(
          Bpmn.readModelFromFile(diagram.toFile())
              .getModelElementsByType(IntermediateCatchEvent.class)
              .iterator()
              .next()
              .getId());
      assertThat(result(heard, PLAY_ANNOUNCEMENT).get("outcome").asText()).isEqualTo("QUEUED");
      assertThat(result(heard, PLAY_ANNOUNCEMENT).get("waitFor").asText()).isEqualTo("PT25S");
      assertThat(bench.vobiz.played(DEFAULT, "Team meeting")).hasSize(1);
      assertThat(bench.vobiz.requests().getFirst().requestLine()).contains("/Member/all/Play/");

      bench.engine.increaseTime(Duration.ofSeconds(26));
      heard.awaitEnd();
    }
  }

  @Test
  void goesOnAtOnce_whenTheAnnouncementCannotBePlayed() {
    try (var bench = TestBench.start()) {
      bench.deploy(Path.of("target/modeler/designed-announcement.bpmn"));

      ProcessRun gone = bench.run("designed", Map.of());
      gone.awaitEnd();

      assertThat(result(gone, PLAY_ANNOUNCEMENT).get("outcome").asText())
          .isEqualTo("ALREADY_ENDED");
    }
  }

  @Test
  void runsTheRemovalThatADesignerMade() {
    try (var bench = TestBench.start()) {
      bench.deploy(Path.of("target/modeler/designed-kick.bpmn"));
      bench.vobiz.room(DEFAULT, "Team meeting", "Ada", "Grace", "Edsger");

      ProcessRun removed = bench.run("designed", Map.of());
      removed.awaitEnd();
      assertThat(result(removed, KICK_MEMBER).get("outcome").asText()).isEqualTo("REMOVED");
      assertThat(bench.vobiz.members(DEFAULT, "Team meeting")).containsExactly("2");
      assertThat(bench.vobiz.requests().getFirst().requestLine()).contains("/Member/1,3/Kick/");

      ProcessRun gone = bench.run("designed", Map.of());
      gone.awaitEnd();
      assertThat(gone.processVariable("kickResult")).isNull();
      assertThat(gone.processVariable("kickError").get("code").asText())
          .isEqualTo("MEMBER_NOT_FOUND");
    }
  }

  @Test
  void endsEverything_onceBothKeysHaveTurned() {
    try (var bench = TestBench.start("--vobiz.hang-up-all.accounts=default")) {
      bench.deploy(Path.of("target/modeler/designed-hang-up-all.bpmn"));
      bench.vobiz.room(DEFAULT, "Team meeting", "Ada");
      bench.vobiz.room(DEFAULT, "Board call", "Grace");

      ProcessRun wrong = bench.run("designed", Map.of("typedAuthId", "MA_2", "person", "Ada"));
      assertThat(wrong.awaitIncident()).contains("expectedAuthId").doesNotContain(DEFAULT);
      assertThat(bench.vobiz.requests()).isEmpty();

      ProcessRun ended = bench.run("designed", Map.of("typedAuthId", DEFAULT, "person", "Ada"));
      ended.awaitEnd();
      assertThat(result(ended, HANG_UP_ALL).get("outcome").asText()).isEqualTo("ALL_ENDED");
      assertThat(bench.vobiz.rooms(DEFAULT)).isEmpty();
    }
  }
}
