package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.standin.VobizStandIn;
import org.conferenceworker.standin.VobizStandIn.Replies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

/** The check on the wire: a GET for the list, and nothing else, whatever is tried. */
class AccountCheckTest {

  private static final String TOKEN = "s3cr3t-t0ken";
  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_1", TOKEN);

  private VobizStandIn vobiz;
  private CloseableHttpClient http;

  @BeforeEach
  @BeforeProperty
  void start() {
    vobiz = VobizStandIn.start();
    vobiz.account("MA_1", TOKEN);
    vobiz.room("MA_1", "bystander");
    http =
        VobizConfiguration.httpClient(
            Settings.vobiz().http(),
            DefaultClientTlsStrategy.createDefault(),
            SystemDefaultDnsResolver.INSTANCE,
            new CheckRequestExecutor(),
            pool -> {});
  }

  @AfterEach
  @AfterProperty
  void stop() throws IOException {
    http.close();
    vobiz.close();
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.of(
        "GET", "DELETE", "POST", "PUT", "PATCH", "HEAD", "OPTIONS", "get", "delete", "Get");
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(
        "/api/v1/Account/MA_1/Conference/",
        "/api/v1/Account/MA_1/Conference",
        "/api/v1/Account/MA_1/Conference/bystander/",
        "/api/v1/Account/MA_1/Conference/?a=b",
        "/api/v1/Account/MA_1//Conference/",
        "/api/v1/Account/MA_1/../MA_2/Conference/",
        "/api/v1/Account/MA%201/Conference/",
        "/api/v1/Account/MA_1/",
        "/");
  }

  @Property
  void letsNothingThrough_butAGetForTheList(
      @ForAll("methods") String method, @ForAll("paths") String path) throws IOException {
    int before = vobiz.checks().size();
    var request = new HttpUriRequestBase(method, URI.create(vobiz.baseUrl() + path));

    if (method.equals("GET") && path.equals("/api/v1/Account/MA_1/Conference/")) {
      http.executeOpen(null, request, null).close();
    } else {
      assertThatThrownBy(() -> http.executeOpen(null, request, null))
          .isInstanceOf(IllegalStateException.class);
      assertThat(vobiz.checks()).hasSize(before);
    }
    assertThat(vobiz.requests()).isEmpty();
    assertThat(vobiz.rooms("MA_1")).containsExactly("bystander");
  }

  @Test
  void masksTheToken_thatTheAnswerRepeats() throws IOException {
    vobiz.checksAnswered(Replies.json(403, "{\"error\":\"no: " + TOKEN + "\"}"));

    try (var check = new AccountCheck(http, vobiz.baseUrl())) {
      assertThat(check.check(ACCOUNT).sentence()).contains("HTTP 403 (\"no: ***\")");
    }
  }

  @Test
  void isRepeated_untilTheApiIsThere() throws IOException {
    vobiz.checksAnswered(Replies.json(503, ""));
    var properties = Settings.vobiz("vobiz.auth-id=MA_1", "vobiz.auth-token=" + TOKEN);
    try (var check = new AccountCheck(http, vobiz.baseUrl())) {
      var health =
          new VobizApiHealth(
              check,
              new VobizAccounts(properties),
              properties,
              Duration.ofMillis(20),
              new SimpleMeterRegistry());
      health.start();
      await().until(() -> vobiz.checks().size() > 2);
      assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.health().getDetails().get("default").toString())
          .contains("HTTP 503", "says nothing about its credentials");

      vobiz.checksAnswered((request, connection) -> connection.answer(request));

      await().until(() -> health.health().getStatus().equals(Status.UP));
      health.stop();
      health.destroy();
    }
  }
}
