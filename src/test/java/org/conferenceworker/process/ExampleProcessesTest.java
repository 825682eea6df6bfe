package org.conferenceworker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conferenceworker.standin.TestBench.DEFAULT;
import static org.conferenceworker.standin.TestBench.SALES;

import io.camunda.zeebe.model.bpmn.Bpmn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;
import org.conferenceworker.standin.VobizStandIn.Replies;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every path of every example process in {@code bpmn/}, as it is shipped. */
class ExampleProcessesTest {

  private static TestBench bench;

  @BeforeAll
  static void start() {
    bench = TestBench.start();
    bench.deploy(
        Path.of("bpmn/end-at-scheduled-time.bpmn"),
        Path.of("bpmn/limit-duration.bpmn"),
        Path.of("bpmn/five-more-minutes.form"),
        Path.of("bpmn/emergency-termination.bpmn"),
        Path.of("bpmn/inform-security.form"),
        Path.of("bpmn/end-by-hand.form"),
        Path.of("bpmn/moderator-confirms.bpmn"),
        Path.of("bpmn/confirm-hang-up.form"),
        Path.of("bpmn/clean-up-abandoned-rooms.bpmn"),
        Path.of("bpmn/end-on-condition.bpmn"),
        Path.of("bpmn/hang-up-and-tell.bpmn"));
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  /** Each test has a conference of its own: processes of other tests may still be under way. */
  private String room;

  @BeforeEach
  void openRoom() {
    room = "Room " + UUID.randomUUID();
    bench.vobiz.room(DEFAULT, room, "Ada");
  }

  private boolean isLive() {
    return bench.vobiz.rooms(DEFAULT).contains(room);
  }

  private void letTheRoomEnd() {
    bench.vobiz.endRoom(DEFAULT, room);
  }

  /** The API is too busy until the validity of the request is over. */
  private void keepTheApiBusy() {
    var busy = Replies.json(429, "{}", "Retry-After: 3600");
    bench.vobiz.misbehave(room, busy, busy, busy);
  }

  private void awaitRequests(int requests) {
    await().until(() -> bench.vobiz.requests(room).size() == requests);
  }

  /** Waits until the attempt is reported: until then, moving the clock would end its lease. */
  private void awaitFailedAttempt(ProcessRun run) {
    awaitRequests(1);
    await().until(() -> run.variable("hangUpAttempts") != null);
  }

  @Nested
  class EndAtTheScheduledTime {

    private ProcessRun scheduleIn(Duration time) {
      Instant end = bench.engine.clock().instant().plus(time);
      return bench.run(
          "end-at-scheduled-time", Map.of("conferenceName", room, "scheduledEnd", end.toString()));
    }

    @Test
    void endsTheConference_whenItsTimeHasCome() {
      ProcessRun run = scheduleIn(Duration.ofMinutes(30));
      run.awaitElement("WhatFirst");
      assertThat(isLive()).isTrue();

      bench.engine.increaseTime(Duration.ofMinutes(31));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(isLive()).isFalse();
    }

    @Test
    void isContent_whenTheConferenceIsGoneAtItsTime() {
      letTheRoomEnd();
      ProcessRun run = scheduleIn(Duration.ZERO);

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(run.processVariable("hangUpResult").get("outcome").asText())
          .isEqualTo("ALREADY_ENDED");
    }

    @Test
    void doesNothing_whenTheMeetingEndsByItself() {
      ProcessRun run = scheduleIn(Duration.ofHours(1));

      bench
          .client
          .newPublishMessageCommand()
          .messageName("meeting-ended")
          .correlationKey(room)
          .timeToLive(Duration.ofHours(1))
          .send()
          .join();

      assertThat(run.awaitEnd()).isEqualTo("EndedByItself");
      assertThat(bench.vobiz.requests(room)).isEmpty();
    }

    @Test
    void leavesTheConferenceAlone_whenItIsTooLate() {
      keepTheApiBusy();
      ProcessRun run = scheduleIn(Duration.ZERO);
      awaitFailedAttempt(run);

      bench.engine.increaseTime(Duration.ofMinutes(11));

      assertThat(run.awaitEnd()).isEqualTo("LeftAlone");
      assertThat(isLive()).isTrue();
    }
  }

  @Nested
  class LimitTheDuration {

    private ProcessRun untilTheModeratorIsAsked() {
      ProcessRun run =
          bench.run(
              "limit-duration",
              Map.of("conferenceName", room, "timeLimit", "PT45M", "moderator", "ada"));
      run.awaitElement("TimeLimit");
      bench.engine.increaseTime(Duration.ofMinutes(46));
      run.awaitUserTask("FiveMoreMinutes", 1);
      assertThat(run.assignee("FiveMoreMinutes")).isEqualTo("ada");
      return run;
    }

    @Test
    void isContent_whenTheConferenceIsGone() {
      ProcessRun run = untilTheModeratorIsAsked();
      letTheRoomEnd();

      run.completeUserTask("FiveMoreMinutes", Map.of("moreTime", false));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(run.processVariable("hangUpResult").get("outcome").asText())
          .isEqualTo("ALREADY_ENDED");
    }

    @Test
    void doesNotEndAnotherConference_whenItIsTooLate() {
      ProcessRun run = untilTheModeratorIsAsked();
      keepTheApiBusy();
      run.completeUserTask("FiveMoreMinutes", Map.of("moreTime", false));
      awaitFailedAttempt(run);

      bench.engine.increaseTime(Duration.ofMinutes(11));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(isLive()).isTrue();
    }

    @Test
    void endsTheConference_whenTheModeratorGivesNoMoreTime() {
      ProcessRun run = untilTheModeratorIsAsked();

      run.completeUserTask("FiveMoreMinutes", Map.of("moreTime", false));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(isLive()).isFalse();
    }

    @Test
    void givesFiveMoreMinutes_asOftenAsTheModeratorLikes() {
      ProcessRun run = untilTheModeratorIsAsked();
      for (int round = 1; round <= 2; round++) {
        run.completeUserTask("FiveMoreMinutes", Map.of("moreTime", true));
        run.awaitElement("ExtraTime", round);
        assertThat(isLive()).isTrue();
        bench.engine.increaseTime(Duration.ofMinutes(5));
        run.awaitUserTask("FiveMoreMinutes", round + 1);
      }

      run.completeUserTask("FiveMoreMinutes", Map.of("moreTime", false));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(isLive()).isFalse();
    }

    @Test
    void endsTheConference_whenTheModeratorDoesNotAnswer() {
      ProcessRun run = untilTheModeratorIsAsked();

      bench.engine.increaseTime(Duration.ofMinutes(2));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(isLive()).isFalse();
    }
  }

  @Nested
  class EmergencyTermination {

    private ProcessRun report() {
      bench
          .client
          .newPublishMessageCommand()
          .messageName("conference-emergency")
          .correlationKey("")
          .variables(
              Map.of("conferenceName", room, "reason", "Stranger in the room", "reportedBy", "Ada"))
          .send()
          .join();
      return ProcessRun.awaitStartedWith(bench.engine, "conferenceName", room);
    }

    @Test
    void endsTheConferenceFirst_thenRecordsAndNotifies() {
      ProcessRun run = report();

      run.awaitUserTask("InformSecurity", 1);
      assertThat(run.candidateGroups("InformSecurity")).containsExactly("security");
      assertThat(isLive()).isFalse();
      run.completeUserTask("InformSecurity", Map.of("securityInformed", true));

      assertThat(run.awaitEnd()).isEqualTo("Handled");
      assertThat(run.processVariable("auditRecord").get("reason").asText())
          .isEqualTo("Stranger in the room");
      assertThat(run.processVariable("auditRecord").get("outcome").asText()).isEqualTo("ENDED");
    }

    @Test
    void callsAPersonIn_whenItIsNotDoneWithinTwoMinutes() {
      var busy = Replies.json(429, "{}", "Retry-After: 300");
      bench.vobiz.misbehave(room, busy);
      ProcessRun run = report();
      awaitFailedAttempt(run);

      bench.engine.increaseTime(Duration.ofMinutes(3));
      run.awaitUserTask("EndByHand", 1);
      assertThat(isLive()).isTrue();
      bench.engine.increaseTime(Duration.ofMinutes(3));

      // The hang-up went on meanwhile: both ways come to their end.
      run.awaitUserTask("InformSecurity", 1);
      assertThat(isLive()).isFalse();
      run.completeUserTask("InformSecurity", Map.of("securityInformed", true));
      run.completeUserTask("EndByHand", Map.of("whatWasDone", "It had ended meanwhile."));
      run.awaitEnd();
      run.awaitElement("Escalated");
      run.awaitElement("Handled");
    }

    @Test
    void callsAPersonIn_whenItIsTooLate() {
      keepTheApiBusy();
      ProcessRun run = report();
      awaitFailedAttempt(run);

      bench.engine.increaseTime(Duration.ofMinutes(11));
      run.awaitElement("GivenUp");
      run.awaitUserTask("EndByHand", 1);
      assertThat(run.candidateGroups("EndByHand")).containsExactly("on-call");
      run.completeUserTask("EndByHand", Map.of("whatWasDone", "Ended by hand"));

      run.awaitEnd();
      run.awaitElement("Escalated");
      assertThat(isLive()).isTrue();
    }
  }

  @Nested
  class ModeratorConfirms {

    private ProcessRun ask() {
      ProcessRun run =
          bench.run("moderator-confirms", Map.of("conferenceName", room, "moderator", "ada"));
      run.awaitUserTask("ConfirmHangUp", 1);
      assertThat(run.assignee("ConfirmHangUp")).isEqualTo("ada");
      assertThat(bench.vobiz.requests(room)).isEmpty();
      return run;
    }

    @Test
    void doesNothing_whenTheModeratorDoesNotAnswer() {
      ProcessRun run = ask();

      bench.engine.increaseTime(Duration.ofMinutes(15));

      assertThat(run.awaitEnd()).isEqualTo("NotConfirmed");
      assertThat(bench.vobiz.requests(room)).isEmpty();
    }

    @Test
    void endsTheConference_whenTheModeratorConfirms() {
      ProcessRun run = ask();

      run.completeUserTask("ConfirmHangUp", Map.of("confirmed", true, "reason", "Time is up"));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(run.processVariable("reason").asText()).isEqualTo("Time is up");
      assertThat(isLive()).isFalse();
    }

    @Test
    void letsTheConferenceGoOn_whenTheModeratorCancels() {
      ProcessRun run = ask();

      run.completeUserTask("ConfirmHangUp", Map.of("confirmed", false));

      assertThat(run.awaitEnd()).isEqualTo("GoesOn");
      assertThat(bench.vobiz.requests(room)).isEmpty();
    }

    @Test
    void seesThatTheConferenceIsGone() {
      ProcessRun run = ask();
      letTheRoomEnd();

      run.completeUserTask("ConfirmHangUp", Map.of("confirmed", true, "reason", "Time is up"));

      assertThat(run.awaitEnd()).isEqualTo("AlreadyGone");
    }

    @Test
    void doesNotEndAnotherConference_whenItIsTooLate() {
      ProcessRun run = ask();
      keepTheApiBusy();
      run.completeUserTask("ConfirmHangUp", Map.of("confirmed", true, "reason", "Time is up"));
      awaitFailedAttempt(run);

      bench.engine.increaseTime(Duration.ofMinutes(11));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(isLive()).isTrue();
    }
  }

  @Nested
  class CleanUpAbandonedRooms {

    @Test
    void endsEachRoomThatIsLeft_andSumsUp() {
      bench.vobiz.room(DEFAULT, "Daily stand-up", "Nobody");
      bench.vobiz.room(DEFAULT, "Support hotline", "Nobody");
      bench.vobiz.room(DEFAULT, "Not on the list", "Ada");
      int before = ProcessRun.count(bench.engine, "clean-up-abandoned-rooms");

      bench.engine.increaseTime(Duration.ofHours(24));

      ProcessRun run = ProcessRun.awaitNext(bench.engine, "clean-up-abandoned-rooms", before);
      assertThat(run.awaitEnd()).isEqualTo("CleanedUp");
      var summary = run.processVariable("summary");
      assertThat(summary.get("rooms").asInt()).isEqualTo(3);
      assertThat(summary.get("ended").asInt()).isEqualTo(2);
      assertThat(summary.get("alreadyGone").asInt()).isEqualTo(1);
      assertThat(bench.vobiz.rooms(DEFAULT))
          .contains("Not on the list")
          .doesNotContain("Daily stand-up", "Support hotline");
    }
  }

  @Nested
  class EndOnACondition {

    private ProcessRun run(String caseStatus) {
      return bench.run(
          "end-on-condition", Map.of("conferenceName", room, "caseStatus", caseStatus));
    }

    @Test
    void endsTheConference_whenTheCaseIsClosed() {
      assertThat(run("closed").awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(isLive()).isFalse();
    }

    @Test
    void doesNotEndAnotherConference_whenItIsTooLate() {
      keepTheApiBusy();
      ProcessRun run = run("closed");
      awaitFailedAttempt(run);

      bench.engine.increaseTime(Duration.ofMinutes(61));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(isLive()).isTrue();
    }

    @Test
    void letsTheConferenceGoOn_whenTheCaseIsOpen() {
      assertThat(run("open").awaitEnd()).isEqualTo("GoesOn");
      assertThat(isLive()).isTrue();
    }

    @Test
    void seesThatTheConferenceIsGone() {
      letTheRoomEnd();
      assertThat(run("closed").awaitEnd()).isEqualTo("AlreadyGone");
    }
  }

  @Nested
  class HangUpAndTell {

    /** Calls it as the modeler draws a call activity: only what is mapped comes back. */
    private ProcessRun call(Map<String, ?> variables) {
      bench
          .client
          .newDeployResourceCommand()
          .addProcessModel(
              Bpmn.createExecutableProcess("caller")
                  .startEvent()
                  .callActivity(
                      "call",
                      c ->
                          c.zeebeProcessId("hang-up-and-tell")
                              .zeebePropagateAllChildVariables(false)
                              .zeebeOutputExpression("hangUpResult", "hangUpResult"))
                  .endEvent("end")
                  .done(),
              "caller.bpmn")
          .send()
          .join();
      return bench.run("caller", variables);
    }

    private static String outcome(ProcessRun run) {
      assertThat(run.awaitEnd()).isEqualTo("end");
      return run.processVariable("hangUpResult").get("outcome").asText();
    }

    @Test
    void tellsThatItEndedTheConference() {
      assertThat(outcome(call(Map.of("conferenceName", room)))).isEqualTo("ENDED");
      assertThat(isLive()).isFalse();
    }

    @Test
    void usesTheAccountThatItIsGiven() {
      bench.vobiz.room(SALES, room, "Alan");
      assertThat(outcome(call(Map.of("conferenceName", room, "account", "sales"))))
          .isEqualTo("ENDED");
      assertThat(bench.vobiz.rooms(SALES)).doesNotContain(room);
      assertThat(isLive()).isTrue();
    }

    @Test
    void tellsThatTheConferenceWasNotThere() {
      letTheRoomEnd();
      assertThat(outcome(call(Map.of("conferenceName", room)))).isEqualTo("CONFERENCE_NOT_FOUND");
    }

    @Test
    void tellsThatItWasTooLate() {
      keepTheApiBusy();
      ProcessRun run = call(Map.of("conferenceName", room));
      awaitRequests(1);
      await().until(() -> ProcessRun.anyVariable(bench.engine, "hangUpAttempts", room));

      bench.engine.increaseTime(Duration.ofMinutes(61));

      assertThat(outcome(run)).isEqualTo("HANG_UP_TOO_LATE");
      assertThat(isLive()).isTrue();
    }
  }
}
