package org.conferenceworker.tasks.kick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.CommonResult;
import org.conferenceworker.attempt.Decisions;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.attempt.TaskError;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.camunda.AttemptMemory;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.MemberIds;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.NotItsTurn;
import org.conferenceworker.vobiz.Outcome.RateReached;
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
class KickPolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
  private static final URI BASE_URL = URI.create("https://api.vobiz.ai");
  private static final Subject SUBJECT = subject("17", "18");
  private static final AttemptMemory FRESH = AttemptMemory.NONE;
  private static final AttemptMemory UNSURE = new AttemptMemory(1, true, SUBJECT, null);
  private static final AttemptMemory UNSURE_OF_ANOTHER =
      new AttemptMemory(1, true, subject("18", "17"), null);

  private static Subject subject(String... members) {
    return new Subject(
        Map.of("conferenceName", "Team meeting", "account", "sales", "members", List.of(members)));
  }

  private static Decision decide(
      Outcome outcome, OnNotFound onNotFound, AttemptMemory memory, int retries) {
    Instant requestedAt = NOW.minusSeconds(5);
    var asked =
        new Asked(
            KickNames.TYPE,
            SUBJECT,
            new VobizAccount("sales", "MA_1", "token"),
            new Asked.Timing(requestedAt, requestedAt.plusSeconds(300), Duration.ofSeconds(1)));
    var request =
        new KickRequest(
            asked,
            new ConferenceName("Team meeting"),
            new MemberIds(List.of("17", "18")),
            KickRequest.Mode.KICK,
            onNotFound);
    return new KickPolicy(WorkerProcess.usual())
        .decide(new Attempt(memory, retries, NOW), request, outcome);
  }

  private static ApiAnswer answer(int status) {
    return new ApiAnswer(status, "SOME_CODE", "it broke", "req_1", null, null);
  }

  private static Arguments row(
      String name, Outcome outcome, OnNotFound onNotFound, AttemptMemory memory, String expected) {
    return argumentSet(name, outcome, onNotFound, memory, 3, expected);
  }

  static Stream<Arguments> rows() {
    var error = OnNotFound.ERROR;
    var complete = OnNotFound.COMPLETE;
    var incident = OnNotFound.INCIDENT;
    var gone = new NotFound(answer(404));
    var noRoute = new RouteNotFound(answer(404), BASE_URL);
    var wrongServer = new RouteNotFound(answer(404), BASE_URL, true);
    return Stream.of(
        row("202", new Succeeded(answer(202)), error, FRESH, "complete REMOVED"),
        row("204 in doubt", new Succeeded(answer(204)), error, UNSURE, "complete REMOVED"),
        row("404, error", gone, error, FRESH, "error MEMBER_NOT_FOUND"),
        row("404, complete", gone, complete, FRESH, "complete ALREADY_GONE"),
        row("404, incident", gone, incident, FRESH, "incident"),
        row("404 in doubt", gone, error, UNSURE, "complete REMOVED_BY_EARLIER_ATTEMPT"),
        row("404, doubt of others", gone, error, UNSURE_OF_ANOTHER, "error MEMBER_NOT_FOUND"),
        row("no route, error", noRoute, error, FRESH, "error MEMBER_NOT_FOUND"),
        row("no route, complete", noRoute, complete, FRESH, "incident"),
        row("no route in doubt", noRoute, error, UNSURE, "incident"),
        row("no route, not the API", wrongServer, error, FRESH, "incident"),
        row("dry run", new DryRun(), error, FRESH, "complete DRY_RUN"),
        row("too late", new TooLateToSend(), error, FRESH, "error KICK_TOO_LATE"),
        row("too late in doubt", new TooLateToSend(), error, UNSURE, "error KICK_TOO_LATE"),
        row("401", new CredentialsRefused(answer(401), BASE_URL), error, FRESH, "incident"),
        row("422", new RequestRefused(answer(422)), complete, FRESH, "incident"),
        row("302", new Redirected(answer(302), "evil.example"), error, FRESH, "incident"),
        row("429", new Throttled(answer(429)), error, FRESH, "again, retries 3"),
        row("503", new ServerFailed(answer(503)), error, FRESH, "again, retries 2, in doubt"),
        row(
            "200, error",
            new ServerFailed(answer(200)),
            error,
            FRESH,
            "again, retries 2, in doubt"),
        row("lost", new AnswerLost("reset"), error, FRESH, "again, retries 2, in doubt"),
        row("not connected", new NotConnected("refused"), error, FRESH, "again, retries 2"),
        argumentSet("last", new AnswerLost("reset"), error, FRESH, 1, "incident"),
        row("no permit", new NotItsTurn(), error, FRESH, "again, retries 3"),
        row("rate", new RateReached(Duration.ofSeconds(9)), error, FRESH, "again, retries 3"),
        row("too little time", new TooLittleTime("5 ms"), error, FRESH, "left to the engine"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decidesEachRowOfTheTable(
      Outcome outcome, OnNotFound onNotFound, AttemptMemory memory, int retries, String expected) {
    Decision decision = decide(outcome, onNotFound, memory, retries);

    assertThat(Decisions.inShort(decision, SUBJECT)).isEqualTo(expected);
    String message = Decisions.sentence(decision);
    if (message != null) {
      assertThat(message)
          .contains("members \"17\", \"18\" of conference \"Team meeting\" with account \"sales\"")
          .endsWith(".")
          .doesNotContain("ended or not", "hang up", "hang-up");
    }
  }

  @Test
  void describesTheResult() {
    var complete = (Complete) decide(new Succeeded(answer(202)), OnNotFound.ERROR, FRESH, 3);

    assertThat(complete.variables())
        .containsOnly(
            Map.entry(
                "kickResult",
                new KickResult(
                    KickResult.Outcome.REMOVED,
                    new CommonResult("Team meeting", "sales", 202, "2026-11-22T18:59:55Z", 1),
                    "2026-11-22T19:00:00Z")));
    assertThat(complete.about()).isEqualTo(SUBJECT);
  }

  @Test
  void describesTheErrors() {
    var gone = (ThrowError) decide(new NotFound(answer(404)), OnNotFound.ERROR, FRESH, 3);
    assertThat(gone.variables())
        .containsOnly(
            Map.entry(
                "kickError",
                new TaskError("MEMBER_NOT_FOUND", gone.message(), "Team meeting", "sales", 404)));
    assertThat(gone.lasting()).isTrue();
    var late = (ThrowError) decide(new TooLateToSend(), OnNotFound.ERROR, FRESH, 3);
    assertThat(late.variables())
        .containsOnly(
            Map.entry(
                "kickError",
                new TaskError("KICK_TOO_LATE", late.message(), "Team meeting", "sales", null)));
    assertThat(late.lasting()).isFalse();
    assertThat(late.message()).contains("Nothing was sent");
  }
}
