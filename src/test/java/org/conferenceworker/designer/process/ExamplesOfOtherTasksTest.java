package org.conferenceworker.designer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conferenceworker.standin.TestBench.DEFAULT;
import static org.conferenceworker.standin.TestBench.SALES;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;
import org.conferenceworker.standin.vobiz.Played;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.conferenceworker.standin.vobiz.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every path of the examples that announce, look, remove one member or end everything. */
class ExamplesOfOtherTasksTest {

  private static final Path ANNOUNCE = Path.of("bpmn/announce-then-hang-up.bpmn");
  private static final Reply BUSY = Replies.json(429, "{}", "Retry-After: 3600");

  private static TestBench bench;

  @BeforeAll
  static void start() {
    bench = TestBench.start("--vobiz.hang-up-all.accounts=sales");
    bench.deploy(
        ANNOUNCE,
        Path.of("bpmn/look-then-decide.bpmn"),
        Path.of("bpmn/look-and-decide.form"),
        Path.of("bpmn/remove-one-member.bpmn"),
        Path.of("bpmn/name-member.form"),
        Path.of("bpmn/hang-up-all-for-maintenance.bpmn"),
        Path.of("bpmn/request-hang-up-all.form"),
        Path.of("bpmn/confirm-hang-up-all.form"));
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

  private boolean isLive() {
    return bench.vobiz.rooms(DEFAULT).contains(room);
  }

  private List<String> sent() {
    return bench.vobiz.requests(room).stream().map(Request::requestLine).toList();
  }

  private static String outcome(ProcessRun run, String result) {
    return run.processVariable(result).get("outcome").asText();
  }

  @Nested
  class AnnounceThenHangUp {

    private static final String URL = "https://media.example.com/goodbye.mp3";

    private Map<String, Object> variables() {
      var variables = new HashMap<String, Object>();
      variables.put("conferenceName", room);
      variables.put("announcementUrl", URL);
      variables.put("announcementDuration", "PT20S");
      return variables;
    }

    private ProcessRun announce() {
      return announce(bench, variables());
    }

    private static ProcessRun announce(TestBench bench, Map<String, Object> variables) {
      return bench.run("announce-then-hang-up", variables);
    }

    /** How long the members have time to listen. */
    private static Duration timeToListen(ProcessRun run) {
      Instant answered =
          Instant.parse(run.processVariable("announcementResult").get("answeredAt").asText());
      return Duration.between(
          answered.truncatedTo(ChronoUnit.MILLIS), run.awaitTimer("AnnouncementOver"));
    }

    private ProcessRun untilItIsHeard() {
      ProcessRun run = announce();
      run.awaitElement("AnnouncementOver");
      return run;
    }

    @Test
    void endsTheConference_whenTheAnnouncementIsOver() {
      ProcessRun run = untilItIsHeard();

      assertThat(bench.vobiz.played(DEFAULT, room))
          .containsExactly(new Played(List.of("all"), URL));
      assertThat(outcome(run, "announcementResult")).isEqualTo("QUEUED");
      assertThat(timeToListen(run)).isGreaterThanOrEqualTo(Duration.ofSeconds(25));
      assertThat(isLive()).isTrue();
      bench.engine.increaseTime(Duration.ofSeconds(26));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(outcome(run, "hangUpResult")).isEqualTo("ENDED");
      assertThat(isLive()).isFalse();
    }

    @Test
    void waitsAMoment_whenNobodyKnowsHowLongTheAnnouncementLasts() {
      var variables = variables();
      variables.remove("announcementDuration");
      ProcessRun run = announce(bench, variables);
      run.awaitElement("AnnouncementOver");

      assertThat(timeToListen(run)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
      bench.engine.increaseTime(Duration.ofSeconds(6));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(isLive()).isFalse();
    }

    @Test
    void endsTheConference_evenAfterALongAnnouncement() {
      var variables = variables();
      variables.put("announcementDuration", "PT30M");
      ProcessRun run = announce(bench, variables);
      run.awaitElement("AnnouncementOver");

      bench.engine.increaseTime(Duration.ofMinutes(31));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(isLive()).isFalse();
    }

    static Stream<Arguments> announcementsThatFail() {
      return Stream.of(
          Arguments.of("MAYBE_QUEUED", Replies.json(500, "{}")),
          Arguments.of("MAYBE_QUEUED", Replies.json(200, "{\"error\":\"failed\"}")),
          Arguments.of("NOT_PLAYED", Replies.json(400, "{}")),
          Arguments.of("NOT_PLAYED", Replies.json(401, "{}")),
          Arguments.of("NOT_PLAYED", Replies.json(404, "{\"message\":\"Not Found\"}")),
          Arguments.of("ALREADY_ENDED", Replies.json(404, "{\"error\":\"conference not found\"}")));
    }

    @ParameterizedTest
    @MethodSource("announcementsThatFail")
    void endsTheConference_whateverBecomesOfTheAnnouncement(String outcome, Reply reply) {
      bench.vobiz.misbehave(room, reply);

      ProcessRun run = untilItIsHeard();
      bench.engine.increaseTime(Duration.ofSeconds(26));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(outcome(run, "announcementResult")).isEqualTo(outcome);
      assertThat(outcome(run, "hangUpResult")).isEqualTo("ENDED");
      assertThat(sent()).hasSize(2);
    }

    @Test
    void endsTheConference_whenVobizIsTooBusyToAnnounce() {
      bench.vobiz.misbehave(room, BUSY);
      ProcessRun run = announce();
      run.awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofSeconds(61));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(outcome(run, "announcementResult")).isEqualTo("NOT_PLAYED");
      assertThat(isLive()).isFalse();
    }

    @Test
    void endsTheConference_whenTheAnnouncementCannotBeUsed() {
      var variables = variables();
      variables.remove("announcementUrl");
      ProcessRun run = announce(bench, variables);
      assertThat(run.awaitIncident()).contains("announcementUrl");
      assertThat(sent()).isEmpty();

      bench.engine.increaseTime(Duration.ofMinutes(3));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(isLive()).isFalse();
    }

    @Test
    void endsTheConference_whenNoWorkerPlaysAnnouncements() {
      try (var silent = TestBench.start("--vobiz.tasks.play-announcement.enabled=false")) {
        silent.deploy(ANNOUNCE);
        silent.vobiz.room(DEFAULT, room, "Ada");
        ProcessRun run = announce(silent, variables());
        run.awaitElement("PlayAnnouncement");

        silent.engine.increaseTime(Duration.ofMinutes(3));

        assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
        assertThat(silent.vobiz.rooms(DEFAULT)).isEmpty();
        assertThat(silent.vobiz.requests()).hasSize(1);
      }
    }

    @Test
    void isContent_whenTheConferenceEndsByItselfMeanwhile() {
      ProcessRun run = untilItIsHeard();
      bench.vobiz.endRoom(DEFAULT, room);

      bench.engine.increaseTime(Duration.ofSeconds(26));

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(outcome(run, "hangUpResult")).isEqualTo("ALREADY_ENDED");
    }

    @Test
    void leavesTheConferenceAlone_whenTheTimerFiresLate() {
      ProcessRun run = untilItIsHeard();

      bench.engine.increaseTime(Duration.ofHours(24));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(isLive()).isTrue();
      assertThat(sent()).hasSize(1);
    }

    @Test
    void doesNotEndAnotherConference_whenItIsTooLate() {
      ProcessRun run = untilItIsHeard();
      bench.vobiz.misbehave(room, BUSY, BUSY, BUSY);
      bench.engine.increaseTime(Duration.ofSeconds(26));
      run.awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofMinutes(11));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(isLive()).isTrue();
      assertThat(run.processVariable("hangUpError").get("code").asText())
          .isEqualTo("HANG_UP_TOO_LATE");
    }
  }

