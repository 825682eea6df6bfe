package org.conferenceworker.designer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conferenceworker.standin.TestBench.DEFAULT;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;
import org.conferenceworker.standin.vobiz.CallbackOptions;
import org.conferenceworker.standin.vobiz.CallbackOptions.Moment;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every path of the example that ends a conference and waits until it is empty. */
class EndAndWaitUntilEmptyTest {

  private static final Duration A_MINUTE = Duration.ofSeconds(61);
  private static final Duration THE_ANNOUNCEMENT = Duration.ofSeconds(26);

  private static TestBench bench;

  @BeforeAll
  static void start() {
    bench = TestBench.start();
    deployTo(bench);
  }

  private static void deployTo(TestBench bench) {
    bench.deploy(
        Path.of("bpmn/end-and-wait-until-empty.bpmn"), Path.of("bpmn/see-why-not-empty.form"));
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
    bench.vobiz.room(DEFAULT, room, "Ada", "Grace");
  }

  private Map<String, Object> variables() {
    var variables = new HashMap<String, Object>();
    variables.put("conferenceName", room);
    variables.put("announcementUrl", "https://media.example.com/goodbye.mp3");
    variables.put("announcementDuration", "PT20S");
    return variables;
  }

  private static ProcessRun run(Map<String, Object> variables) {
    return bench.run("end-and-wait-until-empty", variables);
  }

  private ProcessRun untilTheAnnouncementPlays() {
    ProcessRun run = run(variables());
    run.awaitElement("AnnouncementOver");
    return run;
  }

  private ProcessRun untilItWaits() {
    ProcessRun run = untilTheAnnouncementPlays();
    bench.engine.increaseTime(THE_ANNOUNCEMENT);
    run.awaitTimer("NotEmptyInTime");
    return run;
  }

  private ProcessRun untilAPersonIsCalledIn() {
    ProcessRun run = untilItWaits();
    aMinutePasses(run);
    return run;
  }

  private static void aMinutePasses(ProcessRun run) {
    bench.engine.increaseTime(A_MINUTE);
    run.awaitUserTask("SeeWhy", 1);
    assertThat(run.candidateGroups("SeeWhy")).containsExactly("on-call");
  }

  private static void complete(ProcessRun run) {
    run.completeUserTask("SeeWhy", Map.of("whatWasFound", "Nobody is in it"));
  }

  private EmptyMessage empty() {
    return EmptyMessage.of(bench, room);
  }

  private boolean isLive() {
    return bench.vobiz.rooms(DEFAULT).contains(room);
  }

  private List<String> hangUps() {
    return bench.vobiz.requests(room).stream()
        .map(Request::requestLine)
        .filter(line -> line.startsWith("DELETE "))
        .toList();
  }

  private static String outcome(ProcessRun run) {
    return run.processVariable("hangUpResult").get("outcome").asText();
  }

  @Test
  void knowsThatEverybodyHasLeft_whenVobizReportsItAfterTheHangUp() {
    ProcessRun run = untilItWaits();
    assertThat(isLive()).isFalse();
    EmptyMessage message = empty();

    message.publish(bench);

    assertThat(run.awaitEnd()).isEqualTo("ConferenceEmpty");
    assertThat(message.isIn(run)).isTrue();
    assertThat(outcome(run)).isEqualTo("ENDED");
  }

  @Test
  void knowsThatEverybodyHasLeft_whenVobizReportsItBeforeItAnswersTheHangUp() {
    var answer = new CountDownLatch(1);
    try {
      ProcessRun run = untilTheAnnouncementPlays();
      bench.vobiz.misbehave(room, Replies.when(answer, Replies.empty(204)));
      bench.engine.increaseTime(THE_ANNOUNCEMENT);
      run.awaitElement("HangUpConference");
      EmptyMessage message = empty();

      message.publish(bench);
      answer.countDown();

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEmpty");
      assertThat(message.isIn(run)).isTrue();
      assertThat(outcome(run)).isEqualTo("ENDED");
    } finally {
      answer.countDown();
    }
  }

  @Test
  void callsAPersonIn_whenVobizReportsNothingWithinAMinute() {
    ProcessRun run = untilAPersonIsCalledIn();

    complete(run);

    assertThat(run.awaitEnd()).isEqualTo("ClosedByPerson");
    assertThat(run.processVariable("whatWasFound").asText()).isEqualTo("Nobody is in it");
    assertThat(run.processVariable("conferenceEvent")).isNull();
  }

  @Test
  void takesTheTaskBack_whenVobizReportsItAfterAll() {
    ProcessRun run = untilAPersonIsCalledIn();
    EmptyMessage message = empty();

    message.publish(bench);

    assertThat(run.awaitEnd()).isEqualTo("EmptyAfterAll");
    assertThat(message.isIn(run)).isTrue();
  }

  @Test
  void doesNotWait_whenTheConferenceHadEnded() {
    ProcessRun run = untilTheAnnouncementPlays();
    bench.vobiz.endRoom(DEFAULT, room);

    bench.engine.increaseTime(THE_ANNOUNCEMENT);

    assertThat(run.awaitEnd()).isEqualTo("HadEnded");
    assertThat(run.processVariable("hangUpError").get("code").asText())
        .isEqualTo("CONFERENCE_NOT_FOUND");
  }

