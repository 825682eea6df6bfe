package org.conferenceworker.camunda.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.camunda.client.CredentialsProvider;
import io.camunda.client.impl.GrpcStatusCode;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole worker, and an identity provider that gives it no access token. */
@ExtendWith(OutputCaptureExtension.class)
class IdentityProviderTest {

  private static final String SECRET = "s3cr3t-of-the-client";
  private static final String TOKEN = "eyJhbGciOiJub25lIn0.an-access-token";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension private final StandIns standIns = new StandIns();
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile HttpHandler answer = IdentityProviderTest::aToken;
  private HttpServer provider;
  private String tokenUrl;
  private ConfigurableApplicationContext worker;

  @BeforeEach
  void startProvider() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    provider.createContext(
        "/realm/token",
        exchange -> {
          asked.incrementAndGet();
          answer.handle(exchange);
        });
    provider.start();
    standIns.closing(() -> provider.stop(0));
    tokenUrl = "http://127.0.0.1:" + provider.getAddress().getPort() + "/realm/token";
  }

  private void startWorker() {
    worker =
        standIns.startWorkerBetween(
            gateway.address(),
            vobiz.baseUrl(),
            "--camunda.client.auth.method=oidc",
            "--camunda.client.auth.token-url=" + tokenUrl,
            "--camunda.client.auth.client-id=worker",
            "--camunda.client.auth.client-secret=" + SECRET,
            "--camunda.client.auth.audience=zeebe-api",
            "--camunda.client.auth.read-timeout=500ms");
  }

  private static void say(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void aToken(HttpExchange exchange) throws IOException {
    aToken(exchange, 3600);
  }

  private static void aToken(HttpExchange exchange, int seconds) throws IOException {
    say(
        exchange,
        200,
        "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"expires_in\":\"%d\"}"
            .formatted(TOKEN, seconds));
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        trouble("fails", e -> say(e, 500, ""), "it answered HTTP 500"),
        trouble("is not ready", e -> say(e, 503, "starting"), "it answered HTTP 503"),
        trouble(
            "knows no such client",
            e -> say(e, 401, "{\"error\":\"invalid_client\"}"),
            "it answered HTTP 401; check CAMUNDA_CLIENT_AUTH_CLIENTID"),
        trouble(
            "refuses the request",
            e -> say(e, 400, "{\"error\":\"invalid_client\"}"),
            "it answered HTTP 400; check CAMUNDA_CLIENT_AUTH_CLIENTID"),
        trouble("has moved", e -> say(e, 404, "<html>"), "it answered HTTP 404"),
        trouble("is a page", e -> say(e, 200, "<html>"), "its answer is not an access token"),
        trouble("speaks no JSON", e -> say(e, 200, TOKEN), "its answer is not an access token"),
        trouble("says nothing", e -> say(e, 200, ""), "its answer is not an access token"),
        trouble(
            "does not say until when",
            e -> say(e, 200, "{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"bearer\"}"),
            "its answer is not an access token"),
        trouble(
            "gives an empty object", e -> say(e, 200, "{}"), "its answer is not an access token"),
        trouble("does not answer", e -> {}, "it did not answer in time"),
        trouble("breaks off", HttpExchange::close, ""));
  }

  private static Arguments trouble(String name, HttpHandler answer, String why) {
    return argumentSet(name, answer, why);
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void isNamed_andAskedAgainUntilItIsWell(HttpHandler trouble, String why) {
    answer = trouble;
    var identity = new IdentityProvider(this::tokens, URI.create(tokenUrl));

    for (int call = 1; call <= 3; call++) {
      assertThatThrownBy(() -> identity.applyCredentials((header, value) -> {}))
          .isInstanceOf(NoAccessTokenException.class)
          .message()
          .startsWith(
              "The identity provider at "
                  + tokenUrl
                  + " (CAMUNDA_CLIENT_AUTH_TOKENURL) gives no access token: "
                  + why)
          .doesNotContain(SECRET, TOKEN);
    }
    // The calls after the first are told what it found.
    assertThat(asked).hasValueLessThan(3);

    answer = IdentityProviderTest::aToken;
    await()
        .ignoreException(NoAccessTokenException.class)
        .untilAsserted(
            () -> {
              var headers = new ArrayList<String>();
              identity.applyCredentials((header, value) -> headers.add(value));
              assertThat(headers).containsExactly("Bearer " + TOKEN);
            });
  }

  private CredentialsProvider tokens() {
    return CredentialsProvider.newCredentialsProviderBuilder()
        .applyEnvironmentOverrides(false)
        .authorizationServerUrl(tokenUrl)
        .clientId("worker")
        .clientSecret(SECRET)
        .audience("zeebe-api")
        .credentialsCachePath("/dev/null")
        .readTimeout(Duration.ofMillis(500))
        .build();
  }

  @Test
  void isAskedForANewTokenOnce_whenTheEngineRefusesManyCalls() {
    var identity = new IdentityProvider(this::tokens, URI.create(tokenUrl));
    var refused = new GrpcStatusCode(Status.Code.UNAUTHENTICATED);

    assertThat(identity.shouldRetryRequest(refused)).isTrue();
    assertThat(identity.shouldRetryRequest(refused)).isFalse();
    assertThat(identity.shouldRetryRequest(new GrpcStatusCode(Status.Code.UNAVAILABLE))).isFalse();
    assertThat(asked).hasValue(1);
  }

  private List<String> warnings(CapturedOutput output, String text) {
    return output.getAll().lines().filter(l -> l.contains(" WARN ") && l.contains(text)).toList();
  }

  private void assertNoSecrets(CapturedOutput output) {
    assertThat(output.getAll()).doesNotContain("\tat ", SECRET, TOKEN);
  }

  @Test
  void isNamedByReadinessAndLog_whenItIsNotThere(CapturedOutput output) {
    provider.stop(0);

    startWorker();

    String sentence =
        "The identity provider at %s (CAMUNDA_CLIENT_AUTH_TOKENURL) gives no access token: Connection refused"
            .formatted(tokenUrl);
    await()
        .atMost(PATIENCE)
        .until(() -> Actuator.get(worker, "health/readiness").body().contains(sentence));
    assertThat(Actuator.get(worker, "health/readiness").status()).isEqualTo(503);
    assertThat(Actuator.get(worker, "health/liveness").status()).isEqualTo(200);
    String inTheLog =
        sentence
            + ". Without one the engine at "
            + gateway.address()
            + " cannot be asked; the worker tries again until it can.";
    await().until(() -> warnings(output, inTheLog).size() == 1);
    await().until(() -> !warnings(output, "Failed to stream jobs").isEmpty());
    assertThat(output.getAll()).doesNotContain("CANCELLED", "cannot be reached");
    assertNoSecrets(output);
  }

  @Test
  void isNamedByTheReportItHoldsUp_whichIsDeliveredAfterwards(CapturedOutput output) {
    answer = exchange -> aToken(exchange, 1);
    startWorker();
    await().atMost(PATIENCE).until(gateway::hasOpenStream);
    vobiz.room("MA_1", "room");
    answer = exchange -> say(exchange, 500, "");
    await().atMost(PATIENCE).until(() -> !warnings(output, "EngineWatch").isEmpty());

    gateway.handOut(GatewayStandIn.job(7, "{\"conferenceName\":\"room\"}", 3, PATIENCE));

    String sentence = "Report 1 about job 7: The identity provider at " + tokenUrl;
    await().atMost(PATIENCE).until(() -> warnings(output, sentence).size() == 1);
    assertThat(gateway.received()).isEmpty();
    answer = IdentityProviderTest::aToken;
    await().atMost(PATIENCE).until(() -> gateway.accepted().size() == 1);
    assertThat(vobiz.requests("room")).hasSize(1);
    assertThat(output.getAll()).doesNotContain("CANCELLED", "cannot be reached");
    assertNoSecrets(output);
  }
}
