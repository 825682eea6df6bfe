package org.conferenceworker.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.GeneratedMessage;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What holds for each task, from the engine to the wire and back. */
@ExtendWith(OutputCaptureExtension.class)
class EveryTaskTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPERATORS_KEY = "--vobiz.hang-up-all.accounts=default";

  @RegisterExtension final StandIns standIns = new StandIns("s3cr3t-t0ken");
  private ConfigurableApplicationContext worker;

  @BeforeEach
  void openARoom() {
    standIns.vobiz.room("MA_1", "room", "Ada", "Grace");
    standIns.vobiz.room("MA_1", "bystander", "Alan");
  }

  private void start(String... settings) {
    worker =
        standIns.startWorkerBetween(
            standIns.gateway.address(),
            standIns.vobiz.baseUrl(),
            Stream.concat(Stream.of(OPERATORS_KEY), Stream.of(settings)).toArray(String[]::new));
  }

  private GeneratedMessage reportOf(ActivatedJob job) {
    int before = standIns.gateway.accepted().size();
    standIns.gateway.handOut(job);
    await().until(() -> standIns.gateway.accepted().size() > before);
    return standIns.gateway.accepted().getLast();
  }

  private static JsonNode result(GeneratedMessage report) {
    assertThat(report).isInstanceOf(CompleteJobRequest.class);
    try {
      return JSON.readTree(((CompleteJobRequest) report).getVariables()).elements().next();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String incident(GeneratedMessage report) {
    assertThat(report).isInstanceOf(FailJobRequest.class);
    assertThat(((FailJobRequest) report).getRetries()).isZero();
    return ((FailJobRequest) report).getErrorMessage();
  }

  /** A job and what comes of it. */
  private record Row(ActivatedJob job, String line, String body, String outcome) {}

  private static Stream<Row> requests() {
    String account = "/api/v1/Account/MA_1/Conference/";
    var url = "{\"url\":\"https://example.com/goodbye.mp3\"}";
    return Stream.of(
        new Row(Jobs.HANG_UP.job(101), "DELETE " + account + "room/", "", "ENDED"),
        new Row(Jobs.ANNOUNCE.job(102), "POST " + account + "room/Member/all/Play/", url, "QUEUED"),
        new Row(
            Jobs.ANNOUNCE.job(103, Map.of("members", List.of(2, "1")), Map.of()),
            "POST " + account + "room/Member/2,1/Play/",
            url,
            "QUEUED"),
        new Row(Jobs.LOOK_UP.job(104), "GET " + account + "room/", "", "LIVE"),
        new Row(Jobs.KICK.job(105), "POST " + account + "room/Member/1/Kick/", "{}", "REMOVED"),
        new Row(
            Jobs.KICK.job(106, Map.of("memberIds", List.of("2", "1")), Map.of("mode", "hangUp")),
            "DELETE " + account + "room/Member/2,1/",
            "",
            "REMOVED"),
        new Row(
            Jobs.KICK.job(107, Map.of("memberIds", "all"), Map.of("allowAll", "true")),
            "POST " + account + "room/Member/all/Kick/",
            "{}",
            "REMOVED"),
        new Row(Jobs.HANG_UP_ALL.job(108), "DELETE " + account, "", "ALL_ENDED"));
  }

  @Test
  void sendsItsRequestAndNoOther() {
    start();
    requests()
        .forEach(
            row -> {
              standIns.vobiz.reset();
              openARoom();
              sendsItsRequestAndNoOther(row.job(), row.line(), row.body(), row.outcome());
            });
  }

  private void sendsItsRequestAndNoOther(
      ActivatedJob job, String line, String body, String outcome) {
    assertThat(result(reportOf(job)).get("outcome").asText()).isEqualTo(outcome);

    assertThat(standIns.vobiz.requests()).hasSize(1);
    Request request = standIns.vobiz.requests().getFirst();
    assertThat(request.requestLine()).isEqualTo(line + " HTTP/1.1");
    assertThat(request.body()).isEqualTo(body);
    var headers =
        Stream.of(
            "X-Auth-ID: MA_1",
            "X-Auth-Token: s3cr3t-t0ken",
            "Accept: application/json",
            "Accept-Encoding: identity",
            "Host: 127.0.0.1:" + standIns.vobiz.baseUrl().getPort(),
            "Connection: keep-alive",
            "User-Agent: vobiz-conference-worker");
    var ofTheBody =
        body.isEmpty() ? Stream.<String>of() : Stream.of("Content-Length: " + body.length());
    var type =
        line.startsWith("GET") ? Stream.<String>of() : Stream.of("Content-Type: application/json");
    assertThat(request.headerLines())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(headers, ofTheBody, type).flatMap(h -> h).toList());
    if (!outcome.equals("ALL_ENDED")) {
      assertThat(standIns.vobiz.rooms("MA_1")).contains("bystander");
    }
  }

  @Test
  void sendsNothing_inADryRun() {
    start("--vobiz.dry-run=true");
    for (Jobs task : Jobs.values()) {
      JsonNode result = result(reportOf(task.job(task.ordinal())));

      assertThat(result.get("outcome").asText()).isEqualTo("DRY_RUN");
      assertThat(result.get("httpStatus").isNull()).isTrue();
      assertThat(result.has("conferenceName")).isEqualTo(task != Jobs.HANG_UP_ALL);
      assertThat(standIns.vobiz.requests()).isEmpty();
      assertThat(standIns.vobiz.rooms("MA_1")).containsExactlyInAnyOrder("room", "bystander");
    }
  }

  @Test
  void countsWhatRemovesPeopleAgainstTheLimitPerMinute_andNothingElse() {
    start("--vobiz.guard.max-per-minute=3");

    assertThat(result(reportOf(Jobs.KICK.job(1))).get("outcome").asText()).isEqualTo("REMOVED");
    reportOf(Jobs.ANNOUNCE.job(2));
    reportOf(Jobs.LOOK_UP.job(3));
    reportOf(Jobs.KICK.job(4, Map.of("memberIds", 2), Map.of("mode", "hangUp")));
    reportOf(Jobs.HANG_UP.job(5, Map.of("conferenceName", "bystander"), Map.of()));
    assertThat(standIns.vobiz.requests()).hasSize(5);

    standIns.vobiz.room("MA_1", "room", "Ada");
    for (Jobs held : List.of(Jobs.HANG_UP, Jobs.KICK, Jobs.HANG_UP_ALL)) {
      var report = (FailJobRequest) reportOf(held.job(10 + held.ordinal()));
      assertThat(report.getRetries()).isEqualTo(3);
      assertThat(report.getErrorMessage()).contains("vobiz.guard.max-per-minute");
    }
    assertThat(result(reportOf(Jobs.ANNOUNCE.job(20))).get("outcome").asText()).isEqualTo("QUEUED");
    assertThat(result(reportOf(Jobs.LOOK_UP.job(21))).get("outcome").asText()).isEqualTo("LIVE");
    assertThat(standIns.vobiz.requests()).hasSize(7);
  }

  @Test
  void countsAgainstTheLimitOfCalls() {
    start("--vobiz.limit.calls-per-second=0.01", "--vobiz.http.total-timeout=1s");
    reportOf(Jobs.LOOK_UP.job(100));

    for (Jobs task : Jobs.values()) {
      var report = (FailJobRequest) reportOf(task.job(task.ordinal()));

      assertThat(report.getRetries()).isEqualTo(3);
      assertThat(report.getErrorMessage()).contains("vobiz.limit");
    }
    assertThat(standIns.vobiz.requests()).hasSize(1);
  }

  @Test
  void isKeptToAllowedNames_unlessItOnlyLooks() {
    start("--vobiz.guard.allowed-names=test-*");
    for (Jobs task : Jobs.values()) {
      GeneratedMessage report = reportOf(task.job(task.ordinal()));

      if (task == Jobs.LOOK_UP) {
        assertThat(result(report).get("outcome").asText()).isEqualTo("LIVE");
      } else {
        assertThat(incident(report)).contains("vobiz.guard.allowed-names");
      }
    }
    assertThat(standIns.vobiz.requests()).singleElement().asString().startsWith("GET ");
  }

  @Test
  void removesNobodyFromAProtectedConference() {
    start("--vobiz.guard.protected-names=ROOM");
    for (Jobs task : Jobs.values()) {
      GeneratedMessage report = reportOf(task.job(task.ordinal()));

      switch (task) {
        case LOOK_UP, ANNOUNCE -> assertThat(result(report)).isNotNull();
        case HANG_UP, KICK, HANG_UP_ALL ->
            assertThat(incident(report)).contains("vobiz.guard.protected-names");
      }
    }
    assertThat(standIns.vobiz.requests())
        .extracting(Request::toString)
        .satisfiesExactlyInAnyOrder(
            request -> assertThat(request).startsWith("GET "),
            request -> assertThat(request).contains("/Play/"));
  }

  @Test
  void refusesANameThatCouldMeanMore() {
    start();
    for (Jobs task : List.of(Jobs.HANG_UP, Jobs.ANNOUNCE, Jobs.LOOK_UP, Jobs.KICK)) {
      for (String name : List.of("", ".", "..", "a/../b", "%2e%2e", "x/Member/1")) {
        assertThat(
                incident(
                    reportOf(
                        task.job(
                            task.ordinal() * 100L + name.length(),
                            Map.of("conferenceName", name),
                            Map.of()))))
            .contains("the input \"conferenceName\"");
      }
    }
    assertThat(standIns.vobiz.requests()).isEmpty();
  }

  @Test
  void takesNoUnknownServerForAnAnswer() {
    start();
    standIns.vobiz.always(Replies.json(404, "{\"message\":\"Not Found\"}"));
    for (Jobs task : Jobs.values()) {
      GeneratedMessage report =
          reportOf(task.job(task.ordinal(), Map.of(), Map.of("onNotFound", "complete")));

      if (task == Jobs.ANNOUNCE) {
        assertThat(result(report).get("outcome").asText()).isEqualTo("NOT_PLAYED");
        assertThat(result(report).get("reason").asText()).contains("VOBIZ_BASE_URL");
      } else {
        assertThat(incident(report)).contains("VOBIZ_BASE_URL");
      }
    }
  }

  /** As when something on the way has changed the method, or the status. */
  @Test
  void takesNoBodyForASuccess_thatSaysOtherwise() {
    start();
    for (String body :
        List.of(
            "{\"message\":\"Not Found\"}",
            "{\"message\":\"member not found\"}",
            "{\"status\":\"rejected\"}",
            "{\"conferences\":[\"room\"]}",
            "{\"conference_name\":\"room\",\"members\":[]}")) {
      for (Jobs task : List.of(Jobs.HANG_UP, Jobs.ANNOUNCE, Jobs.KICK, Jobs.HANG_UP_ALL)) {
        standIns.vobiz.misbehaveNext(Replies.json(200, body));

        GeneratedMessage report = reportOf(task.job(body.length() * 10L + task.ordinal()));

        if (task == Jobs.ANNOUNCE) {
          assertThat(result(report).get("outcome").asText()).as(body).isEqualTo("MAYBE_QUEUED");
        } else {
          assertThat(report).as(body).isInstanceOf(FailJobRequest.class);
          assertThat(((FailJobRequest) report).getVariables())
              .contains("\"mayHaveGotThrough\":true");
        }
      }
    }
  }

  @Test
  void showsNoSecret_ofTheAddressOfARecording(CapturedOutput output) {
    start();
    String url = "https://media.example.com/goodbye.mp3?signature=s1gn4ture";
    standIns.vobiz.misbehaveNext(Replies.json(400, "{\"error\":\"cannot fetch " + url + "\"}"));

    JsonNode result =
        result(reportOf(Jobs.ANNOUNCE.job(1, Map.of("announcementUrl", url), Map.of())));
    String refused =
        incident(
            reportOf(
                Jobs.ANNOUNCE.job(
                    2,
                    Map.of("announcementUrl", "https://me:p4ssword@media.example.com/a.mp3"),
                    Map.of())));

    assertThat(result.get("reason").asText())
        .contains("cannot fetch https://media.example.com/***");
    assertThat(refused).contains("has a user name or password");
    assertThat(refused + output.getAll()).doesNotContain("s1gn4ture", "p4ssword");
  }

  @Test
  void showsNoToken_thatSomebodyEntersByMistake(CapturedOutput output) {
    start();

    var reports =
        List.of(
            reportOf(Jobs.HANG_UP_ALL.job(1, Map.of("expectedAuthId", "s3cr3t-t0ken"), Map.of())),
            reportOf(Jobs.HANG_UP_ALL.job(2, Map.of("reason", "s3cr3t-t0ken\n"), Map.of())),
            reportOf(Jobs.KICK.job(3, Map.of("memberIds", "s3cr3t-t0ken"), Map.of())),
            reportOf(Jobs.HANG_UP.job(4, Map.of("conferenceName", "s3cr3t-t0ken"), Map.of())),
            reportOf(Jobs.HANG_UP.job(5, Map.of("account", "s3cr3t-t0ken"), Map.of())));

    assertThat(reports).hasSize(5);
    assertThat(output.getAll()).contains("***").doesNotContain("s3cr3t");
    assertThat(reports)
        .filteredOn(FailJobRequest.class::isInstance)
        .extracting(report -> ((FailJobRequest) report).getErrorMessage())
        .allSatisfy(message -> assertThat(message).doesNotContain("s3cr3t"));
  }

  /** A remembered or entered time must not make it valid for longer. */
  @Test
  void isNotValidForLonger_becauseOfATimeInTheFuture() {
    start();
    var memory = Map.of("made", 1, "requestedAt", "2999-01-01T00:00:00Z", "account", "default");

    JsonNode result =
        result(reportOf(Jobs.HANG_UP_ALL.job(1, Map.of("hangUpAllAttempts", memory), Map.of())));
    assertThat(result.get("requestedAt").asText()).startsWith("20").doesNotStartWith("2999");

    assertThat(
            incident(
                reportOf(
                    Jobs.HANG_UP_ALL.job(
                        2, Map.of("requestedAt", "2998-01-01T00:00:00Z"), Map.of()))))
        .contains("\"requestedAt\"");
  }

  @Test
  void takesARequestTimeOfNow_howeverLongAgoTheFirstAttemptWas() {
    start();
    var memory = Map.of("made", 1, "requestedAt", "2026-01-01T00:00:00Z", "account", "default");

    var late = reportOf(Jobs.HANG_UP_ALL.job(1, Map.of("hangUpAllAttempts", memory), Map.of()));
    assertThat(late.toString()).contains("HANG_UP_ALL_TOO_LATE");

    JsonNode anew =
        result(
            reportOf(
                Jobs.HANG_UP_ALL.job(
                    2,
                    Map.of("hangUpAllAttempts", memory, "requestedAt", Instant.now().toString()),
                    Map.of())));
    assertThat(anew.get("outcome").asText()).isEqualTo("ALL_ENDED");
  }

  @Test
  void tellsThatAnEarlierAttemptMayHaveWorked_whenItRefusesAnInput() {
    start();
    var memory =
        Map.of(
            "made", 1, "mayHaveGotThrough", true, "conferenceName", "room", "account", "default");

    assertThat(
            incident(
                reportOf(
                    Jobs.KICK.job(1, Map.of("memberIds", " ", "kickAttempts", memory), Map.of()))))
        .contains("an earlier attempt may have taken effect", "correct the input");
  }

  @Test
  void countsNoAnnouncementAsASuccess_thatIsNotPlayed() {
    start();
    standIns.vobiz.misbehaveNext(Replies.json(402, "{}"));
    reportOf(Jobs.ANNOUNCE.job(1));

    assertThat(Actuator.scrape(worker))
        .containsEntry(
            "vobiz_conference_announcement_last_success_timestamp_seconds{account=\"default\"}",
            0.0);
  }

  @Test
  void knowsThatAMemberIsGone_fromAnAnswerThatSpeaksOfMembersOnly() {
    start();
    for (String said :
        List.of("member not found", "Member 1 does not exist", "conference not found")) {
      standIns.vobiz.misbehave("room", Replies.json(404, "{\"error\":\"" + said + "\"}"));
      assertThat(
              result(
                      reportOf(
                          Jobs.KICK.job(
                              said.hashCode(), Map.of(), Map.of("onNotFound", "complete"))))
                  .get("outcome")
                  .asText())
          .isEqualTo("ALREADY_GONE");
    }
  }

  @Test
  void recordsWhoEndedEverything_andWhy_onOneLine(CapturedOutput output) {
    start();
    reportOf(Jobs.HANG_UP_ALL.job(1));
    reportOf(Jobs.HANG_UP_ALL.job(2, Map.of("expectedAuthId", "MA_2"), Map.of()));

    var audit =
        output
            .getAll()
            .lines()
            .filter(line -> line.contains("org.conferenceworker.audit"))
            .toList();
    assertThat(audit)
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "requestedBy=\"Ada Lovelace\"",
                        "requestReason=\"Maintenance\"",
                        "jobType=\"vobiz:hang-up-all-conferences:1\"",
                        "account=default"));
    assertThat(audit.getFirst()).contains("outcome=\"ALL_ENDED\"");
    assertThat(audit.getLast())
        .contains("outcome=\"INCIDENT\"", "expectedAuthId")
        .doesNotContain("MA_1");
  }

  @Test
  void recordsWhyAnAnnouncementIsNotPlayed_thoughTheTaskCompletes(CapturedOutput output) {
    start();
    standIns.vobiz.misbehaveNext(Replies.json(402, "{\"error\":\"no balance\"}"));

    reportOf(Jobs.ANNOUNCE.job(1));

    assertThat(output.getAll())
        .contains("outcome=\"NOT_PLAYED\"", "reason=\"Vobiz refused to play the announcement");
  }

  @Test
  void recordsWhichMembersWereRemoved(CapturedOutput output) {
    start();
    reportOf(Jobs.KICK.job(1, Map.of("memberIds", List.of(1, "2")), Map.of()));

    assertThat(output.getAll()).contains("members=\"[1, 2]\"", "conference=\"room\"");
  }

  @Test
  void leavesATaskThatIsSwitchedOffToOtherWorkers() {
    start(
        "--vobiz.tasks.play-announcement.enabled=false",
        "--vobiz.tasks.lookupconference.enabled=off",
        "--vobiz.tasks.kickMember.enabled=no",
        "--vobiz.tasks.hang-up-all-conferences.enabled=FALSE");

    for (Jobs task : Set.of(Jobs.ANNOUNCE, Jobs.LOOK_UP, Jobs.KICK, Jobs.HANG_UP_ALL)) {
      standIns.gateway.handOut(task.job(10 + task.ordinal()));
    }
    assertThat(result(reportOf(Jobs.HANG_UP.job(1))).get("outcome").asText()).isEqualTo("ENDED");
    assertThat(standIns.vobiz.requests()).hasSize(1);
    assertThat(standIns.gateway.accepted()).hasSize(1);
    assertThat(Actuator.get(worker, "health/readiness").body())
        .contains("\"status\":\"UP\"", "hangUpWorker")
        .doesNotContain("kickWorker", "lookUpWorker", "announcementWorker", "hangUpAllWorker");
    assertThat(Actuator.get(worker, "prometheus").body())
        .contains("vobiz_conference_hangup_seconds_count")
        .doesNotContain("vobiz_conference_kick", "vobiz_conference_hangup_all");
  }

  @Test
  void carriesOutTheOtherTasks_whenTheHangUpIsSwitchedOff() {
    start("--vobiz.tasks.hang-up-conference.enabled=false");

    assertThat(result(reportOf(Jobs.LOOK_UP.job(1))).get("outcome").asText()).isEqualTo("LIVE");
    assertThat(Actuator.get(worker, "health/readiness").body())
        .contains("\"status\":\"UP\"")
        .doesNotContain("hangUpWorker");
  }

  @Test
  void doesNotStart_whenEveryTaskIsSwitchedOff() {
    String[] off =
        Stream.of(
                "hang-up-conference",
                "play-announcement",
                "look-up-conference",
                "kick-member",
                "hang-up-all-conferences")
            .map(name -> "--vobiz.tasks." + name + ".enabled=false")
            .toArray(String[]::new);

    assertThatThrownBy(() -> start(off))
        .rootCause()
        .hasMessage("Every task is switched off, so that this worker would have nothing to do.");
  }

  @Test
  void doesNotStart_whenTheKeyForEverythingNamesAnUnknownAccount() {
    assertThatThrownBy(() -> start("--vobiz.hang-up-all.accounts=default,sales"))
        .rootCause()
        .hasMessageContaining("vobiz.hang-up-all.accounts")
        .hasMessageContaining("sales");
  }
}
