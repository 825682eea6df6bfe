package org.conferenceworker.vobiz.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.standin.ProxyStandIn;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.vobiz.ApiClients;
import org.conferenceworker.vobiz.VobizClient;
import org.conferenceworker.vobiz.WrongServers;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.conferenceworker.vobiz.check.AccountCheck.Finding;
import org.conferenceworker.vobiz.check.AccountCheck.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The check on the wire: a GET for the list, and nothing else, whatever is tried. */
@ExtendWith(OutputCaptureExtension.class)
class AccountCheckTest {

  private static final String TOKEN = "s3cr3t-t0ken";
  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_1", TOKEN);

  private VobizStandIn vobiz;
  private final WrongServers wrongServers = new WrongServers();
  private VobizClient client;

  @BeforeEach
  @BeforeProperty
  void start() {
    vobiz = VobizStandIn.start();
    vobiz.account("MA_1", TOKEN);
    vobiz.room("MA_1", "bystander");
    client = client(vobiz.baseUrl());
  }

  private static VobizClient client(URI baseUrl, String... settings) {
    return ApiClients.client(
        baseUrl, SystemDefaultDnsResolver.INSTANCE, Clock.systemUTC(), settings);
  }

  private AccountCheck check() {
    return new AccountCheck(client, vobiz.baseUrl(), wrongServers);
  }

  @AfterEach
  @AfterProperty
  void stop() throws IOException {
    client.close();
    vobiz.close();
  }

  @Test
  void masksTheToken_thatTheAnswerRepeats() throws IOException {
    vobiz.checksAnswered(Replies.json(403, "{\"error\":\"no: " + TOKEN + "\"}"));

    assertThat(check().check(ACCOUNT).sentence()).contains("HTTP 403 (\"no: ***\")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"conferences\":[],\"api_id\":\"1\"}        | GOOD           | accepts the credentials",
        "200 | {\"api_id\":\"1\",\"conferences\":[\"error\"]} | GOOD           | accepts the credentials",
        "200 | {\"error\":\"failed\"}                         | FAILED         | says nothing about",
        "200 | <html><body>Sign in to the Wi-Fi</body></html> | ANOTHER_SERVER | no list of conferences",
        "200 | {\"status\":\"UP\"}                            | ANOTHER_SERVER | no list of conferences",
        "200 | ''                                             | ANOTHER_SERVER | no list of conferences",
        "200 | []                                             | ANOTHER_SERVER | no list of conferences",
        "404 | {\"message\":\"Not Found\"}                    | ANOTHER_SERVER | knows no such path",
        "404 | ''                                             | ANOTHER_SERVER | knows no such path",
        "302 | ''                                             | ANOTHER_SERVER | redirect",
        "401 | {\"error\":\"no\"}                             | FAILED         | refused the credentials",
        "403 | ''                                             | FAILED         | refused the credentials",
        "429 | ''                                             | FAILED         | says nothing about",
        "503 | ''                                             | FAILED         | says nothing about",
      })
  void saysWhatTheAnswerMeans(int status, String body, Kind kind, String words) throws IOException {
    vobiz.checksAnswered(Replies.json(status, body));

    Finding finding = check().check(ACCOUNT);
    assertThat(finding.kind()).isEqualTo(kind);
    assertThat(finding.sentence()).contains(words);
  }

  @Test
  void isGood_whenTheListIsLongerThanWhatIsRead() throws IOException {
    String names = "\"" + "x".repeat(100) + "\",";
    vobiz.checksAnswered(
        Replies.json(200, "{\"conferences\":[" + names.repeat(1000) + "\"y\"],\"api_id\":\"1\"}"));

    assertThat(check().check(ACCOUNT).kind()).isEqualTo(Kind.GOOD);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 302, 403, 404, 407, 500, 502, 503})
  void takesNoAnswerOfTheProxyForTheApis(int status) throws IOException {
    try (var proxy = ProxyStandIn.start("worker", "pr0xy")) {
      proxy.answerWith("HTTP/1.1 " + status + " -\r\nContent-Length: 0\r\n\r\n");
      URI baseUrl = URI.create("https://127.0.0.1:" + vobiz.baseUrl().getPort());
      try (var client = client(baseUrl, "vobiz.http.proxy.url=" + proxy.url())) {
        Finding finding = new AccountCheck(client, baseUrl, wrongServers).check(ACCOUNT);
        assertThat(finding.kind()).isEqualTo(Kind.FAILED);
        assertThat(finding.sentence())
            .contains("could not be reached", "the proxy answered HTTP " + status);
      }
    }
    assertThat(vobiz.checks()).isEmpty();
  }

  /** With the health and its gauge, which asks every few milliseconds. */
  private void repeating(BiConsumer<VobizApiHealth, Supplier<Double>> test) throws IOException {
    var properties = Settings.vobiz("vobiz.auth-id=MA_1", "vobiz.auth-token=" + TOKEN);
    var metrics = new SimpleMeterRegistry();
    var health =
        new VobizApiHealth(
            check(),
            new VobizAccounts(properties),
            properties,
            Duration.ofMillis(20),
            Duration.ofMillis(30),
            metrics);
    health.start();
    test.accept(health, () -> metrics.get("vobiz.api.check.up").gauge().value());
    health.stop();
    health.destroy();
  }

  @Test
  void isRepeated_untilTheApiIsThere() throws IOException {
    vobiz.checksAnswered(Replies.json(503, ""));
    repeating(
        (health, up) -> {
          await().until(() -> vobiz.checks().size() > 2);
          assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
          assertThat(health.health().getDetails().get("default").toString())
              .contains("HTTP 503", "says nothing about its credentials");

          vobiz.checksAnswered((request, connection) -> connection.answer(request));

          await().until(() -> health.health().getStatus().equals(Status.UP));
        });
  }

  @Test
  void noticesThatTheTokenWasRevoked_whenAllWasGoodBefore() throws IOException {
    repeating(
        (health, up) -> {
          await().until(() -> up.get() == 1);

          vobiz.account("MA_1", "an0ther-t0ken");
          await().until(() -> up.get() == 0);

          vobiz.account("MA_1", TOKEN);
          await().until(() -> up.get() == 1);
        });
  }

  @Test
  void isLoggedOnce_howeverOftenItIsMade_andWhateverItsAnswersDifferIn(CapturedOutput output)
      throws IOException {
    var n = new AtomicInteger();
    vobiz.checksAnswered(
        (request, connection) ->
            connection.json(request, 500, "{\"error\":\"no. " + n.incrementAndGet() + "\"}"));
    repeating((health, up) -> await().until(() -> n.get() > 4));

    assertThat(output.getAll().lines().filter(line -> line.contains("HTTP 500"))).hasSize(1);
  }

  @Test
  void tellsTheHangUpThatThisIsNotTheApi_asLongAsThatIsSo() throws IOException {
    vobiz.checksAnswered(Replies.json(404, "{\"message\":\"Not Found\"}"));
    repeating(
        (health, up) -> {
          await().until(() -> ApiClients.isFoundFor(wrongServers, "default"));
          assertThat(ApiClients.isFoundFor(wrongServers, "sales")).isFalse();

          vobiz.checksAnswered(Replies.json(503, ""));

          await().until(() -> !ApiClients.isFoundFor(wrongServers, "default"));
        });
  }
}