  @Nested
  class LookThenDecide {

    private ProcessRun look() {
      return bench.run("look-then-decide", Map.of("conferenceName", room, "moderator", "ada"));
    }

    private ProcessRun untilThePersonIsAsked() {
      ProcessRun run = look();
      run.awaitUserTask("Decide", 1);
      assertThat(run.assignee("Decide")).isEqualTo("ada");
      return run;
    }

    private void endIt(ProcessRun run) {
      run.completeUserTask("Decide", Map.of("decision", "hangUp", "reason", "Time is up"));
    }

    @Test
    void showsWhatIsKnown_andEndsTheConference_whenThePersonSaysSo() {
      ProcessRun run = untilThePersonIsAsked();
      assertThat(outcome(run, "lookUpResult")).isEqualTo("LIVE");
      assertThat(run.processVariable("lookUpResult").get("members")).hasSize(2);
      assertThat(isLive()).isTrue();

      endIt(run);

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(run.processVariable("reason").asText()).isEqualTo("Time is up");
      assertThat(isLive()).isFalse();
    }

    @Test
    void letsTheConferenceGoOn_whenThePersonSaysSo() {
      ProcessRun run = untilThePersonIsAsked();

      run.completeUserTask("Decide", Map.of("decision", "letGoOn"));

      assertThat(run.awaitEnd()).isEqualTo("GoesOn");
      assertThat(isLive()).isTrue();
    }

