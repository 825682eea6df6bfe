package org.conferenceworker.camunda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.standin.OneJobEngine;
import org.conferenceworker.standin.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports over REST, for those who have switched the Camunda client to it. */
class RestReportingTest {

  private record Answer(int status, String type, String body) {}

  private static final Answer DONE = new Answer(204, null, "");
  private static final String PROBLEM = "application/problem+json";

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-22T19:00:00Z"));
  private final OneJobEngine engine = new OneJobEngine(clock, Duration.ofSeconds(60));
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final JobReporter reporter =
      new JobReporter(new ReportMeters(new SimpleMeterRegistry()), clock, clock::pass);
  private HttpServer gateway;
  private CamundaClient client;
  private ActivatedJob job;

  @BeforeEach
  void start() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    gateway.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          exchange.getRequestBody().readAllBytes();
          Answer answer = answers.remove();
          byte[] body = answer.body().getBytes(UTF_8);
          if (answer.type() != null) {
            exchange.getResponseHeaders().add("Content-Type", answer.type());
          }
          exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    gateway.start();
    client =
        CamundaClient.newClientBuilder()
            .restAddress(URI.create("http://127.0.0.1:" + gateway.getAddress().getPort()))
            .preferRestOverGrpc(true)
            .applyEnvironmentVariableOverrides(false)
            .build();
    engine.newJob(GatewayOuterClass.ActivatedJob.newBuilder().setKey(7).setVariables("{}").build());
    try (var grpc = engine.newClient()) {
      job = engine.activate(grpc);
    }
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.stop(0);
    engine.close();
  }

  private boolean complete(Answer... said) {
    answers.addAll(List.of(said));
    return reporter.report(
        client,
        job,
        "hangUpAttempts",
        new Complete(
            "ENDED",
            Map.of("outcome", "ENDED"),
            new Subject(Map.of("conferenceName", "room")),
            Instant.EPOCH,
            null));
  }

  @Test
  void goesOn_whenAnIngressAnswersInPlaceOfTheEngine() {
    assertThat(
            complete(
                new Answer(404, "text/html", "<html>no such host</html>"),
                new Answer(404, null, ""),
                new Answer(404, "application/json", "{\"message\":\"no Route matched\"}"),
                new Answer(409, "text/plain", "conflict"),
                new Answer(400, "text/html", "<html>bad request</html>"),
                new Answer(503, "text/html", "<html>maintenance</html>"),
                DONE))
        .isTrue();
    assertThat(asked).hasSize(7).containsOnly("/v2/jobs/7/completion");
  }

  @Test
  void isContent_whenTheEngineSaysThatTheJobIsGone() {
    assertThat(complete(new Answer(404, PROBLEM, "{\"status\":404,\"title\":\"NOT_FOUND\"}")))
        .isTrue();
    assertThat(reporter.undelivered(7)).isEmpty();
  }

  @Test
  void keepsASuccessInMind_whenTheJobWasFailedMeanwhile() {
    var failed = new Answer(409, PROBLEM, "{\"status\":409,\"title\":\"INVALID_STATE\"}");
    var said = new ArrayDeque<Answer>();
    for (int i = 0; i < 100; i++) {
      said.add(failed);
    }

    assertThat(complete(said.toArray(Answer[]::new))).isFalse();
    assertThat(reporter.undelivered(7)).containsInstanceOf(Complete.class);
  }

  @Test
  void givesUp_whenTheEngineRefuses() {
    assertThat(complete(new Answer(400, PROBLEM, "{\"status\":400,\"title\":\"INVALID\"}")))
        .isFalse();
    assertThat(asked).hasSize(1);
    assertThat(reporter.undelivered(7)).isPresent();
  }
}
