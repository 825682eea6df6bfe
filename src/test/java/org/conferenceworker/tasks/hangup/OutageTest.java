package org.conferenceworker.tasks.hangup;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.CamundaClient;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.standin.OneJobEngine;
import org.conferenceworker.standin.OneJobEngine.State;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.standin.VirtualClock;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.vobiz.ApiClients;
import org.conferenceworker.vobiz.VobizClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the template's defaults, five retries and ten seconds of back-off, bridge. */
class OutageTest {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final VobizProperties SETTINGS =
      Settings.vobiz("vobiz.auth-id=MA_1", "vobiz.auth-token=token");

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-22T19:00:00Z"));
  private final OneJobEngine engine = new OneJobEngine(clock, LEASE);
  private final CamundaClient client = engine.newClient();
  private final VobizStandIn vobiz = VobizStandIn.start();
  private Instant back;
  private VobizClient api;

  @BeforeEach
  void start() {
    vobiz.account("MA_1", "token");
    var nameService =
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            if (clock.peek().isBefore(back)) {
              throw new UnknownHostException(host);
            }
            return SystemDefaultDnsResolver.INSTANCE.resolve(host);
          }

          @Override
          public String resolveCanonicalHostname(String host) {
            return host;
          }
        };
    api =
        ApiClients.client(
            URI.create("http://localhost:" + vobiz.baseUrl().getPort()), nameService, clock);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    engine.close();
    api.close();
    vobiz.close();
  }

  private void hangUpWhileTheApiIsAwayFor(Duration outage, int jobKey) {
    vobiz.room("MA_1", "room");
    back = clock.peek().plus(outage);
    engine.newJob(
        GatewayOuterClass.ActivatedJob.newBuilder()
            .setKey(jobKey)
            .setRetries(5)
            .setVariables("{\"conferenceName\":\"room\"}")
            .build());
    var process = new WorkerProcess(SETTINGS, clock, Duration.ofSeconds(15), HangUpNames.TYPE);
    while (engine.state() != State.COMPLETED && engine.state() != State.INCIDENT) {
      if (engine.state() == State.BACKING_OFF) {
        clock.passUntil(engine.until());
      }
      hangUpTask(process.reaching(api)).hangUp(client, engine.activate(client));
    }
  }

  @Test
  void raisesNoIncident_whenTheApiIsAwayForNinetySeconds() {
    for (int job = 1; job <= 100; job++) {
      hangUpWhileTheApiIsAwayFor(Duration.ofSeconds(90), job);

      assertThat(engine.effective().getLast()).isInstanceOf(CompleteJobRequest.class);
    }
    assertThat(vobiz.requests()).hasSize(100);
  }

  @Test
  void raisesAnIncident_whenTheApiIsAwayForLongerThanTheRetriesTake() {
    hangUpWhileTheApiIsAwayFor(Duration.ofSeconds(151), 1);

    assertThat(engine.effective())
        .hasSize(5)
        .last()
        .isInstanceOfSatisfying(
            FailJobRequest.class, report -> assertThat(report.getRetries()).isZero());
    assertThat(vobiz.requests()).isEmpty();
  }

  private static HangUpTask hangUpTask(TaskRunner runner) {
    return new HangUpTask(runner, new HangUpPolicy(WorkerProcess.usual()));
  }
}