    static Stream<Arguments> answersThatProveNothing() {
      return Stream.of(
          Arguments.of("UNKNOWN", Replies.json(200, "{\"error\":\"failed\"}")),
          Arguments.of("NOT_FOUND", Replies.json(404, "{\"error\":\"conference not found\"}")));
    }

    @ParameterizedTest
    @MethodSource("answersThatProveNothing")
    void endsTheConference_whenThePersonSaysSo_whateverTheLookUpSaid(String outcome, Reply reply) {
      bench.vobiz.misbehave(room, reply);
      ProcessRun run = untilThePersonIsAsked();
      assertThat(outcome(run, "lookUpResult")).isEqualTo(outcome);

      endIt(run);

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(isLive()).isFalse();
    }

    @Test
    void asksThePerson_whenTheConferenceCannotBeLookedUp() {
      bench.vobiz.misbehave(room, Replies.json(400, "{}"));
      ProcessRun run = look();
      run.awaitIncident();

      bench.engine.increaseTime(Duration.ofSeconds(61));
      run.awaitUserTask("Decide", 1);
      assertThat(run.processVariable("lookUpResult")).isNull();
      endIt(run);

      assertThat(run.awaitEnd()).isEqualTo("ConferenceEnded");
      assertThat(isLive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT15M", "PT24H"})
    void doesNothing_whenNobodyDecides_orTheTimerFiresLate(Duration later) {
      ProcessRun run = untilThePersonIsAsked();

      bench.engine.increaseTime(later);

      assertThat(run.awaitEnd()).isEqualTo("NotDecided");
      assertThat(isLive()).isTrue();
      assertThat(sent()).hasSize(1);
    }

    @Test
    void seesThatTheConferenceIsGone() {
      ProcessRun run = untilThePersonIsAsked();
      bench.vobiz.endRoom(DEFAULT, room);

      endIt(run);

      assertThat(run.awaitEnd()).isEqualTo("AlreadyGone");
      assertThat(run.processVariable("hangUpError").get("code").asText())
          .isEqualTo("CONFERENCE_NOT_FOUND");
    }

    @Test
    void countsTheValidityFromTheStart_notFromTheDecision() {
      ProcessRun run = untilThePersonIsAsked();
      bench.vobiz.misbehave(room, BUSY, BUSY);
      bench.engine.increaseTime(Duration.ofMinutes(14));
      endIt(run);
      run.awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofMinutes(12));

      assertThat(run.awaitEnd()).isEqualTo("NotHungUp");
      assertThat(isLive()).isTrue();
    }
  }

  @Nested
  class RemoveOneMember {

