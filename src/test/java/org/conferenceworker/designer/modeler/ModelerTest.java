package org.conferenceworker.designer.modeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conferenceworker.designer.ShippedEvent.CONFERENCE_IS_EMPTY;
import static org.conferenceworker.designer.ShippedTemplate.HANG_UP;
import static org.conferenceworker.designer.ShippedTemplate.HANG_UP_ALL;
import static org.conferenceworker.designer.ShippedTemplate.KICK_MEMBER;
import static org.conferenceworker.designer.ShippedTemplate.LOOK_UP;
import static org.conferenceworker.designer.ShippedTemplate.PLAY_ANNOUNCEMENT;
import static org.conferenceworker.standin.TestBench.DEFAULT;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.IntermediateCatchEvent;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.conferenceworker.designer.ShippedEvent;
import org.conferenceworker.designer.ShippedTemplate;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;
import org.conferenceworker.standin.vobiz.Replies;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The template in the modeler's own parts in a real browser ({@code src/test/modeler}), and then
 * what a designer made there on the engine, with the worker and the API stand-in.
 */
class ModelerTest {

  @BeforeAll
  static void designInTheBrowser() throws Exception {
    Path.of("target/modeler").toFile().mkdirs();
    BrowserTests.prepare();
    BrowserTests.run(Path.of("src/test/modeler"), Map.of());
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
      heard.awaitElement(idOf(diagram, IntermediateCatchEvent.class));
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

  private static JsonNode event() {
    return CONFERENCE_IS_EMPTY.exampleOutput().get(ShippedEvent.VARIABLE);
  }

  /** Publishes what the worker does when the conference of this name is empty. */
  private static void conferenceIsEmpty(TestBench bench, String name) {
    bench
        .client
        .newPublishMessageCommand()
        .messageName(ShippedEvent.MESSAGE)
        .correlationKey(name)
        .messageId("default:" + event().get("conferenceUuid").asText() + ":empty")
        .timeToLive(Duration.ofMinutes(2))
        .variables(Map.of(ShippedEvent.VARIABLE, event()))
        .send()
        .join();
  }

  /** The id of the only element of this kind. */
  private static String idOf(Path diagram, Class<? extends FlowNode> kind) {
    return Bpmn.readModelFromFile(diagram.toFile())
        .getModelElementsByType(kind)
        .iterator()
        .next()
        .getId();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void goesOnAfterTheEventThatADesignerMade_whenTheConferenceIsEmpty(boolean before) {
    try (var bench = TestBench.start()) {
      Path diagram = Path.of("target/modeler/designed-empty-event.bpmn");
      bench.deploy(diagram);
      if (before) {
        conferenceIsEmpty(bench, "Team meeting");
      }

      ProcessRun run = bench.run("designed", Map.of("name", "meeting"));
      if (!before) {
        run.awaitElement(idOf(diagram, IntermediateCatchEvent.class));
        conferenceIsEmpty(bench, "Team call");
        conferenceIsEmpty(bench, "Team meeting");
      }

      run.awaitEnd();
      assertThat(run.processVariables()).containsOnlyKeys("name", "conferenceEvent");
      assertThat(run.processVariable("conferenceEvent")).isEqualTo(event());
    }
  }

  @Test
  void goesOnAfterTheTaskThatADesignerMade_andKeepsTheEventUnderItsNameAlone() {
    try (var bench = TestBench.start()) {
      Path diagram = Path.of("target/modeler/designed-empty-task.bpmn");
      bench.deploy(diagram);
      ProcessRun run = bench.run("designed", Map.of("conferenceName", "Team meeting"));
      run.awaitElement(idOf(diagram, ReceiveTask.class));

      conferenceIsEmpty(bench, "Team meeting");

      run.awaitEnd();
      assertThat(run.processVariables()).containsOnlyKeys("conferenceName", "everybodyLeft");
      assertThat(run.processVariable("everybodyLeft")).isEqualTo(event());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"interrupting", "beside"})
  void hearsThatTheConferenceIsEmpty_beforeTheHangUpIsAnswered(String kind) {
    var answer = new CountDownLatch(1);
    try (var bench = TestBench.start()) {
      Path diagram = Path.of("target/modeler/designed-empty-" + kind + ".bpmn");
      bench.deploy(diagram);
      bench.vobiz.room(DEFAULT, "Team meeting", "Ada");
      bench.vobiz.misbehaveNext(Replies.when(answer, Replies.empty(204)));
      ProcessRun run = bench.run("designed", Map.of("conferenceName", "Team meeting"));
      run.awaitElement(idOf(diagram, ServiceTask.class));

      conferenceIsEmpty(bench, "Team meeting");

      run.awaitElement(idOf(diagram, BoundaryEvent.class));
      answer.countDown();
      run.awaitEnd();
      assertThat(run.processVariable("conferenceEvent")).isEqualTo(event());
      if (kind.equals("interrupting")) {
        assertThat(run.processVariables()).containsOnlyKeys("conferenceName", "conferenceEvent");
      } else {
        assertThat(run.processVariables())
            .containsOnlyKeys("conferenceName", "conferenceEvent", "hangUpResult");
        assertThat(result(run, HANG_UP).get("outcome").asText()).isEqualTo("ENDED");
      }
    } finally {
      answer.countDown();
    }
  }
}
