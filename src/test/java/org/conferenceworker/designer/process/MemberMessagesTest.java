package org.conferenceworker.designer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conferenceworker.standin.TestBench.DEFAULT;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.util.Map;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the designer's guide says of the messages about members. */
class MemberMessagesTest {

  private static final String JOINED = "vobiz-member-joined";
  private static final String LEFT = "vobiz-member-left";
  private static final String ROOM = "Team meeting";

  private static TestBench bench;

  @BeforeAll
  static void start() {
    bench = TestBench.startWithEvents("--vobiz.events.publish=empty, member-joined, member-left");
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void reset() {
    bench.vobiz.reset();
  }

  private static void deploy(BpmnModelInstance process) {
    bench.client.newDeployResourceCommand().addProcessModel(process, "process.bpmn").send().join();
  }

  private static void awaitInstances(int number) {
    await().until(() -> ProcessRun.count(bench.engine, "somebody-is-in") == number);
  }

  private static void awaitCallbacks(int number) {
    await()
        .until(
            () ->
                bench.vobiz.callbacksSent().stream().filter(sent -> sent.isAccepted()).count()
                    == number);
  }

  @Test
  void startOneInstanceForAConference_untilThatHasEnded() {
    deploy(
        Bpmn.createExecutableProcess("somebody-is-in")
            .startEvent()
            .message(JOINED)
            .intermediateCatchEvent("Wait")
            .message(
                m -> m.name("done").zeebeCorrelationKeyExpression("conferenceEvent.conferenceName"))
            .endEvent("Done")
            .done());
    bench.vobiz.room(DEFAULT, ROOM, "Ada", "Grace");
    awaitCallbacks(2);
    awaitInstances(1);
    ProcessRun first = ProcessRun.awaitNext(bench.engine, "somebody-is-in", 0);
    first.awaitElement("Wait");
    assertThat(first.processVariable("conferenceEvent").get("event").asText())
        .isEqualTo("member-joined");

    bench.client.newPublishMessageCommand().messageName("done").correlationKey(ROOM).send().join();

    assertThat(first.awaitEnd()).isEqualTo("Done");
    awaitInstances(2);
  }

  @Test
  void reachAnEventSubprocess_forEachMemberAnew() {
    deploy(
        Bpmn.createExecutableProcess("who-leaves")
            .eventSubProcess(
                "EachOne",
                each ->
                    each.startEvent("MemberLeft")
                        .interrupting(false)
                        .message(m -> m.name(LEFT).zeebeCorrelationKeyExpression("conferenceName"))
                        .zeebeOutputExpression("conferenceEvent", "conferenceEvent")
                        .endEvent("Left"))
            .startEvent()
            .intermediateCatchEvent("GoesOn", e -> e.timerWithDuration("PT24H"))
            .endEvent()
            .done());
    String room = "Sales meeting";
    bench.vobiz.room(DEFAULT, room, "Ada", "Grace");
    ProcessRun run = bench.run("who-leaves", Map.of("conferenceName", room));
    run.awaitElement("GoesOn");

    bench.vobiz.leave(DEFAULT, room, "1");
    run.awaitElement("Left", 1);
    assertThat(run.variable("conferenceEvent").get("memberId").asText()).isEqualTo("1");
    bench.vobiz.leave(DEFAULT, room, "2");
    run.awaitElement("Left", 2);

    assertThat(run.variable("conferenceEvent").get("memberId").asText()).isEqualTo("2");
    assertThat(run.variable("conferenceEvent").get("lastMember").asBoolean()).isTrue();
  }
}