  @Test
  void callsAPersonIn_whenTheTimerFiresLate() {
    ProcessRun run = untilTheAnnouncementPlays();
    bench.engine.increaseTime(Duration.ofHours(24));
    run.awaitUserTask("SeeWhy", 1);
    assertThat(outcome(run)).isEqualTo("HANG_UP_TOO_LATE");
    assertThat(hangUps()).isEmpty();

    complete(run);

    assertThat(run.awaitEnd()).isEqualTo("ClosedByPerson");
    assertThat(isLive()).isTrue();
  }

  @Test
  void takesTheTaskBack_whenTheConferenceEndsByItselfAfterItWasTooLateToHangUp() {
    ProcessRun run = untilTheAnnouncementPlays();
    var busy = Replies.json(429, "{}", "Retry-After: 3600");
    bench.vobiz.misbehave(room, busy, busy, busy);
    bench.engine.increaseTime(THE_ANNOUNCEMENT);
    run.awaitFailedAttempts(1);
    bench.engine.increaseTime(Duration.ofMinutes(11));
    run.awaitUserTask("SeeWhy", 1);

    empty().publish(bench);

    assertThat(run.awaitEnd()).isEqualTo("EmptyAfterAll");
    assertThat(outcome(run)).isEqualTo("HANG_UP_TOO_LATE");
  }

  @Test
  void hangsUp_whenTheAnnouncementCannotBeUsed() {
    var variables = variables();
    variables.remove("announcementUrl");
    ProcessRun run = run(variables);
    run.awaitIncident();

    bench.engine.increaseTime(Duration.ofMinutes(3));
    run.awaitTimer("NotEmptyInTime");
    assertThat(isLive()).isFalse();
    empty().publish(bench);

    assertThat(run.awaitEnd()).isEqualTo("ConferenceEmpty");
  }

  @Test
  void waitsForThisConference_notForOneOfAnotherName() {
    ProcessRun run = untilItWaits();

    EmptyMessage.of(bench, room + " ").publish(bench);
    EmptyMessage.of(bench, room.toUpperCase()).publish(bench);

    aMinutePasses(run);
    assertThat(run.processVariable("conferenceEvent")).isNull();
  }

  @Test
  void hangsUp_evenWhileTheMessageOfTheLastMeetingOfThatNameIsKept() {
    EmptyMessage last = empty();
    last.publish(bench);

    ProcessRun run = untilTheAnnouncementPlays();
    bench.engine.increaseTime(THE_ANNOUNCEMENT);

    // The trap that the guide tells of: it is taken for the message of this meeting.
    assertThat(run.awaitEnd()).isEqualTo("ConferenceEmpty");
    assertThat(last.isIn(run)).isTrue();
    assertThat(hangUps()).hasSize(1);
    assertThat(isLive()).isFalse();
  }

  @Test
  void doesNotTakeTheMessageOfTheLastMeetingOfThatName_whenItsTwoMinutesAreOver() {
    empty().publish(bench);
    bench.engine.increaseTime(EmptyMessage.TIME_TO_LIVE.plusSeconds(1));

    ProcessRun run = untilAPersonIsCalledIn();

    assertThat(run.processVariable("conferenceEvent")).isNull();
  }

  @Test
  void doesNotTakeTheMessageThatAnotherInstanceHasTaken() {
    ProcessRun first = untilItWaits();
    empty().publish(bench);
    assertThat(first.awaitEnd()).isEqualTo("ConferenceEmpty");
    bench.vobiz.room(DEFAULT, room, "Ada");

    ProcessRun second = untilAPersonIsCalledIn();

    assertThat(second.processVariable("conferenceEvent")).isNull();
  }

  @Test
  void isContentWithOneMessage_whenVobizReportsItTwice() {
    ProcessRun run = untilItWaits();
    EmptyMessage message = empty();
    message.publish(bench);

    assertThatThrownBy(() -> message.publish(bench)).hasMessageContaining("ALREADY_EXISTS");

    assertThat(run.awaitEnd()).isEqualTo("ConferenceEmpty");
    bench.vobiz.room(DEFAULT, room, "Ada");
    assertThat(untilAPersonIsCalledIn().processVariable("conferenceEvent")).isNull();
  }

  /** The whole loop: the API calls the worker, and the worker publishes the message. */
  @ParameterizedTest
  @EnumSource(
      value = Moment.class,
      names = {"BEFORE_ANSWER", "AFTER_ANSWER"})
  void knowsThatEverybodyHasLeft_whenVobizCallsTheWorker(Moment moment) {
    try (var closed = TestBench.startWithEvents()) {
      deployTo(closed);
      closed.vobiz.callbackOptions(CallbackOptions.asVobizDoes().with(moment));
      closed.vobiz.room(DEFAULT, room, "Ada", "Grace");
      ProcessRun run = closed.run("end-and-wait-until-empty", variables());
      run.awaitElement("AnnouncementOver");

      closed.engine.increaseTime(THE_ANNOUNCEMENT);

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEmpty");
      assertThat(run.processVariable("conferenceEvent").get("conferenceName").asText())
          .isEqualTo(room);
      assertThat(closed.vobiz.rooms(DEFAULT)).isEmpty();
    }
  }
}