    private ProcessRun remove(String memberId, String mode) {
      ProcessRun run = bench.run("remove-one-member", Map.of("moderator", "ada"));
      run.awaitUserTask("NameMember", 1);
      assertThat(run.assignee("NameMember")).isEqualTo("ada");
      run.completeUserTask(
          "NameMember", Map.of("conferenceName", room, "memberId", memberId, "mode", mode));
      return run;
    }

    @ParameterizedTest
    @CsvSource({"kick, POST, Kick/, Kicked", "hangUp, DELETE, '', HungUp"})
    void removesTheMember_andLeavesTheOthers(
        String mode, String method, String action, String insideEnd) {
      ProcessRun run = remove("1", mode);

      assertThat(run.awaitEnd()).isEqualTo("MemberRemoved");
      run.awaitElement(insideEnd);
      assertThat(outcome(run, "kickResult")).isEqualTo("REMOVED");
      assertThat(bench.vobiz.members(DEFAULT, room)).containsExactly("2");
      assertThat(sent())
          .singleElement()
          .asString()
          .startsWith(method + " ")
          .contains("/Member/1/" + action + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kick", "hangUp"})
    void seesThatTheMemberIsGone(String mode) {
      ProcessRun run = remove("99", mode);

      assertThat(run.awaitEnd()).isEqualTo("AlreadyGone");
      assertThat(run.processVariable("kickError").get("code").asText())
          .isEqualTo("MEMBER_NOT_FOUND");
      assertThat(bench.vobiz.members(DEFAULT, room)).containsExactly("1", "2");
    }

    @Test
    void seesThatTheConferenceIsGone() {
      bench.vobiz.endRoom(DEFAULT, room);

      assertThat(remove("1", "kick").awaitEnd()).isEqualTo("AlreadyGone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kick", "hangUp"})
    void doesNotRemoveSomebodyElse_whenItIsTooLate(String mode) {
      bench.vobiz.misbehave(room, BUSY, BUSY, BUSY);
      ProcessRun run = remove("1", mode);
      run.awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofMinutes(6));

      assertThat(run.awaitEnd()).isEqualTo("NotRemoved");
      assertThat(run.processVariable("kickError").get("code").asText()).isEqualTo("KICK_TOO_LATE");
      assertThat(bench.vobiz.members(DEFAULT, room)).containsExactly("1", "2");
    }

    @Test
    void countsTheValidityFromTheForm_notFromTheStart() {
      ProcessRun run = bench.run("remove-one-member", Map.of("moderator", "ada"));
      run.awaitUserTask("NameMember", 1);
      bench.engine.increaseTime(Duration.ofHours(2));

      run.completeUserTask(
          "NameMember", Map.of("conferenceName", room, "memberId", "1", "mode", "kick"));

      assertThat(run.awaitEnd()).isEqualTo("MemberRemoved");
    }
  }

  /** With an account of its own, whose conferences no other test needs. */
  @Nested
  class HangUpAllForMaintenance {

    @BeforeEach
    void openRooms() {
      bench.vobiz.room(SALES, "Sales call", "Alan");
      bench.vobiz.room(SALES, "Sales meeting", "Edsger");
    }

    private static ProcessRun request(String authId) {
      ProcessRun run = bench.run("hang-up-all-for-maintenance", Map.of());
      run.awaitUserTask("Request", 1);
      assertThat(run.candidateGroups("Request")).containsExactly("operations");
      run.completeUserTask(
          "Request",
          Map.of(
              "account",
              "sales",
              "expectedAuthId",
              authId,
              "reason",
              "The telephone system is replaced",
              "requestedBy",
              "Ada"));
      run.awaitUserTask("Confirm", 1);
      assertThat(run.candidateGroups("Confirm")).containsExactly("operations-leads");
      return run;
    }

    private static void confirm(ProcessRun run, String name) {
      run.completeUserTask("Confirm", Map.of("confirmed", true, "confirmedBy", name));
    }

    private static long sentToEndAll() {
      return bench.vobiz.requests().stream()
          .filter(r -> r.requestLine().startsWith("DELETE /api/v1/Account/SA_2/Conference/ "))
          .count();
    }

