package org.conferenceworker.tasks.hangupall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.CommonResult;
import org.conferenceworker.attempt.Decisions;
import org.conferenceworker.attempt.TaskError;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.camunda.AttemptMemory;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.BothKeys;
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
class HangUpAllPolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
  private static final URI BASE_URL = URI.create("https://api.vobiz.ai");
  private static final Subject SUBJECT = new Subject(Map.of("account", "sales"));
  private static final AttemptMemory FRESH = AttemptMemory.NONE;
  private static final AttemptMemory UNSURE = new AttemptMemory(1, true, SUBJECT, null);

  private static Decision decide(Outcome outcome, AttemptMemory memory, int retries) {
    Instant requestedAt = NOW.minusSeconds(5);
    var account = new VobizAccount("sales", "MA_1", "token");
    var asked =
        new Asked(
            HangUpAllNames.TYPE,
            SUBJECT,
            account,
            new Asked.Timing(requestedAt, requestedAt.plusSeconds(60), Duration.ofSeconds(1)));
    var request = new HangUpAllRequest(asked, BothKeys.turn(account, Set.of("sales"), "MA_1"));
    return new HangUpAllPolicy(WorkerProcess.usual())
        .decide(new Attempt(memory, retries, NOW), request, outcome);
  }

  private static ApiAnswer answer(int status) {
    return new ApiAnswer(status, "SOME_CODE", "it broke", "req_1", null, null);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        argumentSet("204", new Succeeded(answer(204)), FRESH, 3, "complete ALL_ENDED"),
        argumentSet("404", new NotFound(answer(404)), FRESH, 3, "incident"),
        argumentSet("404 in doubt", new NotFound(answer(404)), UNSURE, 3, "incident"),
        argumentSet("no route", new RouteNotFound(answer(404), BASE_URL), FRESH, 3, "incident"),
        argumentSet("dry run", new DryRun(), FRESH, 3, "complete DRY_RUN"),
        argumentSet("too late", new TooLateToSend(), FRESH, 3, "error HANG_UP_ALL_TOO_LATE"),
        argumentSet(
            "too late in doubt", new TooLateToSend(), UNSURE, 3, "error HANG_UP_ALL_TOO_LATE"),
        argumentSet("401", new CredentialsRefused(answer(401), BASE_URL), FRESH, 3, "incident"),
        argumentSet("422", new RequestRefused(answer(422)), FRESH, 3, "incident"),
        argumentSet("302", new Redirected(answer(302), null), FRESH, 3, "incident"),
        argumentSet("429", new Throttled(answer(429)), FRESH, 3, "again, retries 3"),
        argumentSet("503", new ServerFailed(answer(503)), FRESH, 3, "again, retries 2, in doubt"),
        argumentSet(
            "200, error", new ServerFailed(answer(200)), FRESH, 3, "again, retries 2, in doubt"),
        argumentSet("lost", new AnswerLost("reset"), FRESH, 3, "again, retries 2, in doubt"),
        argumentSet("lost, last", new AnswerLost("reset"), FRESH, 1, "incident"),
        argumentSet("not connected", new NotConnected("no"), FRESH, 3, "again, retries 2"),
        argumentSet("no permit", new NotItsTurn(), FRESH, 3, "again, retries 3"),
        argumentSet("rate", new RateReached(Duration.ofSeconds(9)), FRESH, 3, "again, retries 3"),
        argumentSet("too little time", new TooLittleTime("5 ms"), FRESH, 3, "left to the engine"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decidesEachRowOfTheTable(
      Outcome outcome, AttemptMemory memory, int retries, String expected) {
    Decision decision = decide(outcome, memory, retries);

    assertThat(Decisions.inShort(decision, SUBJECT)).isEqualTo(expected);
    String message = Decisions.sentence(decision);
    if (message != null) {
      assertThat(message)
          .contains("all conferences of account \"sales\"")
          .endsWith(".")
          .doesNotContain("null", "MA_1");
    }
  }

  @Test
  void describesTheResult() {
    var complete = (Complete) decide(new Succeeded(answer(204)), FRESH, 3);

    assertThat(complete.variables())
        .containsOnly(
            Map.entry(
                "hangUpAllResult",
                new HangUpAllResult(
                    HangUpAllResult.Outcome.ALL_ENDED,
                    new CommonResult(null, "sales", 204, "2026-11-22T18:59:55Z", 1),
                    "2026-11-22T19:00:00Z")));
  }

  @Test
  void describesTheError() {
    var late = (ThrowError) decide(new TooLateToSend(), FRESH, 3);

    assertThat(late.variables())
        .containsOnly(
            Map.entry(
                "hangUpAllError",
                new TaskError("HANG_UP_ALL_TOO_LATE", late.message(), null, "sales", null)));
    assertThat(late.message()).contains("other conferences may be running");
  }
}
