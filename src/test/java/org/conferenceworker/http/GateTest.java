package org.conferenceworker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.HashedWheelTimer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.conferenceworker.standin.vobiz.VobizStandIn;

/** As if something had rewritten a request on its way: the last gate sees the final one. */
class GateTest {

  private final VobizStandIn vobiz = VobizStandIn.start();
  private final HashedWheelTimer alarms = new HashedWheelTimer();
  private final CloseableHttpClient http = Transports.http();

  /** What was asked for, or what is about to be sent. */
  private record Sent(String method, String path, String body) {}

  @BeforeProperty
  void account() {
    vobiz.account("MA_1", "t0ken");
    vobiz.room("MA_1", "bystander");
  }

  @AfterProperty
  void stop() throws IOException {
    http.close();
    alarms.stop();
    vobiz.close();
  }

  private int sentSoFar() {
    return vobiz.requests().size() + vobiz.checks().size();
  }

  @Provide
  Arbitrary<Sent> requests() {
    return Combinators.combine(
            Arbitraries.of("GET", "DELETE", "POST", "PUT", "get", "delete"),
            Arbitraries.of(
                "/api/v1/Account/MA_1/Conference/",
                "/api/v1/Account/MA_1/Conference",
                "/api/v1/Account/MA_1/Conference/room/",
                "/api/v1/Account/MA_1/Conference/Room/",
                "/api/v1/Account/MA_1/Conference/room/?a=b",
                "/api/v1/Account/MA_1/Conference/room/Member/17/",
                "/api/v1/Account/MA_1/Conference/room/Member/17/Kick/",
                "/api/v1/Account/MA_1/Conference/room/Member/all/Kick/",
                "/api/v1/Account/MA_1/Conference/room/Member/17/Play/",
                "/api/v1/Account/MA_1//Conference/",
                "/api/v1/Account/MA_1/../MA_2/Conference/",
                "/"),
            Arbitraries.of("", "{}", "{\"url\":\"x\"}", "{\"url\":\"y\"}").injectNull(0.5))
        .as(Sent::new);
  }

  @Property(tries = 3000)
  void letsNothingThrough_butTheRequestThatWasAskedFor(
      @ForAll("requests") Sent asked, @ForAll("requests") Sent sent) throws IOException {
    int before = sentSoFar();
    var exchange =
        new Exchange(
            new Request(
                asked.method(),
                asked.path(),
                Map.of("X-Auth-ID", "MA_1"),
                asked.body(),
                Instant.MAX),
            vobiz.baseUrl().toString(),
            Clock.systemUTC(),
            alarms);
    var message = new HttpUriRequestBase(sent.method(), URI.create(vobiz.baseUrl() + sent.path()));
    if (sent.body() != null) {
      message.setEntity(new StringEntity(sent.body()));
    }

    if (Objects.equals(asked, sent)) {
      http.executeOpen(null, message, exchange.context()).close();
      assertThat(exchange.wasSent()).isTrue();
    } else {
      assertThatThrownBy(() -> http.executeOpen(null, message, exchange.context()))
          .isInstanceOf(IllegalStateException.class);
      assertThat(exchange.wasSent()).isFalse();
      assertThat(sentSoFar()).isEqualTo(before);
    }
  }
}
