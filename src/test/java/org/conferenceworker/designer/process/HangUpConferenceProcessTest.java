package org.conferenceworker.designer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.builder.ServiceTaskBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.conferenceworker.standin.EmbeddedEngine;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped process, the worker and the API stand-in together, on the embedded engine. */
class HangUpConferenceProcessTest {

  private static TestBench bench;
  private static VobizStandIn vobiz;
  private static EmbeddedEngine engine;
  private static CamundaClient client;

  @BeforeAll
  static void start() {
    bench = TestBench.start();
    vobiz = bench.vobiz;
    engine = bench.engine;
    client = bench.client;
    bench.deploy(Path.of("bpmn/hang-up-conference.bpmn"));
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void reset() {
    vobiz.reset();
  }

  private static ProcessRun run(Object conferenceName) {
    var variables = new HashMap<String, Object>();
    variables.put("conferenceName", conferenceName);
    return ProcessRun.start(engine, client, "hang-up-conference", variables);
  }

  /** Lets so many attempts fail, and the engine's time pass the longest back-off after each. */
  private static void passBackOffs(ProcessRun run, int attempts) {
    for (int failed = 1; failed <= attempts; failed++) {
      run.awaitFailedAttempts(failed);
      engine.increaseTime(Duration.ofMinutes(5));
    }
  }

  @Nested
  class TheShippedProcess {

    @Test
    void endsTheConference_whenTheApiAnswers204() {
      vobiz.room("MA_1", "Team meeting", "Ada", "Grace");
      vobiz.room("MA_1", "Other meeting", "Alan");

      ProcessRun run = run("Team meeting");

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(vobiz.rooms("MA_1")).containsExactly("Other meeting");
      JsonNode result = run.processVariable("hangUpResult");
      assertThat(result.properties().stream().map(Map.Entry::getKey))
          .containsExactlyInAnyOrder(
              "outcome",
              "conferenceName",
              "account",
              "httpStatus",
              "requestedAt",
              "endedAt",
              "attempts");
      assertThat(result.get("outcome").asText()).isEqualTo("ENDED");
      assertThat(result.get("conferenceName").asText()).isEqualTo("Team meeting");
      assertThat(result.get("account").asText()).isEqualTo("default");
      assertThat(result.get("httpStatus").asInt()).isEqualTo(204);
      assertThat(result.get("attempts").asInt()).isEqualTo(1);
      assertThat(Instant.parse(result.get("endedAt").asText()))
          .isAfter(Instant.parse(result.get("requestedAt").asText()));
    }

    @ParameterizedTest
    @CsvSource(
        ignoreLeadingAndTrailingWhitespace = false,
        value = {"sales/emea", "a+b", "100%", "📞 Süd", " x ", "Team MEETING"})
    void endsExactlyTheConferenceOfThatName(String name) {
      vobiz.room("MA_1", name, "Ada");
      vobiz.room("MA_1", "team meeting", "Alan");

      assertThat(run(name).awaitEnd()).isEqualTo("ConferenceEnded");

      assertThat(vobiz.rooms("MA_1")).containsExactly("team meeting");
    }

    @Test
    void takesTheBoundaryEvent_whenTheConferenceIsGone() {
      ProcessRun run = run("Yesterday's call");

      assertThat(run.awaitEnd()).isEqualTo("ConferenceAlreadyGone");
      JsonNode error = run.processVariable("hangUpError");
      assertThat(error.get("code").asText()).isEqualTo("CONFERENCE_NOT_FOUND");
      assertThat(error.get("httpStatus").asInt()).isEqualTo(404);
      assertThat(error.get("message").asText())
          .contains("\"Yesterday's call\"", "HTTP 404", "conference not found");
    }

    @Test
    void takesTheBoundaryEvent_whenItIsTooLate() {
      vobiz.room("MA_1", "Team meeting");
      vobiz.misbehave("Team meeting", Replies.json(429, "{}", "Retry-After: 3600"));
      ProcessRun run = run("Team meeting");
      run.awaitFailedAttempts(1);

      engine.increaseTime(Duration.ofMinutes(61));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(run.processVariable("hangUpError").get("code").asText())
          .isEqualTo("HANG_UP_TOO_LATE");
      assertThat(run.processVariable("hangUpError").get("httpStatus").isNull()).isTrue();
      assertThat(vobiz.requests("Team meeting")).hasSize(1);
      assertThat(vobiz.rooms("MA_1")).containsExactly("Team meeting");
    }

    @Test
    void waitsWithoutSpendingARetry_whenTheApiIsBusy() {
      vobiz.room("MA_1", "room");
      var busy = Replies.json(429, "{}", "Retry-After: 1");
      vobiz.misbehave("room", busy, busy, busy, busy, busy);

      ProcessRun run = run("room");

      passBackOffs(run, 5);
      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(run.processVariable("hangUpResult").get("attempts").asInt()).isEqualTo(6);
    }

    @Test
    void knowsThatItEndedTheConferenceItself_whenTheAnswerWasLost() {
      vobiz.room("MA_1", "room");
      vobiz.misbehave("room", Replies.endThenReset());

      ProcessRun run = run("room");
      passBackOffs(run, 1);

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(run.processVariable("hangUpResult").get("outcome").asText())
          .isEqualTo("ENDED_BY_EARLIER_ATTEMPT");
      assertThat(run.processVariable("hangUpResult").get("attempts").asInt()).isEqualTo(2);
      assertThat(run.processVariable("hangUpAttempts")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"401, path", "403, path", "400, HTTP 400", "402, HTTP 402", "302, redirect"})
    void raisesAnIncidentAtOnce_whenTryingAgainWouldNotHelp(int status, String sentence) {
      vobiz.misbehave("room", Replies.json(status, "{\"error\":\"it broke\",\"api_id\":\"id-1\"}"));

      String incident = run("room").awaitIncident();

      assertThat(incident)
          .contains("\"room\"", "\"default\"", "HTTP " + status, "it broke", "id-1", sentence)
          .doesNotContain("Exception", "\n");
      assertThat(vobiz.requests("room")).hasSize(1);
    }

    @Test
    void raisesAnIncidentWithTheLastCause_whenTheRetriesAreUsedUp() {
      vobiz.misbehave(
          "room",
          Replies.json(500, "{\"error\":\"first\"}"),
          Replies.json(502, "{\"error\":\"second\"}"),
          Replies.json(500, "{\"error\":\"third\"}"),
          Replies.json(504, "{\"error\":\"fourth\"}"),
          Replies.json(503, "{\"error\":\"fifth\"}"));

      ProcessRun run = run("room");
      passBackOffs(run, 4);

      assertThat(run.awaitIncident()).contains("HTTP 503", "fifth", "retries are used up");
      assertThat(vobiz.requests("room"))
          .extracting(Request::status)
          .containsExactly(500, 502, 500, 504, 503);
    }

    @Test
    void goesOn_whenTheIncidentIsResolved() {
      vobiz.room("MA_1", "room");
      vobiz.misbehave("room", Replies.json(401, "{}"));
      ProcessRun run = run("room");
      run.awaitIncident();

      long incident = run.incidentKey().orElseThrow();
      client.newUpdateRetriesCommand(run.jobKey()).retries(1).send().join();
      client.newResolveIncidentCommand(incident).send().join();

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(vobiz.rooms("MA_1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', is blank", "' ', is blank", "'..', '..'", "'/', slash"})
    void raisesAnIncident_andSendsNothing_whenTheNameIsDangerous(String name, String problem) {
      vobiz.room("MA_1", "other");

      assertThat(run(name).awaitIncident()).contains("\"conferenceName\"", problem, "allowed");

      assertThat(vobiz.requests()).isEmpty();
      assertThat(vobiz.rooms("MA_1")).containsExactly("other");
    }

    @Test
    void raisesAnIncident_whenTheProcessHasNoName() {
      assertThat(ProcessRun.start(engine, client, "hang-up-conference", Map.of()).awaitIncident())
          .contains("\"conferenceName\"", "is null", "string(caseNumber)");
      assertThat(vobiz.requests()).isEmpty();
    }
  }

  /** Deploys a process of one task, which completes or stands still with an incident. */
  private static ProcessRun runTask(
      UnaryOperator<ServiceTaskBuilder> task, Map<String, ?> variables) {
    var builder =
        Bpmn.createExecutableProcess("by-hand")
            .startEvent()
            .serviceTask("task", t -> t.zeebeJobType("vobiz:hang-up-conference:1"));
    task.apply(builder);
    client
        .newDeployResourceCommand()
        .addProcessModel(builder.endEvent("end").done(), "by-hand.bpmn")
        .send()
        .join();
    return ProcessRun.start(engine, client, "by-hand", variables);
  }

  @Nested
  class ATaskWrittenByHand {

    @Test
    void needsNothingButTheName() {
      vobiz.room("MA_1", "room");

      ProcessRun run = runTask(t -> t.zeebeInputExpression("\"room\"", "conferenceName"), Map.of());

      assertThat(run.awaitEnd()).isEqualTo("end");
      assertThat(run.processVariable("hangUpResult").get("outcome").asText()).isEqualTo("ENDED");
    }

    @Test
    void usesTheAccountThatItNames() {
      vobiz.room("SA_2", "room");

      ProcessRun run =
          runTask(
              t ->
                  t.zeebeInputExpression("\"room\"", "conferenceName")
                      .zeebeInput("sales", "account"),
              Map.of());

      assertThat(run.awaitEnd()).isEqualTo("end");
      assertThat(vobiz.rooms("SA_2")).isEmpty();
      assertThat(vobiz.requests().getFirst().header("X-Auth-ID")).isEqualTo("SA_2");
    }

    @Test
    void takesAVariableOfTheProcess_forAnInputThatItDoesNotHave() {
      ProcessRun run =
          runTask(
              t -> t.zeebeInputExpression("\"room\"", "conferenceName"),
              Map.of("account", "Globex Corporation"));

      assertThat(run.awaitIncident()).contains("\"account\"", "Globex Corporation");
      assertThat(vobiz.requests()).isEmpty();
    }

    /** The one whose extension elements its page shows. */
    @Test
    void needsNoVariableOfTheProcess_whenItHasEveryInput() throws IOException {
      vobiz.room("MA_1", "room");
      String readme = Files.readString(Path.of("docs", "tasks", "hang-up-conference.md"));
      String start = "<bpmn:extensionElements>";
      String end = "</bpmn:extensionElements>";
      String shown = readme.substring(readme.indexOf(start), readme.indexOf(end) + end.length());
      String process =
          """
          <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
              xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="by-hand">
            <bpmn:process id="as-shown" isExecutable="true">
              <bpmn:startEvent id="start"><bpmn:outgoing>to</bpmn:outgoing></bpmn:startEvent>
              <bpmn:sequenceFlow id="to" sourceRef="start" targetRef="task" />
              <bpmn:serviceTask id="task">%s<bpmn:incoming>to</bpmn:incoming></bpmn:serviceTask>
            </bpmn:process>
          </bpmn:definitions>
          """
              .formatted(shown);
      client.newDeployResourceCommand().addResourceStringUtf8(process, "shown.bpmn").send().join();

      ProcessRun run =
          ProcessRun.start(
              engine,
              client,
              "as-shown",
              Map.of(
                  "conferenceName",
                  "room",
                  "account",
                  "Globex Corporation",
                  "requestedAt",
                  "yesterday",
                  "validFor",
                  "12 months",
                  "retryBackoff",
                  "never"));

      await().until(() -> run.processVariable("hangUpResult") != null);
      assertThat(vobiz.rooms("MA_1")).isEmpty();
      assertThat(run.incident()).isEmpty();
    }

    @Test
    void completes_whenAConferenceThatIsGoneIsFine() {
      ProcessRun run =
          runTask(
              t ->
                  t.zeebeInputExpression("\"room\"", "conferenceName")
                      .zeebeTaskHeader("onNotFound", "complete"),
              Map.of());

      assertThat(run.awaitEnd()).isEqualTo("end");
      assertThat(run.processVariable("hangUpResult").get("outcome").asText())
          .isEqualTo("ALREADY_ENDED");
    }

    @Test
    void endsEachOfManyConferences_asAMultiInstance_whenOneThatIsGoneIsFine() {
      vobiz.room("MA_1", "first");
      vobiz.room("MA_1", "third");

      ProcessRun run =
          runTask(
              t ->
                  t.zeebeInputExpression("name", "conferenceName")
                      .zeebeTaskHeader("onNotFound", "complete")
                      .multiInstance(
                          m ->
                              m.zeebeInputCollectionExpression("names")
                                  .zeebeInputElement("name")
                                  .zeebeOutputCollection("results")
                                  .zeebeOutputElementExpression("hangUpResult.outcome")),
              Map.of("names", List.of("first", "second", "third")));

      assertThat(run.awaitEnd()).isEqualTo("end");
      assertThat(vobiz.rooms("MA_1")).isEmpty();
      assertThat(run.processVariable("results").valueStream().map(JsonNode::asText))
          .containsExactly("ENDED", "ALREADY_ENDED", "ENDED");
    }

    @Test
    void standsStill_whenTheErrorHasNoBoundaryEvent() {
      ProcessRun run = runTask(t -> t.zeebeInputExpression("\"room\"", "conferenceName"), Map.of());

      assertThat(run.awaitIncident()).contains("CONFERENCE_NOT_FOUND");
    }

    @Test
    void hasNoLimit_whenTheValidityIsAnEmptyText() {
      vobiz.room("MA_1", "room");
      ProcessRun run =
          runTask(
              t ->
                  t.zeebeInputExpression("\"room\"", "conferenceName")
                      .zeebeInputExpression("\"\"", "validFor")
                      .zeebeInputExpression("now() - duration(\"P30D\")", "requestedAt"),
              Map.of());

      assertThat(run.awaitEnd()).isEqualTo("end");
    }

    @Test
    void sendsNothing_whenTheRequestIsTooOld() {
      vobiz.room("MA_1", "room");
      ProcessRun run =
          runTask(
              t ->
                  t.zeebeInputExpression("\"room\"", "conferenceName")
                      .zeebeInputExpression("now() - duration(\"PT61M\")", "requestedAt"),
              Map.of());

      assertThat(run.awaitIncident()).contains("HANG_UP_TOO_LATE");
      assertThat(vobiz.requests()).isEmpty();
    }
  }
}
