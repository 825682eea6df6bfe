package org.conferenceworker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.TextFormat;
import com.sun.net.httpserver.HttpServer;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.FreePort;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.ProxyStandIn;
import org.conferenceworker.standin.TestWorker;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.tasks.Jobs;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The token goes to the API and nowhere else, even when somebody turns everything on. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

  private static final String TOKEN = "s3cr3t-t0ken";
  private static final String LIVE_WITH_TOKEN =
      """
      {"conference_name":"echo","conference_member_count":"1","members":[{"member_id":"%1$s",
       "from":"%1$s","caller_name":"%1$s","direction":"%1$s","call_uuid":"%1$s"}]}"""
          .formatted(TOKEN);
  private static final String ACCESS_TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ3In0.s3cr3t-access";
  private static final String CLIENT_SECRET = "s3cr3t-of-the-client";
  private static final String PASSWORD = "s3cr3t-of-the-proxy";
  private static final List<String> SECRETS = List.of(TOKEN, ACCESS_TOKEN, CLIENT_SECRET, PASSWORD);

  @Test
  void theTokenIsNowhereToBeSeen(CapturedOutput output) throws Exception {
    try (var vobiz = VobizStandIn.start();
        var gateway = GatewayStandIn.start()) {
      vobiz.account("MA_1", TOKEN);
      vobiz.room("MA_1", "live");
      String echo = "{\"error\":\"X-Auth-Token: " + TOKEN + "\",\"api_id\":\"" + TOKEN + "\"}";
      Map<String, Reply> answers =
          Map.of(
              "refused", Replies.json(401, echo),
              "bad", Replies.json(400, echo),
              "moved", Replies.empty(302, "Location: https://" + TOKEN + ".example/"),
              "broken", Replies.json(500, echo),
              "lost", Replies.endThenReset(),
              "garbage", Replies.rawThenClose("X-Auth-Token: " + TOKEN + "\r\n\r\n"),
              "echo", Replies.json(200, LIVE_WITH_TOKEN));

      try (var worker = start(vobiz, gateway)) {
        await().until(gateway::hasOpenStream);
        var names =
            List.of("live", "gone", "refused", "bad", "moved", "broken", "lost", "garbage", "echo");
        int jobs = 0;
        for (Jobs task : Jobs.values()) {
          answers.forEach((name, answer) -> vobiz.misbehave(name, answer));
          for (String name : names) {
            gateway.handOut(
                task.job(
                    jobs,
                    task == Jobs.HANG_UP_ALL ? Map.of() : Map.of("conferenceName", name),
                    Map.of("includeNumbers", "true", "mode", "hangUp")));
            jobs++;
            int expected = jobs;
            await().until(() -> gateway.accepted().size() == expected);
          }
        }

        assertThat(gateway.accepted())
            .hasAtLeastOneElementOfType(FailJobRequest.class)
            .extracting(m -> TextFormat.printer().printToString(m))
            .allSatisfy(report -> assertThat(report).doesNotContain(TOKEN));
        for (String endpoint :
            List.of("health", "info", "prometheus", "env", "configprops", "beans", "loggers")) {
          assertThat(Actuator.get(worker, endpoint).body()).doesNotContain(TOKEN);
        }
        assertThat(Actuator.get(worker, "prometheus").body())
            .contains("vobiz_conference_hangup_seconds_count");
        assertThat(Arrays.stream(worker.getBeanDefinitionNames()).map(worker::getBean))
            .extracting(String::valueOf)
            .allSatisfy(bean -> assertThat(bean).doesNotContain(TOKEN));
        assertThat(
                List.of(
                    worker.getBean(VobizProperties.class),
                    worker.getBean(VobizAccounts.class).find("default").orElseThrow(),
                    new VobizProperties.Credentials("MA_1", TOKEN, null),
                    new VobizAccount("default", "MA_1", TOKEN)))
            .extracting(Object::toString)
            .allSatisfy(text -> assertThat(text).contains("***").doesNotContain(TOKEN));
        // That this test would see it: the API did get the token.
        assertThat(vobiz.requests())
            .allSatisfy(r -> assertThat(r.header("X-Auth-Token")).isEqualTo(TOKEN));
      }
      assertThat(output.getAll()).contains("TRACE", "hang-up").doesNotContain(TOKEN);
    }
  }

  /** Camunda's tokens and the secret that they are got with, and a proxy's password, likewise. */
  @Test
  void noOtherSecretIsToBeSeenEither(CapturedOutput output) throws Exception {
    var asked = new CopyOnWriteArrayList<String>();
    var identityProvider =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    identityProvider.createContext(
        "/token",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] answer =
              "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                  .formatted(ACCESS_TOKEN)
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    identityProvider.start();
    try (var proxy = ProxyStandIn.start("proxy-user", PASSWORD);
        var gateway = GatewayStandIn.start()) {
      String tokenUrl = "http://127.0.0.1:" + identityProvider.getAddress().getPort() + "/token";
      try (var worker =
          TestWorker.start(
              gateway.address(),
              URI.create("https://127.0.0.1:1"),
              TOKEN,
              "--logging.level.root=trace",
              "--logging.level.io.grpc.netty=trace",
              "--logging.level.org.apache.hc=trace",
              "--logging.level.org.apache.hc.client5.http.headers=trace",
              "--management.endpoints.web.exposure.include=*",
              "--vobiz.http.proxy.url=" + proxy.url(),
              "--vobiz.http.proxy.username=proxy-user",
              "--vobiz.http.proxy.password=" + PASSWORD,
              "--camunda.client.auth.method=oidc",
              "--camunda.client.auth.token-url=" + tokenUrl,
              "--camunda.client.auth.client-id=worker",
              "--camunda.client.auth.client-secret=" + CLIENT_SECRET)) {
        await().until(gateway::hasOpenStream);
        gateway.handOut(
            GatewayStandIn.job(1, "{\"conferenceName\":\"room\"}", 3, Duration.ofMinutes(1)));
        await().until(() -> gateway.accepted().size() == 1);
        for (String endpoint :
            List.of("health", "info", "prometheus", "env", "configprops", "beans", "loggers")) {
          assertThat(Actuator.get(worker, endpoint).body()).doesNotContain(SECRETS);
        }
      }
      String proxyCredentials = encoded("proxy-user:" + PASSWORD);
      // That this test would see them: both were used.
      assertThat(asked).isNotEmpty().allSatisfy(form -> assertThat(form).contains(CLIENT_SECRET));
      assertThat(proxy.heads()).anySatisfy(head -> assertThat(head).contains(proxyCredentials));
      assertThat(output.getAll())
          .contains("TRACE", "hang-up")
          .doesNotContain(SECRETS)
          .doesNotContain(proxyCredentials, encoded("worker:" + CLIENT_SECRET));
    } finally {
      identityProvider.stop(0);
    }
  }

  /** Two of Vobiz's headers carry tokens in plain text, and callers' numbers are in the body. */
  @Test
  void nothingOfACallbackIsToBeSeen(CapturedOutput output) throws Exception {
    String number = "+49301112223334";
    try (var vobiz = VobizStandIn.start();
        var gateway = GatewayStandIn.start()) {
      int port = FreePort.find();
      try (var worker =
          TestWorker.start(
              gateway.address(),
              vobiz.baseUrl(),
              TOKEN,
              "--logging.level.root=trace",
              "--logging.level.reactor.netty=trace",
              "--logging.level.reactor.netty.http.server=trace",
              "--management.endpoints.web.exposure.include=*",
              "--vobiz.events.port=" + port,
              "--vobiz.events.address=127.0.0.1",
              "--vobiz.events.public-url=http://127.0.0.1/vobiz",
              "--vobiz.events.allow-unsigned=true",
              "--vobiz.events.main-auth-token=" + CLIENT_SECRET)) {
        String action = "ConferenceAction=exit&ConferenceName=room&ConferenceUUID=1";
        for (String fields : List.of(action + "&ConferenceLastMember=true", action, "x=y", "%zz")) {
          try (var http = HttpClient.newHttpClient()) {
            http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/vobiz/default"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("X-Auth-Token", TOKEN)
                    .header("X-Main-Auth-Token", CLIENT_SECRET)
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            fields + "&From=" + number + "&To=" + number))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
          }
        }

        // What the network library cannot read, it likes to show.
        for (String nonsense :
            List.of("Bad\0Header: 1", "X: " + "a".repeat(20_000), "Content-Length: x")) {
          try (var socket = new Socket("127.0.0.1", port)) {
            socket
                .getOutputStream()
                .write(
                    "POST /vobiz/default HTTP/1.1\r\nX-Auth-Token: %s\r\n%s\r\n\r\nFrom=%s"
                        .formatted(TOKEN, nonsense, number)
                        .getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).contains(" 4");
          }
        }

        assertThat(gateway.published()).hasSize(1);
        for (String endpoint :
            List.of("health", "info", "prometheus", "env", "configprops", "beans", "loggers")) {
          assertThat(Actuator.get(worker, endpoint).body()).doesNotContain(TOKEN, CLIENT_SECRET);
        }
        assertThat(
                worker.getBean(VobizProperties.class).toString()
                    + worker.getBean(VobizProperties.class).events())
            .doesNotContain(TOKEN, CLIENT_SECRET);
      }
      assertThat(output.getAll())
          .contains("TRACE", "conference event")
          .doesNotContain(TOKEN, CLIENT_SECRET, number.substring(1));
    }
  }

  private static String encoded(String credentials) {
    return Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  private static ConfigurableApplicationContext start(VobizStandIn vobiz, GatewayStandIn gateway) {
    return TestWorker.start(
        gateway.address(),
        vobiz.baseUrl(),
        TOKEN,
        "--logging.level.root=trace",
        "--management.endpoints.web.exposure.include=*");
  }
}
