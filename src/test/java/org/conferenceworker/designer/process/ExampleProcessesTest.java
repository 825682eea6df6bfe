package org.conferenceworker.designer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conferenceworker.standin.TestBench.DEFAULT;
import static org.conferenceworker.standin.TestBench.SALES;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        Path.of("bpmn/hang-up-and-tell.bpmn"),
        Path.of("bpmn/hang-up-each.bpmn"));
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

  private void openTheSameRoomAgain() {
    bench.vobiz.room(DEFAULT, room, "Grace");
  }

  private void letTheRoomEnd() {
    bench.vobiz.endRoom(DEFAULT, room);
  }

  /** The API is too busy until the validity of the request is over. */
  private void keepTheApiBusy() {
    var busy = Replies.json(429, "{}", "Retry-After: 3600");
    bench.vobiz.misbehave(room, busy, busy, busy);
  }

  /** Says that a meeting has ended by itself, to whoever listens within the next hour. */
  private static void publishMeetingEnded(String meetingId) {
    bench
        .client
        .newPublishMessageCommand()
        .messageName("meeting-ended")
        .correlationKey(meetingId)
        .timeToLive(Duration.ofHours(1))
        .send()
        .join();
  }

  private static String outcome(ProcessRun run) {
    return run.processVariable("hangUpResult").get("outcome").asText();
  }

  private void assertThatNothingWasSent() {
    assertThat(bench.vobiz.requests(room)).isEmpty();
    assertThat(isLive()).isTrue();
  }

  @Nested
  class EndAtTheScheduledTime {

    private final String meeting = UUID.randomUUID().toString();

    private ProcessRun scheduleIn(Duration time) {
      return schedule(meeting, time);
    }

    private ProcessRun schedule(String meetingId, Duration time) {
      Instant end = bench.engine.clock().instant().plus(time);
      return bench.run(
          "end-at-scheduled-time",
          Map.of("conferenceName", room, "meetingId", meetingId, "scheduledEnd", end.toString()));
    }

    @Test
    void endsTheConference_whenItsTimeHasCome() {
      ProcessRun run = scheduleIn(Duration.ofMinutes(30));
      run.awaitElement("ScheduledEnd");
      assertThat(isLive()).isTrue();

      bench.engine.increaseTime(Duration.ofMinutes(31));
      run.awaitTimer("NotEmptyInTime");
      assertThat(isLive()).isFalse();
      EmptyMessage message = EmptyMessage.of(bench, room);
      message.publish(bench);

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEmpty");
      assertThat(message.isIn(run)).isTrue();
      assertThat(outcome(run)).isEqualTo("ENDED");
    }

    @Test
    void comesToAnEnd_whenVobizReportsNothing() {
      ProcessRun run = scheduleIn(Duration.ZERO);
      run.awaitTimer("NotEmptyInTime");

      bench.engine.increaseTime(Duration.ofSeconds(61));

      assertThat(run.awaitEnd()).isEqualTo("NotConfirmed");
      assertThat(outcome(run)).isEqualTo("ENDED");
      assertThat(isLive()).isFalse();
    }

    /** A test call before the meeting leaves an empty room behind, too. */
    @Test
    void endsTheConference_evenIfItWasEmptyBeforeItsTime() {
      ProcessRun run = scheduleIn(Duration.ofMinutes(30));
      run.awaitElement("ScheduledEnd");
      EmptyMessage.of(bench, room).publish(bench);

      bench.engine.increaseTime(Duration.ofMinutes(31));
      run.awaitTimer("NotEmptyInTime");
      assertThat(isLive()).isFalse();
      bench.engine.increaseTime(Duration.ofSeconds(61));

      assertThat(run.awaitEnd()).isEqualTo("NotConfirmed");
      assertThat(run.processVariable("conferenceEvent")).isNull();
    }

    @Test
    void doesNothingMore_whenTheMeetingSaysThatItEndedWhileTheReportIsAwaited() {
      ProcessRun run = scheduleIn(Duration.ZERO);
      run.awaitTimer("NotEmptyInTime");

      publishMeetingEnded(meeting);

      assertThat(run.awaitEnd()).isEqualTo("EndedByItself");
    }

    @Test
    void leavesTheConferenceAlone_whenTheTimerFiresLate() {
      ProcessRun run = scheduleIn(Duration.ofMinutes(30));
      run.awaitElement("ScheduledEnd");

      bench.engine.increaseTime(Duration.ofHours(24));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThatNothingWasSent();
    }

    @Test
    void endsTheNextMeetingOfThatName_inItsOwnTime_whenTheLastOneSaidLateThatItEnded() {
      ProcessRun last = scheduleIn(Duration.ZERO);
      last.awaitTimer("NotEmptyInTime");
      bench.engine.increaseTime(Duration.ofSeconds(61));
      assertThat(last.awaitEnd()).isEqualTo("NotConfirmed");
      publishMeetingEnded(meeting);
      publishMeetingEnded(room);
      openTheSameRoomAgain();

      ProcessRun next = schedule(UUID.randomUUID().toString(), Duration.ofMinutes(30));
      next.awaitElement("ScheduledEnd");
      assertThat(isLive()).isTrue();
      bench.engine.increaseTime(Duration.ofMinutes(31));
      next.awaitTimer("NotEmptyInTime");
      EmptyMessage.of(bench, room).publish(bench);

      assertThat(next.awaitEnd()).isEqualTo("ConferenceEmpty");
      assertThat(isLive()).isFalse();
    }

    @Test
    void triesNoLonger_whenTheMeetingEndsByItselfMeanwhile() {
      keepTheApiBusy();
      ProcessRun run = scheduleIn(Duration.ZERO);
      run.awaitFailedAttempts(1);

      publishMeetingEnded(meeting);

      assertThat(run.awaitEnd()).isEqualTo("EndedByItself");
    }

    @Test
    void doesNotWait_whenTheConferenceIsGoneAtItsTime() {
      letTheRoomEnd();
      ProcessRun run = scheduleIn(Duration.ZERO);

      assertThat(run.awaitEnd()).isEqualTo("HadEnded");
      assertThat(run.processVariable("hangUpError").get("code").asText())
          .isEqualTo("CONFERENCE_NOT_FOUND");
    }

    @Test
    void doesNothing_whenTheMeetingEndsByItself() {
      ProcessRun run = scheduleIn(Duration.ofHours(1));

      publishMeetingEnded(meeting);

      assertThat(run.awaitEnd()).isEqualTo("EndedByItself");
      assertThat(bench.vobiz.requests(room)).isEmpty();
    }

    @Test
    void leavesTheConferenceAlone_whenItIsTooLate() {
      keepTheApiBusy();
      ProcessRun run = scheduleIn(Duration.ZERO);
      run.awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofMinutes(11));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(isLive()).isTrue();
    }
  }

  @Nested
  class LimitTheDuration {

    private final String meeting = UUID.randomUUID().toString();

    private ProcessRun untilTheModeratorIsAsked() {
      return untilTheModeratorIsAsked(Duration.ofMinutes(46));
    }

    private ProcessRun untilTheModeratorIsAsked(Duration afterTheStart) {
      ProcessRun run = start();
      run.awaitElement("TimeLimit");
      bench.engine.increaseTime(afterTheStart);
      run.awaitUserTask("FiveMoreMinutes", 1);
      assertThat(run.assignee("FiveMoreMinutes")).isEqualTo("ada");
      return run;
    }

    private ProcessRun start() {
      return bench.run(
          "limit-duration",
          Map.of(
              "conferenceName",
              room,
              "meetingId",
              meeting,
              "timeLimit",
              "PT45M",
              "moderator",
              "ada"));
    }

    @Test
    void leavesTheConferenceAlone_whenTheTimerFiresLate_andNobodyAnswers() {
      ProcessRun run = untilTheModeratorIsAsked(Duration.ofHours(24));

      bench.engine.increaseTime(Duration.ofMinutes(2));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThatNothingWasSent();
    }

    @Test
    void leavesTheConferenceAlone_whenTheTimerFiresLate_andTheModeratorSaysNo() {
      ProcessRun run = untilTheModeratorIsAsked(Duration.ofHours(24));

      run.completeUserTask("FiveMoreMinutes", Map.of("moreTime", false));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThatNothingWasSent();
    }

    @Test
    void leavesTheConferenceAlone_whenTheExtraTimeIsOverLate() {
      ProcessRun run = untilTheModeratorIsAsked();
      run.completeUserTask("FiveMoreMinutes", Map.of("moreTime", true));
      run.awaitElement("ExtraTime");

      bench.engine.increaseTime(Duration.ofHours(24));
      run.awaitUserTask("FiveMoreMinutes", 2);
      run.completeUserTask("FiveMoreMinutes", Map.of("moreTime", false));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThatNothingWasSent();
    }

    @Test
    void doesNothing_whenTheMeetingEndsByItself() {
      ProcessRun run = start();
      run.awaitElement("TimeLimit");

      publishMeetingEnded(meeting);

      assertThat(run.awaitEnd()).isEqualTo("EndedByItself");
      assertThat(bench.vobiz.requests(room)).isEmpty();
    }

    @Test
    void doesNothing_whenTheMeetingEndsByItselfWhileTheModeratorIsAsked() {
      ProcessRun run = untilTheModeratorIsAsked();

      publishMeetingEnded(meeting);

      assertThat(run.awaitEnd()).isEqualTo("EndedByItself");
      assertThat(bench.vobiz.requests(room)).isEmpty();
    }

    @Test
    void isContent_whenTheConferenceIsGone() {
      ProcessRun run = untilTheModeratorIsAsked();
      letTheRoomEnd();

      run.completeUserTask("FiveMoreMinutes", Map.of("moreTime", false));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(outcome(run)).isEqualTo("ALREADY_ENDED");
    }

    @Test
    void doesNotEndAnotherConference_whenItIsTooLate() {
      ProcessRun run = untilTheModeratorIsAsked();
      keepTheApiBusy();
      run.completeUserTask("FiveMoreMinutes", Map.of("moreTime", false));
      run.awaitFailedAttempts(1);

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
      return report(bench.engine.clock().instant());
    }

    private ProcessRun report(Instant reportedAt) {
      bench
          .client
          .newPublishMessageCommand()
          .messageName("conference-emergency")
          .correlationKey("")
          .variables(
              Map.of(
                  "conferenceName",
                  room,
                  "reason",
                  "Stranger in the room",
                  "reportedBy",
                  "Ada",
                  "reportedAt",
                  reportedAt.toString()))
          .send()
          .join();
      return ProcessRun.awaitStartedWith(bench.engine, "conferenceName", room);
    }

    private static void nothingIsReported(ProcessRun run) {
      run.awaitTimer("NotEmptyInTime");
      bench.engine.increaseTime(Duration.ofSeconds(121));
      run.awaitElement("NotConfirmed");
    }

    private static void informSecurity(ProcessRun run) {
      run.completeUserTask("InformSecurity", Map.of("securityInformed", true));
    }

    private static JsonNode recorded(ProcessRun run, String field) {
      return run.processVariable("auditRecord").get(field);
    }

    @Test
    void endsTheConferenceFirst_thenRecordsAndNotifies() {
      ProcessRun run = report();

      run.awaitUserTask("InformSecurity", 1);
      assertThat(run.candidateGroups("InformSecurity")).containsExactly("security");
      assertThat(isLive()).isFalse();
      nothingIsReported(run);
      informSecurity(run);

      assertThat(run.awaitEnd()).isEqualTo("Handled");
      assertThat(recorded(run, "reason").asText()).isEqualTo("Stranger in the room");
      assertThat(recorded(run, "outcome").asText()).isEqualTo("ENDED");
      assertThat(recorded(run, "emptyAt").isNull()).isTrue();
    }

    @Test
    void recordsThatEverybodyHasLeft_evenAfterSecurityKnows() {
      ProcessRun run = report();
      run.awaitUserTask("InformSecurity", 1);
      informSecurity(run);
      run.awaitElement("Handled");
      EmptyMessage message = EmptyMessage.of(bench, room);

      message.publish(bench);

      assertThat(run.awaitEnd()).isEqualTo("KnownEmpty");
      assertThat(recorded(run, "emptyAt").asText()).isEqualTo(message.receivedAt());
      assertThat(recorded(run, "outcome").asText()).isEqualTo("ENDED");
    }

    @Test
    void recordsThatEverybodyHasLeft_beforeTheHangUpIsAnswered() {
      var answer = new CountDownLatch(1);
      try {
        bench.vobiz.misbehave(room, Replies.when(answer, Replies.empty(204)));
        ProcessRun run = report();
        run.awaitElement("HangUpConference");
        EmptyMessage message = EmptyMessage.of(bench, room);

        message.publish(bench);
        answer.countDown();

        run.awaitElement("KnownEmpty");
        run.awaitUserTask("InformSecurity", 1);
        assertThat(message.isIn(run)).isTrue();
        informSecurity(run);
        assertThat(run.awaitEnd()).isEqualTo("Handled");
        assertThat(recorded(run, "emptyAt").asText()).isEqualTo(message.receivedAt());
      } finally {
        answer.countDown();
      }
    }

    @Test
    void callsAPersonIn_whenItIsNotDoneWithinTwoMinutes() {
      var busy = Replies.json(429, "{}", "Retry-After: 300");
      bench.vobiz.misbehave(room, busy);
      ProcessRun run = report();
      run.awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofMinutes(3));
      run.awaitUserTask("EndByHand", 1);
      assertThat(isLive()).isTrue();
      bench.engine.increaseTime(Duration.ofMinutes(3));

      // The hang-up went on meanwhile: both ways come to their end.
      run.awaitUserTask("InformSecurity", 1);
      assertThat(isLive()).isFalse();
      nothingIsReported(run);
      informSecurity(run);
      run.completeUserTask("EndByHand", Map.of("whatWasDone", "It had ended meanwhile."));
      run.awaitEnd();
      run.awaitElement("Escalated");
      run.awaitElement("Handled");
    }

    @Test
    void callsAPersonIn_thenRecordsAndInforms_whenItIsTooLate() {
      keepTheApiBusy();
      ProcessRun run = report();
      run.awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofMinutes(11));
      run.awaitUserTask("EndByHand", 1);
      assertThat(run.candidateGroups("EndByHand")).containsExactly("on-call");
      run.completeUserTask("EndByHand", Map.of("whatWasDone", "Ended by hand"));
      run.awaitElement("Escalated");
      informSecurityThatItIsTooLate(run);
    }

    @Test
    void endsNothing_butRecordsAndInforms_whenTheReportArrivesLate() {
      ProcessRun run = report(bench.engine.clock().instant().minus(Duration.ofHours(1)));

      informSecurityThatItIsTooLate(run);
      assertThatNothingWasSent();
    }

    private void informSecurityThatItIsTooLate(ProcessRun run) {
      run.awaitUserTask("InformSecurity", 1);
      assertThat(outcome(run)).isEqualTo("HANG_UP_TOO_LATE");
      assertThat(recorded(run, "outcome").asText()).isEqualTo("HANG_UP_TOO_LATE");
      assertThat(recorded(run, "at").isNull()).isFalse();
      nothingIsReported(run);
      informSecurity(run);
      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(isLive()).isTrue();
    }

    @Test
    void endsTheConference_whenTheReportDoesNotSayWhenItWasMade() {
      bench
          .client
          .newPublishMessageCommand()
          .messageName("conference-emergency")
          .correlationKey("")
          .variables(Map.of("conferenceName", room, "reason", "Stranger", "reportedBy", "Ada"))
          .send()
          .join();

      ProcessRun.awaitStartedWith(bench.engine, "conferenceName", room)
          .awaitUserTask("InformSecurity", 1);
      assertThat(isLive()).isFalse();
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
    void doesNothing_whenTheTimerForTheAnswerFiresLate() {
      ProcessRun run = ask();

      bench.engine.increaseTime(Duration.ofHours(24));

      assertThat(run.awaitEnd()).isEqualTo("NotConfirmed");
      assertThatNothingWasSent();
    }

    @Test
    void countsTheValidityFromTheQuestion_notFromTheAnswer() {
      ProcessRun run = ask();
      keepTheApiBusy();
      bench.engine.increaseTime(Duration.ofMinutes(14));
      run.completeUserTask("ConfirmHangUp", Map.of("confirmed", true, "reason", "Time is up"));
      run.awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofMinutes(12));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(isLive()).isTrue();
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
      run.awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofMinutes(26));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(isLive()).isTrue();
    }
  }

  @Nested
  class CleanUpAbandonedRooms {

    /** The answer that Vobiz gives to a look-up of a conference that may well be live. */
    private static final Reply UNKNOWN = Replies.json(200, "{\"error\":\"failed\"}");

    private static final String[] LISTED = {"Daily stand-up", "Sales call", "Support hotline"};

    /** The night's instance, which the engine starts so long after three o'clock. */
    private static ProcessRun start(TestBench bench, Duration late) {
      int before = ProcessRun.count(bench.engine, "clean-up-abandoned-rooms");
      ZonedDateTime now = bench.engine.clock().instant().atZone(ZoneId.systemDefault());
      ZonedDateTime three = now.truncatedTo(ChronoUnit.DAYS).withHour(3);
      ZonedDateTime next = three.isAfter(now) ? three : three.plusDays(1);
      bench.engine.increaseTime(Duration.between(now, next).plus(late));
      return ProcessRun.awaitNext(bench.engine, "clean-up-abandoned-rooms", before);
    }

    private static List<String> notHungUp(ProcessRun run) {
      return named(run, "notHungUp");
    }

    private static List<String> named(ProcessRun run, String field) {
      return run.processVariable("summary").get(field).valueStream().map(JsonNode::asText).toList();
    }

    @BeforeEach
    void openAndCloseRooms() {
      for (String name : LISTED) {
        bench.vobiz.misbehave(name);
        bench.vobiz.endRoom(DEFAULT, name);
      }
      bench.vobiz.room(DEFAULT, "Daily stand-up", "Nobody");
      bench.vobiz.room(DEFAULT, "Support hotline", "Nobody");
    }

    @Test
    void endsEachRoomThatIsLeft_andSumsUp() {
      ProcessRun run = start(bench, Duration.ofMinutes(1));

      assertThat(run.awaitEnd()).isEqualTo("CleanedUp");
      var summary = run.processVariable("summary");
      assertThat(summary.get("rooms").asInt()).isEqualTo(3);
      assertThat(summary.get("ended").asInt()).isEqualTo(2);
      assertThat(summary.get("alreadyGone").asInt()).isEqualTo(1);
      assertThat(summary.get("dryRun").asInt()).isZero();
      assertThat(notHungUp(run)).isEmpty();
      assertThat(bench.vobiz.rooms(DEFAULT))
          .contains(room)
          .doesNotContain("Daily stand-up", "Support hotline");
    }

    private static long hangUps() {
      return bench.vobiz.requests().stream()
          .filter(request -> request.requestLine().startsWith("DELETE "))
          .count();
    }

    @Test
    void leavesARoomAlone_whenTwoMembersAreInIt_andNamesIt() {
      bench.vobiz.room(DEFAULT, "Daily stand-up", "Ada", "Grace");

      ProcessRun run = start(bench, Duration.ofMinutes(1));

      assertThat(run.awaitEnd()).isEqualTo("CleanedUp");
      assertThat(named(run, "leftAlone")).containsExactly("Daily stand-up");
      assertThat(notHungUp(run)).isEmpty();
      assertThat(run.processVariable("summary").get("ended").asInt()).isEqualTo(1);
      assertThat(bench.vobiz.rooms(DEFAULT))
          .contains("Daily stand-up")
          .doesNotContain("Support hotline");
    }

    static Stream<Reply> nothingThatSparesARoom() {
      return Stream.of(
          UNKNOWN,
          Replies.json(404, "{\"error\":\"conference not found\"}"),
          Replies.json(200, "{\"conference_name\":\"Daily stand-up\",\"members\":[]}"));
    }

    @ParameterizedTest
    @MethodSource("nothingThatSparesARoom")
    void endsARoom_whenTheLookUpDoesNotShowTwoMembers(Reply lookedUp) {
      bench.vobiz.room(DEFAULT, "Daily stand-up", "Ada", "Grace");
      bench.vobiz.misbehave("Daily stand-up", lookedUp);

      ProcessRun run = start(bench, Duration.ofMinutes(1));

      assertThat(run.awaitEnd()).isEqualTo("CleanedUp");
      assertThat(run.processVariable("summary").get("ended").asInt()).isEqualTo(2);
      assertThat(named(run, "leftAlone")).isEmpty();
      assertThat(bench.vobiz.rooms(DEFAULT)).doesNotContain("Daily stand-up");
    }

    @Test
    void endsARoom_whenItCannotBeLookedUp() {
      bench.vobiz.misbehave("Daily stand-up", Replies.json(400, "{}"));
      ProcessRun run = start(bench, Duration.ofMinutes(1));
      run.awaitIncident();
      assertThat(bench.vobiz.rooms(DEFAULT)).contains("Daily stand-up");

      bench.engine.increaseTime(Duration.ofMinutes(6));

      assertThat(run.awaitEnd()).isEqualTo("CleanedUp");
      assertThat(run.processVariable("summary").get("ended").asInt()).isEqualTo(2);
      assertThat(bench.vobiz.rooms(DEFAULT)).doesNotContain("Daily stand-up");
    }

    /** At five, at eleven, and at one in the following night. */
    @ParameterizedTest
    @ValueSource(ints = {2, 8, 22})
    void endsNoMeetingOfTheDay_whenTheTimerFiresLate(int hours) {
      long before = hangUps();

      ProcessRun run = start(bench, Duration.ofHours(hours));

      assertThat(run.awaitEnd()).isEqualTo("CleanedUp");
      assertThat(notHungUp(run)).containsExactly(LISTED);
      assertThat(hangUps()).isEqualTo(before);
      assertThat(bench.vobiz.rooms(DEFAULT)).contains("Daily stand-up", "Support hotline");
    }

    @Test
    void endsTheOthers_andGivesUpInTheEnd_whenOneRoomIsBusyAndOneHasAnIncident() {
      bench.vobiz.misbehave("Sales call", UNKNOWN, Replies.json(400, "{}"));
      bench.vobiz.misbehave(
          "Support hotline", UNKNOWN, Replies.json(429, "{}", "Retry-After: 3600"));
      ProcessRun run = start(bench, Duration.ofMinutes(1));
      run.awaitIncident();
      run.awaitFailedAttempts(2);
      run.awaitElement("ConferenceEnded");

      bench.engine.increaseTime(Duration.ofMinutes(60));
      run.awaitElement("NotHungUp");
      bench.engine.increaseTime(Duration.ofMinutes(31));

      assertThat(run.awaitEnd()).isEqualTo("CleanedUp");
      assertThat(run.processVariable("summary").get("ended").asInt()).isEqualTo(1);
      assertThat(notHungUp(run)).containsExactly("Sales call", "Support hotline");
    }

    @Test
    void countsADryRunAsOne() {
      try (var rehearsal = TestBench.start("--vobiz.dry-run=true")) {
        rehearsal.deploy(Path.of("bpmn/clean-up-abandoned-rooms.bpmn"));

        ProcessRun run = start(rehearsal, Duration.ofMinutes(1));

        assertThat(run.awaitEnd()).isEqualTo("CleanedUp");
        assertThat(run.processVariable("summary").get("dryRun").asInt()).isEqualTo(3);
        assertThat(run.processVariable("summary").get("ended").asInt()).isZero();
      }
    }
  }

  @Nested
  class EndOnACondition {

    private ProcessRun run(String caseStatus) {
      return run(caseStatus, bench.engine.clock().instant());
    }

    private ProcessRun run(String caseStatus, Instant changedAt) {
      return bench.run(
          "end-on-condition",
          Map.of(
              "conferenceName", room, "caseStatus", caseStatus, "changedAt", changedAt.toString()));
    }

    @Test
    void leavesTheConferenceAlone_whenTheChangeIsKnownLate() {
      Instant yesterday = bench.engine.clock().instant().minus(Duration.ofHours(24));

      assertThat(run("closed", yesterday).awaitEnd()).isEqualTo("NotHungUp");
      assertThatNothingWasSent();
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
      run.awaitFailedAttempts(1);

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

    private static String outcomeAtTheEnd(ProcessRun run) {
      assertThat(run.awaitEnd()).isEqualTo("end");
      return outcome(run);
    }

    @Test
    void tellsThatItEndedTheConference() {
      assertThat(outcomeAtTheEnd(call(Map.of("conferenceName", room)))).isEqualTo("ENDED");
      assertThat(isLive()).isFalse();
    }

    @Test
    void usesTheAccountThatItIsGiven() {
      bench.vobiz.room(SALES, room, "Alan");
      assertThat(outcomeAtTheEnd(call(Map.of("conferenceName", room, "account", "sales"))))
          .isEqualTo("ENDED");
      assertThat(bench.vobiz.rooms(SALES)).doesNotContain(room);
      assertThat(isLive()).isTrue();
    }

    @Test
    void tellsThatTheConferenceWasNotThere() {
      letTheRoomEnd();
      assertThat(outcomeAtTheEnd(call(Map.of("conferenceName", room))))
          .isEqualTo("CONFERENCE_NOT_FOUND");
    }

    @Test
    void tellsThatItWasTooLate() {
      keepTheApiBusy();
      ProcessRun run = call(Map.of("conferenceName", room));
      await().until(() -> run.called().size() == 1);
      run.called().getFirst().awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofMinutes(61));

      assertThat(outcomeAtTheEnd(run)).isEqualTo("HANG_UP_TOO_LATE");
      assertThat(isLive()).isTrue();
    }

    @Test
    void tellsThatItWasTooLate_countedFromTheMomentThatItIsGiven() {
      String planned = bench.engine.clock().instant().minus(Duration.ofHours(2)).toString();

      assertThat(outcomeAtTheEnd(call(Map.of("conferenceName", room, "countedFrom", planned))))
          .isEqualTo("HANG_UP_TOO_LATE");
      assertThatNothingWasSent();
    }
  }

  @Nested
  class HangUpEach {

    @Test
    void endsEach_andTellsWhatCameOfIt_whateverComesOfTheOthers() {
      var rooms = List.of(room, room + " gone", room + " throttled", room + " busy");
      bench.vobiz.room(DEFAULT, rooms.get(2), "Alan");
      bench.vobiz.room(DEFAULT, rooms.get(3), "Grace");
      bench.vobiz.misbehave(rooms.get(2), Replies.json(429, "{}", "Retry-After: 60"));
      bench.vobiz.misbehave(rooms.get(3), Replies.json(429, "{}", "Retry-After: 3600"));

      ProcessRun run = bench.run("hang-up-each", Map.of("conferenceNames", rooms));
      await().until(() -> run.called().size() == 4);
      assertThat(run.called().get(0).awaitEnd()).isEqualTo("Ended");
      assertThat(run.called().get(1).awaitEnd()).isEqualTo("WasNotThere");
      run.called().get(2).awaitFailedAttempts(1);
      run.called().get(3).awaitFailedAttempts(1);
      bench.engine.increaseTime(Duration.ofMinutes(2));
      assertThat(run.called().get(2).awaitEnd()).isEqualTo("Ended");
      bench.engine.increaseTime(Duration.ofMinutes(60));

      assertThat(run.awaitEnd()).isEqualTo("EachTold");
      JsonNode results = run.processVariable("results");
      assertThat(results.findValuesAsText("outcome"))
          .containsExactly("ENDED", "CONFERENCE_NOT_FOUND", "ENDED", "HANG_UP_TOO_LATE");
      assertThat(results.findValuesAsText("conferenceName")).containsExactlyElementsOf(rooms);
      assertThat(bench.vobiz.rooms(DEFAULT))
          .contains(rooms.get(3))
          .doesNotContain(rooms.get(0), rooms.get(2));
    }
  }
}
