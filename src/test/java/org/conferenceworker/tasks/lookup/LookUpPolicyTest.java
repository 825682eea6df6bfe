package org.conferenceworker.tasks.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.CommonResult;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.camunda.AttemptMemory;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.camunda.Decision.LetLeaseEnd;
import org.conferenceworker.camunda.Decision.RaiseIncident;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.camunda.Decision.TryAgain;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.ApiClients;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.NotItsTurn;
import org.conferenceworker.vobiz.Outcome.Redirected;
import org.conferenceworker.vobiz.Outcome.RequestRefused;
import org.conferenceworker.vobiz.Outcome.RouteNotFound;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.Outcome.Throttled;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;
import org.conferenceworker.vobiz.Outcome.TooLittleTime;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The outcome table, row by row. */
class LookUpPolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
  private static final URI BASE_URL = URI.create("https://api.vobiz.ai");

  private static final String LIVE =
      """
      {"conference_name":"Team meeting","conference_run_time":"590","conference_member_count":"1",
       "members":[{"member_id":"17","muted":false,"deaf":"true","from":"+4930","to":"+4940",
         "caller_name":"Ada","direction":"inbound","call_uuid":"u-1","join_time":"58"}]}""";

  private static Decision decide(Outcome outcome, boolean includeNumbers, int retries) {
    var asked =
        new Asked(
            LookUpNames.TYPE,
            new Subject(Map.of("conferenceName", "Team meeting", "account", "sales")),
            new VobizAccount("sales", "MA_1", "token"),
            new Asked.Timing(NOW.minusSeconds(5), null, Duration.ofSeconds(1)));
    var request = new LookUpRequest(asked, new ConferenceName("Team meeting"), includeNumbers);
    return new LookUpPolicy(WorkerProcess.usual())
        .decide(new Attempt(AttemptMemory.NONE, retries, NOW), request, outcome);
  }

  private static ApiAnswer answer(int status, String body) {
    return new ApiAnswer(
        status,
        "SOME_CODE",
        "it broke",
        "req_1",
        null,
        ApiClients.body(body.getBytes(StandardCharsets.UTF_8)));
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        argumentSet("a conference", new Succeeded(answer(200, LIVE)), 3, "complete LIVE"),
        argumentSet("nothing", new Succeeded(answer(204, "")), 3, "complete UNKNOWN"),
        argumentSet("an object", new Succeeded(answer(200, "{}")), 3, "complete UNKNOWN"),
        argumentSet(
            "another conference",
            new Succeeded(answer(200, LIVE.replace("Team", "team"))),
            3,
            "complete UNKNOWN"),
        argumentSet(
            "200 with an error",
            new ServerFailed(answer(200, "{\"error\":\"failed\"}")),
            3,
            "complete UNKNOWN"),
        argumentSet("404", new NotFound(answer(404, "")), 3, "complete NOT_FOUND"),
        argumentSet(
            "no such route", new RouteNotFound(answer(404, "<html>"), BASE_URL), 3, "incident"),
        argumentSet("401", new CredentialsRefused(answer(401, ""), BASE_URL), 3, "incident"),
        argumentSet("422", new RequestRefused(answer(422, "")), 3, "incident"),
        argumentSet("302", new Redirected(answer(302, ""), "evil.example"), 3, "incident"),
        argumentSet("429", new Throttled(answer(429, "")), 3, "again, retries 3"),
        argumentSet("503", new ServerFailed(answer(503, "")), 3, "again, retries 2"),
        argumentSet("503, last", new ServerFailed(answer(503, "")), 1, "incident"),
        argumentSet("lost", new AnswerLost("reset"), 3, "again, retries 2"),
        argumentSet("not connected", new NotConnected("refused"), 3, "again, retries 2"),
        argumentSet("no permit", new NotItsTurn(), 3, "again, retries 3"),
        argumentSet("too little time", new TooLittleTime("5 ms"), 3, "left to the engine"),
        argumentSet("too late", new TooLateToSend(), 3, "left to the engine"),
        argumentSet("dry run", new DryRun(), 3, "complete DRY_RUN"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decidesEachRowOfTheTable(Outcome outcome, int retries, String expected) {
    Decision decision = decide(outcome, false, retries);

    assertThat(
            switch (decision) {
              case Complete d -> "complete " + d.label();
              case ThrowError d -> "error " + d.code();
              case RaiseIncident d -> "incident";
              case LetLeaseEnd d -> "left to the engine";
              case TryAgain d -> "again, retries " + d.retries();
            })
        .isEqualTo(expected);
    if (decision instanceof RaiseIncident incident) {
      assertThat(incident.message())
          .contains("look up", "\"Team meeting\"", "\"sales\"")
          .doesNotContain("ended or not", "hang up");
    }
  }

  private static LookUpResult result(Outcome outcome, boolean includeNumbers) {
    var complete = (Complete) decide(outcome, includeNumbers, 3);
    return (LookUpResult) complete.variables().get("lookUpResult");
  }

  @Test
  void describesALiveConference_withNumbersAsNumbers_andWithoutPersonalData() {
    var result = result(new Succeeded(answer(200, LIVE)), false);

    assertThat(result)
        .isEqualTo(
            new LookUpResult(
                LookUpResult.Outcome.LIVE,
                new CommonResult("Team meeting", "sales", 200, "2026-11-22T18:59:55Z", 1),
                "2026-11-22T19:00:00Z",
                1L,
                590L,
                result.members()));
    assertThat(result.members())
        .containsExactly(
            Map.of(
                "memberId",
                "17",
                "muted",
                false,
                "deaf",
                true,
                "direction",
                "inbound",
                "callUuid",
                "u-1",
                "joinedSecondsAgo",
                58L));
  }

  @Test
  void addsPersonalData_onlyIfAskedFor() {
    assertThat(result(new Succeeded(answer(200, LIVE)), true).members().getFirst())
        .containsEntry("from", "+4930")
        .containsEntry("to", "+4940")
        .containsEntry("callerName", "Ada");
  }

  @Test
  void claimsNothing_whenItDoesNotKnow() {
    for (var outcome :
        new Outcome[] {
          new NotFound(answer(404, "")), new Succeeded(answer(200, "{}")), new DryRun()
        }) {
      var result = result(outcome, true);
      assertThat(result.memberCount()).isNull();
      assertThat(result.runTimeSeconds()).isNull();
      assertThat(result.members()).isNull();
    }
    assertThat(result(new DryRun(), false).answeredAt()).isNull();
  }
}
