package org.conferenceworker.designer.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.util.Map;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A look-up in a process, on the embedded engine. */
class LookUpConferenceProcessTest {

  private static TestBench bench;

  @BeforeAll
  static void start() {
    bench =
        TestBench.start("--vobiz.guard.protected-names=Board*", "--vobiz.guard.allowed-names=x");
    for (String header : new String[] {"none", "true", "maybe"}) {
      var task =
          Bpmn.createExecutableProcess("look-up-" + header)
              .startEvent()
              .serviceTask("LookUp")
              .zeebeJobType("vobiz:look-up-conference:1")
              .zeebeInputExpression("conferenceName", "conferenceName");
      var process =
          (header.equals("none") ? task : task.zeebeTaskHeader("includeNumbers", header))
              .endEvent("Known")
              .done();
      bench
          .client
          .newDeployResourceCommand()
          .addProcessModel(process, "look-up-" + header + ".bpmn")
          .send()
          .join();
    }
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void reset() {
    bench.vobiz.reset();
  }

  private static ProcessRun run(String header, String conference) {
    return bench.run("look-up-" + header, Map.of("conferenceName", conference));
  }

  @Test
  void tellsWhoIsInTheConference_andChangesNothing() {
    bench.vobiz.room(TestBench.DEFAULT, "Board call", "Ada", "Grace");

    ProcessRun run = run("none", "Board call");

    assertThat(run.awaitEnd()).isEqualTo("Known");
    JsonNode result = run.processVariable("lookUpResult");
    assertThat(result.get("outcome").asText()).isEqualTo("LIVE");
    assertThat(result.get("memberCount").isNumber()).isTrue();
    assertThat(result.get("memberCount").asInt()).isEqualTo(2);
    assertThat(result.get("runTimeSeconds").asInt()).isEqualTo(590);
    assertThat(result.get("members")).hasSize(2);
    assertThat(result.toString()).doesNotContain("Ada", "+49");
    assertThat(bench.vobiz.requests())
        .extracting(Request::requestLine)
        .containsExactly("GET /api/v1/Account/MA_1/Conference/Board%20call/ HTTP/1.1");
    assertThat(bench.vobiz.requests().getFirst().header("Content-Length")).isNull();
    assertThat(bench.vobiz.rooms(TestBench.DEFAULT)).containsExactly("Board call");
  }

  @Test
  void tellsPhoneNumbers_ifAskedFor() {
    bench.vobiz.room(TestBench.DEFAULT, "room", "Ada");

    ProcessRun run = run("true", "room");

    assertThat(run.awaitEnd()).isEqualTo("Known");
    assertThat(run.processVariable("lookUpResult").at("/members/0/callerName").asText())
        .isEqualTo("Ada");
  }

  @Test
  void goesOn_whenThereIsNoConference_orVobizDoesNotKnow() {
    ProcessRun gone = run("none", "gone");
    assertThat(gone.awaitEnd()).isEqualTo("Known");
    assertThat(gone.processVariable("lookUpResult").get("outcome").asText()).isEqualTo("NOT_FOUND");

    bench.vobiz.misbehave("room", Replies.json(200, "{\"error\":\"failed\"}"));
    ProcessRun unknown = run("none", "room");
    assertThat(unknown.awaitEnd()).isEqualTo("Known");
    assertThat(unknown.processVariable("lookUpResult").get("outcome").asText())
        .isEqualTo("UNKNOWN");
  }

  @Test
  void raisesAnIncident_forAHeaderThatIsNotKnown() {
    assertThat(run("maybe", "room").awaitIncident())
        .contains("\"includeNumbers\" (\"maybe\") is not known", "true, false", "look up");
    assertThat(bench.vobiz.requests()).isEmpty();
  }
}
