package org.conferenceworker.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What Prometheus scrapes. */
class MetricsTest {

  @RegisterExtension private final StandIns standIns = new StandIns();
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private ConfigurableApplicationContext worker;

  @BeforeEach
  void start() {
    vobiz.account("SA_2", "token2");
    worker =
        standIns.startWorker(
            "--vobiz.accounts.sales.auth-id=SA_2",
            "--vobiz.accounts.sales.auth-token=token2",
            "--vobiz.events.port=0",
            "--vobiz.events.address=127.0.0.1",
            "--vobiz.events.public-url=https://hooks.example.com/vobiz",
            "--vobiz.guard.accounts.sales.max-per-minute=1");
  }

  private void handOut(long key, String account, String conference) {
    gateway.handOut(
        GatewayStandIn.job(
            key,
            "{\"conferenceName\":\"%s\",\"account\":\"%s\"}".formatted(conference, account),
            3,
            Duration.ofMinutes(1)));
  }

  private static String attempts(String account, String outcome) {
    return "vobiz_conference_hangup_seconds_count{account=\"%s\",outcome=\"%s\"}"
        .formatted(account, outcome);
  }

  private static String answers(String account, String outcome) {
    return "vobiz_api_outcomes_total{account=\"%s\",outcome=\"%s\"}".formatted(account, outcome);
  }

  private static String calls(String account, String status) {
    return "vobiz_api_requests_seconds_count{account=\"%s\",status=\"%s\"}"
        .formatted(account, status);
  }

  private static String reports(String result) {
    return "vobiz_job_reports_total{result=\"%s\"}".formatted(result);
  }

  private static String events(String account, String event, String result) {
    return "vobiz_conference_events_total{account=\"%s\",event=\"%s\",result=\"%s\"}"
        .formatted(account, event, result);
  }

  private static final String LAST_SUCCESS =
      "vobiz_conference_hangup_last_success_timestamp_seconds{account=\"default\"}";

  @Test
  void hasEverySeriesFromTheStart_atZero() {
    var series = Actuator.scrape(worker);

    for (String account : new String[] {"default", "sales"}) {
      assertThat(series)
          .containsEntry(attempts(account, "ENDED"), 0.0)
          .containsEntry(attempts(account, "CONFERENCE_NOT_FOUND"), 0.0)
          .containsEntry(attempts(account, "THROTTLED"), 0.0)
          .containsEntry(attempts(account, "BRAKED"), 0.0)
          .containsEntry(attempts(account, "INCIDENT"), 0.0)
          .containsEntry(attempts(account, "LEASE_ENDED"), 0.0)
          .containsEntry(answers(account, "CREDENTIALS_REFUSED"), 0.0)
          .containsEntry(answers(account, "NOT_CONNECTED"), 0.0)
          .containsEntry(calls(account, "2xx"), 0.0)
          .containsEntry(calls(account, "none"), 0.0)
          .containsEntry(events(account, "empty", "published"), 0.0)
          .containsEntry(events(account, "empty", "failed"), 0.0)
          .containsEntry(events(account, "member-joined", "ignored"), 0.0)
          .containsEntry(events(account, "other", "refused"), 0.0);
    }
    assertThat(series)
        .containsEntry(events("unknown", "other", "refused"), 0.0)
        .containsEntry(LAST_SUCCESS, 0.0)
        .containsEntry(reports("time_over"), 0.0)
        .containsEntry("vobiz_job_report_failures_total", 0.0)
        .containsEntry("vobiz_jobs_active", 0.0)
        .containsEntry("vobiz_worker_reopened_total", 0.0)
        .containsEntry("vobiz_api_requests_active", 0.0)
        .containsEntry("httpcomponents_httpclient_pool_total_pending{httpclient=\"vobiz\"}", 0.0);
    assertThat(series.keySet())
        .anyMatch(name -> name.startsWith("vobiz_worker_build_info{version="));
  }

