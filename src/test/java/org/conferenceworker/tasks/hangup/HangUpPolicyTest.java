package org.conferenceworker.tasks.hangup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conferenceworker.attempt.OnNotFound.COMPLETE;
import static org.conferenceworker.attempt.OnNotFound.ERROR;
import static org.conferenceworker.attempt.OnNotFound.INCIDENT;
import static org.conferenceworker.tasks.hangup.HangUpResult.Outcome.ALREADY_ENDED;
import static org.conferenceworker.tasks.hangup.HangUpResult.Outcome.ENDED;
import static org.conferenceworker.tasks.hangup.HangUpResult.Outcome.ENDED_BY_EARLIER_ATTEMPT;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.Backoff;
import org.conferenceworker.attempt.CommonResult;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.attempt.TaskError;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.camunda.AttemptMemory;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.camunda.Decision.LetLeaseEnd;
import org.conferenceworker.camunda.Decision.RaiseIncident;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.camunda.Decision.TryAgain;
import org.conferenceworker.camunda.Decision.TryAgain.Reason;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.ConferenceName;
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
class HangUpPolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
  private static final URI BASE_URL = URI.create("https://api.vobiz.ai");

  /** A back-off of exactly the ceiling: 1 s, 2 s, 4 s … */
  private static final HangUpPolicy POLICY =
      new HangUpPolicy(new UsualDecisions(new Backoff(Duration.ofSeconds(60), most -> most)));

  private static final AttemptMemory FRESH = AttemptMemory.NONE;
  private static final Subject SUBJECT = subject("Team meeting", "sales");
  private static final AttemptMemory UNSURE = new AttemptMemory(1, true, SUBJECT, null);
  private static final AttemptMemory SURE = new AttemptMemory(1, false, SUBJECT, null);
  private static final AttemptMemory UNSURE_OF_ANOTHER =
      new AttemptMemory(1, true, subject("Team meting", "sales"), null);
  private static final AttemptMemory UNSURE_IN_ANOTHER_ACCOUNT =
      new AttemptMemory(1, true, subject("Team meeting", "default"), null);

  private static Subject subject(String conference, String account) {
    return new Subject(Map.of("conferenceName", conference, "account", account));
  }

  private static HangUpRequest request(OnNotFound onNotFound, Duration validFor) {
    Instant requestedAt = NOW.minusSeconds(5);
    var asked =
        new Asked(
            HangUpNames.TYPE,
            SUBJECT,
            new VobizAccount("sales", "MA_1", "token"),
            new Asked.Timing(
                requestedAt,
                validFor == null ? null : requestedAt.plus(validFor),
                Duration.ofSeconds(1)));
    return new HangUpRequest(asked, new ConferenceName("Team meeting"), onNotFound);
  }

  private static Decision decide(
      Outcome outcome, OnNotFound onNotFound, AttemptMemory memory, int retries) {
    return POLICY.decide(
        new Attempt(memory, retries, NOW), request(onNotFound, Duration.ofHours(1)), outcome);
  }

  private static ApiAnswer answer(int status) {
    return new ApiAnswer(status, "SOME_CODE", "it broke", "req_1", null, null);
  }

  private static ApiAnswer waitFor(int status, long seconds) {
    return new ApiAnswer(status, null, null, null, Duration.ofSeconds(seconds), null);
  }

  private static HangUpResult result(Decision decision) {
    return (HangUpResult) ((Complete) decision).variables().get("hangUpResult");
  }

  private static TaskError error(ThrowError decision) {
    return (TaskError) decision.variables().get("hangUpError");
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        // outcome, onNotFound, memory, retries left, expected decision in short
        argumentSet("204", new Succeeded(answer(204)), ERROR, FRESH, 3, "complete ENDED"),
        argumentSet("dry run", new DryRun(), ERROR, FRESH, 3, "complete DRY_RUN"),
        argumentSet(
            "204 after doubt", new Succeeded(answer(204)), ERROR, UNSURE, 3, "complete ENDED"),
        argumentSet(
            "404, error", new NotFound(answer(404)), ERROR, FRESH, 3, "error CONFERENCE_NOT_FOUND"),
        argumentSet(
            "404, complete",
            new NotFound(answer(404)),
            COMPLETE,
            FRESH,
            3,
            "complete ALREADY_ENDED"),
        argumentSet("404, incident", new NotFound(answer(404)), INCIDENT, FRESH, 3, "incident"),
        argumentSet(
            "404 after an attempt that was not sent",
            new NotFound(answer(404)),
            ERROR,
            SURE,
            3,
            "error CONFERENCE_NOT_FOUND"),
        argumentSet(
            "404 after doubt, error",
            new NotFound(answer(404)),
            ERROR,
            UNSURE,
            3,
            "complete ENDED_BY_EARLIER_ATTEMPT"),
        argumentSet(
            "404 after doubt, complete",
            new NotFound(answer(404)),
            COMPLETE,
            UNSURE,
            3,
            "complete ENDED_BY_EARLIER_ATTEMPT"),
        argumentSet(
            "404 after doubt, incident",
            new NotFound(answer(404)),
            INCIDENT,
            UNSURE,
            3,
            "complete ENDED_BY_EARLIER_ATTEMPT"),
        argumentSet(
            "404 after doubt about another conference, error",
            new NotFound(answer(404)),
            ERROR,
            UNSURE_OF_ANOTHER,
            3,
            "error CONFERENCE_NOT_FOUND"),
        argumentSet(
            "404 after doubt about another account, complete",
            new NotFound(answer(404)),
            COMPLETE,
            UNSURE_IN_ANOTHER_ACCOUNT,
            3,
            "complete ALREADY_ENDED"),
        argumentSet(
            "no route, error",
            new RouteNotFound(answer(404), BASE_URL),
            ERROR,
            FRESH,
            3,
            "error CONFERENCE_NOT_FOUND"),
        argumentSet(
            "no route, as the check found, error",
            new RouteNotFound(answer(404), BASE_URL, true),
            ERROR,
            FRESH,
            3,
            "incident"),
        argumentSet(
            "no route, complete",
            new RouteNotFound(answer(404), BASE_URL),
            COMPLETE,
            FRESH,
            3,
            "incident"),
        argumentSet(
            "no route, incident",
            new RouteNotFound(answer(404), BASE_URL),
            INCIDENT,
            FRESH,
            3,
            "incident"),
        argumentSet(
            "no route after doubt, error",
            new RouteNotFound(answer(404), BASE_URL),
            ERROR,
            UNSURE,
            3,
            "incident"),
        argumentSet(
            "no route after doubt, complete",
            new RouteNotFound(answer(404), BASE_URL),
            COMPLETE,
            UNSURE,
            3,
            "incident"),
        argumentSet(
            "401", new CredentialsRefused(answer(401), BASE_URL), ERROR, FRESH, 3, "incident"),
        argumentSet(
            "403", new CredentialsRefused(answer(403), BASE_URL), ERROR, FRESH, 3, "incident"),
        argumentSet("422", new RequestRefused(answer(422)), ERROR, FRESH, 3, "incident"),
        argumentSet(
            "302", new Redirected(answer(302), "evil.example"), ERROR, FRESH, 3, "incident"),
        argumentSet(
            "429", new Throttled(answer(429)), ERROR, FRESH, 3, "again, retries 3, wait 1, sure"),
        argumentSet(
            "429, the last retry",
            new Throttled(answer(429)),
            ERROR,
            FRESH,
            1,
            "again, retries 1, wait 1, sure"),
        argumentSet(
            "429 after doubt",
            new Throttled(answer(429)),
            ERROR,
            UNSURE,
            3,
            "again, retries 3, wait 2, unsure"),
        argumentSet(
            "429 after doubt about another conference, which is kept",
            new Throttled(answer(429)),
            ERROR,
            UNSURE_OF_ANOTHER,
            3,
            "again, retries 3, wait 2, unsure"),
        argumentSet(
            "429 with Retry-After",
            new Throttled(waitFor(429, 30)),
            ERROR,
            FRESH,
            3,
            "again, retries 3, wait 30, sure"),
        argumentSet(
            "429 with a short Retry-After",
            new Throttled(waitFor(429, 1)),
            ERROR,
            UNSURE,
            3,
            "again, retries 3, wait 2, unsure"),
        argumentSet(
            "500",
            new ServerFailed(answer(500)),
            ERROR,
            FRESH,
            3,
            "again, retries 2, wait 1, unsure"),
        argumentSet(
            "503 with Retry-After",
            new ServerFailed(waitFor(503, 9)),
            ERROR,
            FRESH,
            3,
            "again, retries 2, wait 9, unsure"),
        argumentSet(
            "500, the last retry", new ServerFailed(answer(500)), ERROR, FRESH, 1, "incident"),
        argumentSet(
            "not connected",
            new NotConnected("connection refused"),
            ERROR,
            FRESH,
            3,
            "again, retries 2, wait 1, sure"),
        argumentSet(
            "not connected after doubt",
            new NotConnected("connection refused"),
            ERROR,
            UNSURE,
            3,
            "again, retries 2, wait 2, unsure"),
        argumentSet(
            "not connected, the last retry",
            new NotConnected("connection refused"),
            ERROR,
            FRESH,
            1,
            "incident"),
        argumentSet(
            "answer lost",
            new AnswerLost("reset"),
            ERROR,
            FRESH,
            3,
            "again, retries 2, wait 1, unsure"),
        argumentSet(
            "answer lost, the last retry", new AnswerLost("reset"), ERROR, FRESH, 1, "incident"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decides(
      Outcome outcome, OnNotFound onNotFound, AttemptMemory memory, int retries, String expected) {
    Decision decision = decide(outcome, onNotFound, memory, retries);

    assertThat(inShort(decision)).isEqualTo(expected);
    if (decision instanceof TryAgain again) {
      assertThat(again.memory().made()).isEqualTo(memory.made() + 1);
      assertThat(again.reason() == Reason.RETRY).isEqualTo(again.retries() < retries);
    }
    if (decision instanceof RaiseIncident incident) {
      assertThat(incident.memory().made()).isEqualTo(memory.made() + 1);
    }
  }

  private static String inShort(Decision decision) {
    return switch (decision) {
      case Complete d -> "complete " + d.label();
      case ThrowError d -> "error " + d.code();
      case RaiseIncident d -> "incident";
      case LetLeaseEnd d -> "let the lease end";
      case TryAgain d ->
          "again, retries %d, wait %d, %s"
              .formatted(
                  d.retries(),
                  d.backoff().toSeconds(),
                  d.memory().mayHaveGotThrough() ? "unsure" : "sure");
    };
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatHappened_inASentenceWithConferenceAccountStatusAndRequestId(
      Outcome outcome, OnNotFound onNotFound, AttemptMemory memory, int retries, String row) {
    String message =
        switch (decide(outcome, onNotFound, memory, retries)) {
          case Complete d -> null;
          case LetLeaseEnd d -> null;
          case ThrowError d -> d.message();
          case RaiseIncident d -> d.message();
          case TryAgain d -> d.message();
        };
    if (message == null) {
      return;
    }
    assertThat(message).contains("\"Team meeting\"", "\"sales\"").endsWith(".");
    if (outcome instanceof Outcome.Answered a) {
      assertThat(message).contains("HTTP " + a.answer().status());
      if (a.answer().requestId() != null) {
        assertThat(message).contains("req_1", "it broke", "SOME_CODE");
      }
    }
    if (outcome instanceof CredentialsRefused) {
      assertThat(message)
          .contains("path", "vobiz.accounts.sales.auth-id", "vobiz.accounts.sales.auth-token");
    }
    if (outcome instanceof RouteNotFound) {
      assertThat(message).contains(BASE_URL.toString());
    }
    if (outcome instanceof Redirected) {
      assertThat(message).contains("evil.example");
    }
    assertThat(message).doesNotContain("token\"", "null");
  }

  @Test
  void remembersDoubtInTheIncident_soThatResolvingItDoesNotForget() {
    var incident = (RaiseIncident) decide(new AnswerLost("reset"), ERROR, FRESH, 1);

    assertThat(incident.memory()).isEqualTo(new AttemptMemory(1, true, SUBJECT, null));
    assertThat(incident.message()).contains("retries are used up", "reset");
  }

  @Test
  void waitsWithoutSpendingARetry_whenTheBrakeIsOn() {
    var again = (TryAgain) decide(new RateReached(Duration.ofSeconds(40)), ERROR, UNSURE, 3);

    assertThat(again.retries()).isEqualTo(3);
    assertThat(again.reason()).isEqualTo(Reason.BRAKED);
    assertThat(again.backoff()).isEqualTo(Duration.ofSeconds(40 + 2));
    assertThat(again.memory()).isEqualTo(new AttemptMemory(2, true, SUBJECT, null));
    assertThat(again.message())
        .contains("\"Team meeting\"", "\"sales\"", "vobiz.guard.max-per-minute")
        .endsWith(".");
  }

  @Test
  void waitsWithoutSpendingARetry_whenItsTurnDoesNotCome() {
    var again = (TryAgain) decide(new NotItsTurn(), ERROR, UNSURE, 1);

    assertThat(again.retries()).isEqualTo(1);
    assertThat(again.reason()).isEqualTo(Reason.BRAKED);
    assertThat(again.memory()).isEqualTo(new AttemptMemory(2, true, SUBJECT, null));
    assertThat(again.message()).contains("\"Team meeting\"", "vobiz.limit").endsWith(".");
  }

  @Test
  void claimsNothing_inADryRun() {
    var result = result(decide(new DryRun(), ERROR, FRESH, 3));

    assertThat(result.common().httpStatus()).isNull();
    assertThat(result.endedAt()).isNull();
  }

  @Test
  void describesTheResult() {
    assertThat(result(decide(new Succeeded(answer(204)), ERROR, SURE, 3)))
        .isEqualTo(
            new HangUpResult(
                ENDED,
                new CommonResult("Team meeting", "sales", 204, "2026-11-22T18:59:55Z", 2),
                "2026-11-22T19:00:00Z"));
    assertThat(result(decide(new NotFound(answer(404)), COMPLETE, FRESH, 3)))
        .extracting("outcome", "common.httpStatus", "common.attempts")
        .containsExactly(ALREADY_ENDED, 404, 1);
    assertThat(result(decide(new NotFound(answer(404)), ERROR, UNSURE, 3)))
        .extracting(HangUpResult::outcome)
        .isEqualTo(ENDED_BY_EARLIER_ATTEMPT);
  }

  @Test
  void describesTheError() {
    var thrown = (ThrowError) decide(new NotFound(answer(404)), ERROR, FRESH, 3);

    assertThat(error(thrown))
        .usingRecursiveComparison()
        .ignoringFields("message")
        .isEqualTo(new TaskError("CONFERENCE_NOT_FOUND", null, "Team meeting", "sales", 404));
  }

  private static Decision decide(Outcome outcome, Duration validFor, Instant now) {
    return POLICY.decide(new Attempt(FRESH, 3, now), request(ERROR, validFor), outcome);
  }

  @Test
  void waitsNoLongerThanTheRequestIsValid() {
    var outcome = new Throttled(waitFor(429, 3600));
    Duration valid10s = Duration.ofSeconds(15);

    assertThat(((TryAgain) decide(outcome, valid10s, NOW)).backoff()).hasSeconds(10);
    assertThat(((TryAgain) decide(outcome, valid10s, NOW.plusSeconds(20))).backoff()).isZero();
    assertThat(((TryAgain) decide(outcome, null, NOW)).backoff()).hasSeconds(3600);
  }

  @Test
  void throwsTooLate_whenTheRequestIsOlderThanItsValidity() {
    var thrown = (ThrowError) decide(new TooLateToSend(), ERROR, FRESH, 3);
    assertThat(error(thrown).code()).isEqualTo("HANG_UP_TOO_LATE");
    assertThat(error(thrown).httpStatus()).isNull();
    assertThat(error(thrown).message())
        .contains("\"Team meeting\"", "\"sales\"", "2026-11-22T18:59:55Z", "Nothing was sent");
    assertThat(thrown.lasting()).isFalse();
    var doubtful = (ThrowError) decide(new TooLateToSend(), ERROR, UNSURE, 3);
    assertThat(error(doubtful).message())
        .contains("\"Team meeting\"", "may have ended or not")
        .doesNotContain("Nothing was sent");
  }

  @Test
  void leavesTheJobToTheEngine_whenItsTimeIsTooShort() {
    assertThat(inShort(decide(new TooLittleTime("5 ms are left"), ERROR, FRESH, 3)))
        .isEqualTo("let the lease end");
  }
}