    private static void assertThatNothingEnded() {
      assertThat(bench.vobiz.rooms(SALES)).containsExactly("Sales call", "Sales meeting");
    }

    @Test
    void endsEveryConferenceOfTheAccount_whenASecondPersonConfirms() {
      long before = sentToEndAll();
      ProcessRun run = request(SALES);
      assertThatNothingEnded();
      bench.engine.increaseTime(Duration.ofMinutes(14));

      confirm(run, "Grace");

      assertThat(run.awaitEnd()).isEqualTo("AllEnded");
      assertThat(outcome(run, "hangUpAllResult")).isEqualTo("ALL_ENDED");
      assertThat(bench.vobiz.rooms(SALES)).isEmpty();
      assertThat(isLive()).isTrue();
      assertThat(sentToEndAll()).isEqualTo(before + 1);
      assertThat(run.variable("requestedBy").asText()).isEqualTo("Ada, confirmed by Grace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada", " ada ", "", " "})
    void endsNothing_whenTheSamePersonConfirms_orGivesNoName(String name) {
      long before = sentToEndAll();
      ProcessRun run = request(SALES);

      confirm(run, name);

      assertThat(run.awaitEnd()).isEqualTo("GoesOn");
      assertThat(sentToEndAll()).isEqualTo(before);
      assertThatNothingEnded();
    }

    @Test
    void endsNothing_whenTheSecondPersonDoesNotConfirm() {
      ProcessRun run = request(SALES);

      run.completeUserTask("Confirm", Map.of("confirmed", false));

      assertThat(run.awaitEnd()).isEqualTo("GoesOn");
      assertThatNothingEnded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT15M", "PT24H"})
    void endsNothing_whenNobodyAnswers_orTheTimerFiresLate(Duration later) {
      ProcessRun run = request(SALES);

      bench.engine.increaseTime(later);

      assertThat(run.awaitEnd()).isEqualTo("NotConfirmed");
      assertThatNothingEnded();
    }

    @Test
    void endsNothing_whenItIsTooLate() {
      ProcessRun run = request(SALES);
      bench.vobiz.misbehaveNext(BUSY);
      confirm(run, "Grace");
      run.awaitFailedAttempts(1);

      bench.engine.increaseTime(Duration.ofSeconds(61));

      assertThat(run.awaitEnd()).isEqualTo("NotEnded");
      assertThat(run.processVariable("hangUpAllError").get("code").asText())
          .isEqualTo("HANG_UP_ALL_TOO_LATE");
      assertThatNothingEnded();
    }

    @Test
    void endsNothing_whenTheAuthIdIsNotThatOfTheAccount() {
      long before = sentToEndAll();
      ProcessRun run = request(DEFAULT);

      confirm(run, "Grace");

      assertThat(run.awaitIncident()).contains("expectedAuthId").doesNotContain(SALES);
      assertThat(sentToEndAll()).isEqualTo(before);
      assertThatNothingEnded();
      assertThat(isLive()).isTrue();
    }

    /** Nobody confirms by completing a form that somebody else has filled in. */
    @Test
    void beginsWithFormsThatAreEmpty_whateverTheInstanceIsStartedWith() {
      ProcessRun run =
          bench.run(
              "hang-up-all-for-maintenance",
              Map.of("expectedAuthId", SALES, "confirmed", true, "confirmedBy", "Grace"));
      run.awaitUserTask("Request", 1);
      assertThat(run.variable("expectedAuthId").asText()).isEmpty();

      run.completeUserTask(
          "Request",
          Map.of(
              "account", "sales", "expectedAuthId", SALES, "reason", "None", "requestedBy", "Ada"));
      run.awaitUserTask("Confirm", 1);
      assertThat(run.variable("confirmed").asBoolean()).isFalse();
      assertThat(run.variable("confirmedBy").asText()).isEmpty();
      run.completeUserTask("Confirm", Map.of());

      assertThat(run.awaitEnd()).isEqualTo("GoesOn");
      assertThatNothingEnded();
    }
  }
}
