package org.conferenceworker.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What the log says, to people and to machines. */
@ExtendWith(OutputCaptureExtension.class)
class LogsTest {

  @RegisterExtension private final StandIns standIns = new StandIns();
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private ConfigurableApplicationContext worker;

  /** Spring Boot hands the format on through this, and leaves it behind for the next test. */
  @BeforeEach
  void forgetTheFormatOnceTheWorkerIsClosed() {
    standIns.closing(() -> System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT"));
  }

  private void start(URI engine, String... settings) {
    worker = standIns.startWorkerBetween(engine, vobiz.baseUrl(), settings);
  }

  private void handOut(long key, String conference) {
    gateway.handOut(
        GatewayStandIn.job(
            key, "{\"conferenceName\":\"" + conference + "\"}", 3, Duration.ofMinutes(1)));
  }

  private static List<JsonNode> events(CapturedOutput output) {
    var json = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    return output
        .getAll()
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(
            line -> {
              try {
                return json.readTree(line);
              } catch (JsonProcessingException e) {
                throw new IllegalStateException(line, e);
              }
            })
        .toList();
  }

  @Test
  void areJson_withTheJobOnEveryLine_ifTheOperatorSaysSo(CapturedOutput output) {
    start(gateway.address(), "--logging.structured.format.console=ecs");
    await().until(gateway::hasOpenStream);
    gateway.answerReportsWith(Status.UNAVAILABLE);

    handOut(7, "gone");
    await().until(() -> gateway.accepted().size() == 1);

    List<JsonNode> ofTheJob =
        events(output).stream().filter(event -> event.has("processInstanceKey")).toList();
    assertThat(ofTheJob)
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(
            event -> {
              assertThat(event.get("processInstanceKey").asText()).isEqualTo("1007");
              assertThat(event.get("elementId").asText()).isEqualTo("HangUp");
              assertThat(event.get("jobKey").asText()).isEqualTo("7");
              assertThat(event.get("account").asText()).isEqualTo("default");
            });
    assertThat(ofTheJob)
        .extracting(event -> event.at("/log/level").asText())
        .contains("WARN")
        .filteredOn("INFO"::equals)
        .hasSize(1);
    assertThat(ofTheJob)
        .filteredOn(event -> "org.conferenceworker.audit".equals(event.at("/log/logger").asText()))
        .singleElement()
        .satisfies(
            audit -> {
              assertThat(audit.get("outcome").asText()).isEqualTo("CONFERENCE_NOT_FOUND");
              assertThat(audit.get("httpStatus").asInt()).isEqualTo(404);
              assertThat(audit.get("conference").asText()).isEqualTo("gone");
            });
  }

  @Test
  void areText_withOneInfoLineForAJob(CapturedOutput output) {
    vobiz.room("MA_1", "room");
    start(gateway.address());
    await().until(gateway::hasOpenStream);

    handOut(7, "room");
    await().until(() -> gateway.accepted().size() == 1);

    assertThat(output.getAll().lines().filter(line -> line.contains("job=7")))
        .singleElement()
        .asString()
        .contains(
            " INFO  org.conferenceworker.audit - [instance=1007 element=HangUp job=7 account=default]"
                + " hang-up outcome=\"ENDED\"",
            "conference=\"room\"");
    assertThat(output.getAll()).doesNotContain("[instance= ");
  }

  @Test
  void cannotBeForged_byWhatComesFromOutside(CapturedOutput output) {
    String forged = "2026-11-22T19:00:00.000Z INFO  org.conferenceworker.audit - hang-up";
    start(gateway.address());
    await().until(gateway::hasOpenStream);
    gateway.answerReportsWith(
        Status.UNAVAILABLE.withDescription("away\n" + forged + " outcome=\"ENDED\"\r" + forged));

    handOut(7, "room\\\" outcome=\\\"ENDED");
    await().until(() -> gateway.accepted().size() == 1);
    LoggerFactory.getLogger("library")
        .warn("oops\n{}", forged, new IllegalStateException("\n" + forged));

    assertThat(output.getAll().lines().filter(line -> line.startsWith(forged))).isEmpty();
    assertThat(output.getAll().lines().filter(line -> line.contains(" conference=")))
        .singleElement()
        .asString()
        .contains(
            "hang-up outcome=\"CONFERENCE_NOT_FOUND\"",
            "conference=\"room\\\" outcome=\\\"ENDED\"",
            "reason=\"There is no conference \\\"room");
  }

  @Test
  void warnOfAnIncident(CapturedOutput output) {
    start(gateway.address());
    await().until(gateway::hasOpenStream);

    handOut(7, " ");
    await().until(() -> gateway.accepted().size() == 1);

    assertThat(output.getAll().lines().filter(line -> line.contains("job=7")))
        .singleElement()
        .asString()
        .contains(" WARN  org.conferenceworker.audit - ", "outcome=\"INCIDENT\"");
  }

  @Test
  void haveNothingToWarnOf_whenAllIsWell(CapturedOutput output) {
    vobiz.room("MA_1", "room");
    start(gateway.address(), "--camunda.client.auth.method=none");
    await().until(() -> output.getAll().contains(" can be reached."));
    handOut(7, "room");
    await().until(() -> gateway.accepted().size() == 1);
    worker.close();

    assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ", "\tat ");
  }

  @Test
  void carryTheJob_onTheThreadOfTheCallToo(CapturedOutput output) {
    vobiz.room("MA_1", "room");
    start(gateway.address(), "--logging.level.org.apache.hc=debug");
    await().until(gateway::hasOpenStream);

    handOut(7, "room");
    await().until(() -> gateway.accepted().size() == 1);

    assertThat(output.getAll().lines())
        .filteredOn(line -> line.contains(" DEBUG ") && line.contains("job=7"))
        .isNotEmpty();
  }

  @Test
  void sayInASentenceThatTheEngineIsAway_andThatItIsBack(CapturedOutput output) {
    URI address = gateway.address();
    gateway.close();

    start(address);

    String away = "The engine at " + address + " cannot be reached: ";
    await().until(() -> output.getAll().contains(away));
    await().until(() -> output.getAll().contains("Failed to activate jobs"));
    assertThat(Actuator.scrape(worker)).containsEntry("vobiz_worker_engine_up", 0.0);
    try (var late = GatewayStandIn.startAt(address.getPort())) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> output.getAll().contains("The engine at " + address + " can be reached."));
      assertThat(Actuator.scrape(worker)).containsEntry("vobiz_worker_engine_up", 1.0);
    }
    assertThat(output.getAll()).doesNotContain("\tat ", "Caused by");
    assertThat(output.getAll().lines().filter(line -> line.contains(away))).hasSize(1);
    assertThat(output.getAll().lines().filter(line -> line.contains("Failed to activate jobs")))
        .hasSizeLessThan(10)
        .allMatch(line -> line.contains(": UNAVAILABLE: io exception; Connection refused: "));
  }
}