  @Test
  void countsWhatTheApiSaid_andWhatTheEngineIsTold() {
    vobiz.room("MA_1", "room");
    vobiz.misbehave("busy", Replies.json(429, "{}"));
    vobiz.misbehave("broken", Replies.json(503, "{}"));
    vobiz.misbehave("lost", Replies.endThenReset());
    vobiz.misbehave("refused", Replies.json(401, "{}"));
    Instant before = Instant.now().minusSeconds(1);

    handOut(1, "default", "room");
    handOut(2, "default", "gone");
    handOut(3, "default", "busy");
    handOut(4, "default", "broken");
    handOut(5, "default", "lost");
    handOut(6, "default", "refused");
    handOut(7, "no such account", "room");
    await().until(() -> gateway.accepted().size() == 7);
    await().until(() -> Actuator.scrape(worker).get(reports("taken")) == 7);

    Map<String, Double> series = Actuator.scrape(worker);
    assertThat(series)
        .containsEntry(attempts("default", "ENDED"), 1.0)
        .containsEntry(attempts("default", "CONFERENCE_NOT_FOUND"), 1.0)
        .containsEntry(attempts("default", "THROTTLED"), 1.0)
        .containsEntry(attempts("default", "RETRY"), 2.0)
        .containsEntry(attempts("default", "INCIDENT"), 1.0)
        .containsEntry(attempts("unknown", "INCIDENT"), 1.0)
        .containsEntry(answers("default", "ENDED"), 1.0)
        .containsEntry(answers("default", "CONFERENCE_NOT_FOUND"), 1.0)
        .containsEntry(answers("default", "THROTTLED"), 1.0)
        .containsEntry(answers("default", "SERVER_FAILED"), 1.0)
        .containsEntry(answers("default", "ANSWER_LOST"), 1.0)
        .containsEntry(answers("default", "CREDENTIALS_REFUSED"), 1.0)
        .containsEntry(calls("default", "2xx"), 1.0)
        .containsEntry(calls("default", "4xx"), 3.0)
        .containsEntry(calls("default", "5xx"), 1.0)
        .containsEntry(calls("default", "none"), 1.0)
        .containsEntry(
            "vobiz_api_requests_seconds_bucket{account=\"default\",status=\"2xx\",le=\"+Inf\"}",
            1.0);
    assertThat(Instant.ofEpochSecond(series.get(LAST_SUCCESS).longValue()))
        .isBetween(before, Instant.now());
    assertThat(series.keySet()).noneMatch(name -> name.matches(".*(room|busy|no such).*"));
  }

  @Test
  void countsWhatTheBrakeHoldsBack() {
    vobiz.room("SA_2", "room");
    handOut(1, "sales", "room");
    handOut(2, "sales", "room");

    await().until(() -> gateway.accepted().size() == 2);
    assertThat(Actuator.scrape(worker)).containsEntry(attempts("sales", "BRAKED"), 1.0);
  }

  @Test
  void countsReportsThatTheEngineDidNotTakeAtOnce() {
    gateway.answerReportsWith(Status.UNAVAILABLE, Status.UNAVAILABLE, Status.NOT_FOUND);

    handOut(1, "default", "gone");

    await().until(() -> Actuator.scrape(worker).get(reports("job_gone")) == 1);
    assertThat(Actuator.scrape(worker)).containsEntry("vobiz_job_report_failures_total", 2.0);
  }

  @Test
  void showsWhatIsUnderWay() {
    var goOn = new CountDownLatch(1);
    vobiz.misbehave("room", Replies.when(goOn, Replies.empty(204)));

    handOut(1, "default", "room");

    await().until(() -> vobiz.requests("room").size() == 1);
    assertThat(Actuator.scrape(worker))
        .containsEntry("vobiz_jobs_active", 1.0)
        .containsEntry("vobiz_api_requests_active", 1.0);
    goOn.countDown();
    await().until(() -> Actuator.scrape(worker).get("vobiz_jobs_active") == 0);
    assertThat(Actuator.scrape(worker)).containsEntry("vobiz_api_requests_active", 0.0);
  }
}
