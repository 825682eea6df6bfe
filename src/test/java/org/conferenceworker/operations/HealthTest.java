package org.conferenceworker.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What health, and the log with it, say about a world that is not as it should be. */
@ExtendWith(OutputCaptureExtension.class)
class HealthTest {

  private static final String TOKEN = "s3cr3t-t0ken";

  /** For what takes the client a few back-offs. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension private final StandIns standIns = new StandIns(TOKEN);
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private ConfigurableApplicationContext worker;

  private void start(URI engine, URI api, String... settings) {
    worker = standIns.startWorkerBetween(engine, api, settings);
  }

  private Actuator.Answer health(String part) {
    return Actuator.get(worker, "health/" + part);
  }

  private static List<String> warnings(CapturedOutput output, String about) {
    return output.getAll().lines().filter(l -> l.contains(" WARN ") && l.contains(about)).toList();
  }

  @Test
  void isUp_whenEngineAndApiAreThere() {
    vobiz.room("MA_1", "bystander");

    start(gateway.address(), vobiz.baseUrl());

    await().until(() -> health("readiness").status() == 200);
    assertThat(health("liveness").status()).isEqualTo(200);
    assertThat(health("vobizApi"))
        .isEqualTo(
            new Actuator.Answer(
                200,
                "{\"status\":\"UP\",\"details\":{\"default\":\"Vobiz accepts the credentials of account"
                    + " \\\"default\\\".\"}}"));
    assertThat(Actuator.scrape(worker))
        .containsEntry("vobiz_api_check_up{account=\"default\"}", 1.0);
    // Asked once, however often somebody looks, and for nothing but the list.
    assertThat(health("vobizApi").status()).isEqualTo(200);
    assertThat(vobiz.checks())
        .extracting(Request::requestLine)
        .containsExactly("GET /api/v1/Account/MA_1/Conference/ HTTP/1.1");
    assertThat(vobiz.requests()).isEmpty();
    assertThat(vobiz.rooms("MA_1")).containsExactly("bystander");
  }

  @Test
  void waitsForTheEngine_andBecomesReadyByItself() {
    URI address = gateway.address();
    gateway.close();
    vobiz.room("MA_1", "room");

    start(address, vobiz.baseUrl());

    assertThat(health("liveness").status()).isEqualTo(200);
    assertThat(health("readiness").status()).isEqualTo(503);
    String why =
        "The engine at "
            + address
            + " cannot be reached: UNAVAILABLE: io exception; Connection refused";
    await().until(() -> health("readiness").body().contains(why));
    assertThat(health("readiness").body())
        .contains("\"camundaClient\":{\"status\":\"DOWN\"", "\"hangUpWorker\":{\"status\":\"UP\"");
    try (var late = GatewayStandIn.startAt(address.getPort())) {
      await().atMost(PATIENCE).until(() -> health("readiness").status() == 200);
      late.handOut(
          GatewayStandIn.job(1, "{\"conferenceName\":\"room\"}", 3, Duration.ofMinutes(1)));
      await().atMost(PATIENCE).until(() -> late.accepted().size() == 1);
      assertThat(vobiz.rooms("MA_1")).isEmpty();
    }
  }

  @Test
  void saysThatTheTokenIsWrong_andStaysReady(CapturedOutput output) {
    start(gateway.address(), vobiz.baseUrl(), "--vobiz.auth-token=0utdated-token");

    String sentence = "Vobiz refused the credentials of account \"default\": HTTP 401";
    await().until(() -> !warnings(output, sentence).isEmpty());
    assertThat(health("vobizApi").status()).isEqualTo(503);
    assertThat(health("vobizApi").body())
        .contains("refused the credentials of account", "VOBIZ_AUTH_TOKEN", "path");
    assertThat(health("readiness").status()).isEqualTo(200);
    assertThat(health("liveness").status()).isEqualTo(200);
    assertThat(Actuator.scrape(worker))
        .containsEntry("vobiz_api_check_up{account=\"default\"}", 0.0);
    assertThat(warnings(output, sentence)).hasSize(1);
    assertThat(output.getAll()).doesNotContain("0utdated-token");
  }

  @Test
  void saysThatThisIsNotTheApi(CapturedOutput output) {
    vobiz.checksAnswered(Replies.json(404, "{\"message\":\"Not Found\"}"));

    start(gateway.address(), vobiz.baseUrl());

    String sentence = "The server at " + vobiz.baseUrl() + " knows no such path: HTTP 404";
    await().until(() -> !warnings(output, sentence).isEmpty());
    assertThat(health("vobizApi").body()).contains(sentence, "VOBIZ_BASE_URL");
  }

  @Test
  void raisesAnIncident_whenTheCheckHasFoundThatThisIsNotTheApi() {
    vobiz.checksAnswered(Replies.json(404, "{\"message\":\"Not Found\"}"));
    vobiz.always(Replies.json(404, "{\"message\":\"Not Found\"}"));
    start(gateway.address(), vobiz.baseUrl());
    await().until(() -> health("vobizApi").body().contains("knows no such path"));

    gateway.handOut(
        GatewayStandIn.job(1, "{\"conferenceName\":\"room\"}", 3, Duration.ofMinutes(1)));

    String incident =
        "vobiz_conference_hangup_seconds_count{account=\"default\",outcome=\"INCIDENT\"}";
    await().until(() -> Actuator.scrape(worker).get(incident) == 1);
  }

  @Test
  void doesNotFollowARedirect_andSaysSo(CapturedOutput output) {
    vobiz.checksAnswered(Replies.empty(301, "Location: " + vobiz.baseUrl() + "/elsewhere"));

    start(gateway.address(), vobiz.baseUrl());

    await().until(() -> !warnings(output, "a redirect, HTTP 301").isEmpty());
    assertThat(vobiz.checks()).hasSize(1);
    assertThat(vobiz.requests()).isEmpty();
  }

  @Test
  void saysThatTheApiCannotBeReached_andStartsAllTheSame(CapturedOutput output) {
    start(gateway.address(), URI.create("http://127.0.0.1:1"));

    String sentence = "Vobiz at http://127.0.0.1:1 could not be reached with account \"default\"";
    await().until(() -> !warnings(output, sentence).isEmpty());
    assertThat(health("vobizApi").body()).contains("could not be reached", "connection refused");
    await().until(() -> health("readiness").status() == 200);
    assertThat(warnings(output, sentence)).hasSize(1);
  }

  @Test
  void saysThatTheApiDoesNotAnswer_withoutWaitingForItAtStart(CapturedOutput output) {
    vobiz.checksAnswered(Replies.hang());

    start(gateway.address(), vobiz.baseUrl(), "--vobiz.http.total-timeout=500ms");

    await().until(gateway::hasOpenStream);
    await().until(() -> !warnings(output, "no whole answer within 0.5 s").isEmpty());
  }

  @Test
  void asksTheApiOnlyWhenSomebodyLooks_ifTheOperatorSaysSo() {
    start(gateway.address(), vobiz.baseUrl(), "--vobiz.check.on-start=false");
    await().until(gateway::hasOpenStream);

    assertThat(vobiz.checks()).isEmpty();
    assertThat(health("vobizApi").status()).isEqualTo(200);
    assertThat(vobiz.checks()).hasSize(1);
  }

  @Test
  void isNotReady_whenNoWorkerTakesJobs() {
    start(gateway.address(), vobiz.baseUrl(), "--camunda.client.worker.defaults.enabled=false");

    await().until(() -> health("camundaClient").status() == 200);
    assertThat(health("readiness").status()).isEqualTo(503);
    assertThat(health("readiness").body())
        .contains(
            "\"hangUpWorker\":{\"status\":\"DOWN\"",
            "It takes no jobs",
            "\"camundaClient\":{\"status\":\"UP\"");
    assertThat(health("liveness").status()).isEqualTo(200);
  }

  @Test
  void hasAPartForCallbacks_onlyIfTheWorkerListensForThem() {
    start(
        gateway.address(),
        vobiz.baseUrl(),
        "--vobiz.events.port=0",
        "--vobiz.events.address=127.0.0.1",
        "--vobiz.events.public-url=https://hooks.example.com/vobiz");
    assertThat(health("conferenceEvents").status()).isEqualTo(200);
    assertThat(health("readiness").body()).contains("\"conferenceEvents\":{\"status\":\"UP\"");

    start(gateway.address(), vobiz.baseUrl());
    assertThat(health("conferenceEvents").status()).isEqualTo(404);
    assertThat(health("readiness").body()).doesNotContain("conferenceEvents");
  }

  @Test
  void asksTheApiNothing_inADryRun() {
    start(gateway.address(), vobiz.baseUrl(), "--vobiz.dry-run=true");
    await().until(gateway::hasOpenStream);

    assertThat(health("vobizApi").body()).contains("UNKNOWN", "dry run");
    assertThat(vobiz.checks()).isEmpty();
  }
}
