package org.conferenceworker.tasks.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
import org.conferenceworker.camunda.Decision.LetLeaseEnd;
import org.conferenceworker.camunda.Decision.RaiseIncident;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.camunda.Decision.TryAgain;
import org.conferenceworker.camunda.Subject;
import org.conferenceworker.tasks.announce.AnnounceRequest.OnFailure;
import org.conferenceworker.tasks.announce.AnnounceRequest.Recording;
import org.conferenceworker.vobiz.AnnouncementUrl;
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
class AnnouncePolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
  private static final URI BASE_URL = URI.create("https://api.vobiz.ai");
  private static final String URL = "https://example.com/goodbye.mp3";
  private static final Subject SUBJECT =
      new Subject(
          Map.of(
              "conferenceName", "Team meeting",
              "account", "sales",
              "members", "all",
              "announcementUrl", URL));

  private static Decision decide(
      Outcome outcome, OnNotFound onNotFound, OnFailure onFailure, int retries, String duration) {
    Instant requestedAt = NOW.minusSeconds(5);
    var asked =
        new Asked(
            AnnounceNames.TYPE,
            SUBJECT,
            new VobizAccount("sales", "MA_1", "token"),
            new Asked.Timing(requestedAt, requestedAt.plusSeconds(60), Duration.ofSeconds(1)));
    var request =
        new AnnounceRequest(
            asked,
            new Recording(
                new ConferenceName("Team meeting"), MemberIds.EVERYBODY, new AnnouncementUrl(URL)),
            Optional.ofNullable(duration).map(Duration::parse),
            onNotFound,
            onFailure);
    return new AnnouncePolicy(WorkerProcess.usual(), Duration.ofSeconds(5))
        .decide(new Attempt(AttemptMemory.NONE, retries, NOW), request, outcome);
  }

  private static ApiAnswer answer(int status) {
    return new ApiAnswer(status, "SOME_CODE", "it broke", "req_1", null, null);
  }

  private static Arguments row(
      String name, Outcome outcome, OnNotFound onNotFound, OnFailure onFailure, String expected) {
    return argumentSet(name, outcome, onNotFound, onFailure, 3, expected);
  }

  static Stream<Arguments> rows() {
    var complete = OnNotFound.COMPLETE;
    var goOn = OnFailure.COMPLETE;
    var stop = OnFailure.INCIDENT;
    var gone = new NotFound(answer(404));
    var noRoute = new RouteNotFound(answer(404), BASE_URL);
    var refused = new CredentialsRefused(answer(401), BASE_URL);
    return Stream.of(
        row("202", new Succeeded(answer(202)), complete, goOn, "complete QUEUED"),
        row("503", new ServerFailed(answer(503)), complete, goOn, "complete MAYBE_QUEUED"),
        row("503, stop", new ServerFailed(answer(503)), complete, stop, "complete MAYBE_QUEUED"),
        row("200, error", new ServerFailed(answer(200)), complete, goOn, "complete MAYBE_QUEUED"),
        row("lost", new AnswerLost("reset"), complete, goOn, "complete MAYBE_QUEUED"),
        row("lost, stop", new AnswerLost("reset"), complete, stop, "complete MAYBE_QUEUED"),
        row("404", gone, complete, goOn, "complete ALREADY_ENDED"),
        row("404, stop", gone, complete, stop, "complete ALREADY_ENDED"),
        row("404, error", gone, OnNotFound.ERROR, goOn, "error CONFERENCE_NOT_FOUND"),
        row("404, incident", gone, OnNotFound.INCIDENT, goOn, "incident"),
        row("no route", noRoute, complete, goOn, "complete NOT_PLAYED"),
        row("no route, error", noRoute, OnNotFound.ERROR, goOn, "complete NOT_PLAYED"),
        row("no route, stop", noRoute, complete, stop, "incident"),
        row("dry run", new DryRun(), complete, goOn, "complete DRY_RUN"),
        row("too late", new TooLateToSend(), complete, goOn, "complete NOT_PLAYED"),
        row("too late, stop", new TooLateToSend(), complete, stop, "incident"),
        row("401", refused, complete, goOn, "complete NOT_PLAYED"),
        row("401, stop", refused, complete, stop, "incident"),
        row("422", new RequestRefused(answer(422)), complete, goOn, "complete NOT_PLAYED"),
        row("302", new Redirected(answer(302), null), complete, goOn, "complete NOT_PLAYED"),
        row("302, stop", new Redirected(answer(302), null), complete, stop, "incident"),
        row("429", new Throttled(answer(429)), complete, goOn, "again, retries 3"),
        row("no permit", new NotItsTurn(), complete, goOn, "again, retries 3"),
        row("rate", new RateReached(Duration.ofSeconds(9)), complete, goOn, "again, retries 3"),
        row("not connected", new NotConnected("refused"), complete, goOn, "again, retries 2"),
        argumentSet(
            "not connected, last",
            new NotConnected("refused"),
            complete,
            goOn,
            1,
            "complete NOT_PLAYED"),
        argumentSet(
            "not connected, last, stop",
            new NotConnected("refused"),
            complete,
            stop,
            1,
            "incident"),
        row("too little time", new TooLittleTime("5 ms"), complete, goOn, "left to the engine"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decidesEachRowOfTheTable(
      Outcome outcome, OnNotFound onNotFound, OnFailure onFailure, int retries, String expected) {
    Decision decision = decide(outcome, onNotFound, onFailure, retries, "PT20S");

    assertThat(Decisions.inShort(decision, SUBJECT)).isEqualTo(expected);
    switch (decision) {
      case Complete d -> explains(result(d));
      case RaiseIncident d -> assertThat(d.message()).contains(WHAT).contains("incident");
      case ThrowError d -> assertThat(d.message()).contains(WHAT);
      case TryAgain d -> assertThat(d.message()).contains(WHAT);
      case LetLeaseEnd d -> assertThat(d.message()).isEqualTo("5 ms");
    }
  }

  private static final String WHAT =
      "to all members of conference \"Team meeting\" with account \"sales\"";

  private static void explains(AnnounceResult result) {
    switch (result.outcome()) {
      case QUEUED -> {
        assertThat(result.waitFor()).isEqualTo("PT25S");
        assertThat(result.reason()).isNull();
      }
      case MAYBE_QUEUED -> {
        assertThat(result.waitFor()).isEqualTo("PT25S");
        assertThat(result.reason()).contains(WHAT, "may hear it or not").endsWith(".");
      }
      case NOT_PLAYED -> {
        assertThat(result.waitFor()).isEqualTo("PT0S");
        assertThat(result.reason()).contains(WHAT).endsWith(".").doesNotContain("retries");
      }
      case ALREADY_ENDED, DRY_RUN -> {
        assertThat(result.waitFor()).isEqualTo("PT0S");
        assertThat(result.reason()).isNull();
      }
    }
  }

  private static AnnounceResult result(Decision decision) {
    return (AnnounceResult) ((Complete) decision).variables().get("announcementResult");
  }

  @Test
  void waitsForTheMarginAlone_whenTheDurationIsUnknown() {
    assertThat(
            result(
                decide(
                    new Succeeded(answer(202)), OnNotFound.COMPLETE, OnFailure.COMPLETE, 3, null)))
        .isEqualTo(
            new AnnounceResult(
                AnnounceResult.Outcome.QUEUED,
                new CommonResult("Team meeting", "sales", 202, "2026-11-22T18:59:55Z", 1),
                "2026-11-22T19:00:00Z",
                "PT5S",
                null));
  }

  @Test
  void describesTheError() {
    var gone =
        (ThrowError)
            decide(new NotFound(answer(404)), OnNotFound.ERROR, OnFailure.COMPLETE, 3, null);

    assertThat(gone.variables())
        .containsOnly(
            Map.entry(
                "announcementError",
                new TaskError(
                    "CONFERENCE_NOT_FOUND", gone.message(), "Team meeting", "sales", 404)));
  }
}
