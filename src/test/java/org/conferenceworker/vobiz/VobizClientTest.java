package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.conferenceworker.standin.vobiz.Request;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.Redirected;
import org.conferenceworker.vobiz.Outcome.RequestRefused;
import org.conferenceworker.vobiz.Outcome.RouteNotFound;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.Outcome.Throttled;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API client on real sockets: what goes over the wire, and what comes of each answer. */
class VobizClientTest {

  private static final String TOKEN = "s3cr3t-t0ken";
  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_123", TOKEN);
  private static final Instant NO_HURRY = Instant.MAX;

  private VobizStandIn vobiz;
  private VobizClient client;

  @BeforeEach
  void start() {
    vobiz = VobizStandIn.start();
    vobiz.account("MA_123", TOKEN);
    client = client(vobiz.baseUrl(), Duration.ofSeconds(10), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    vobiz.close();
  }

  private static VobizClient client(URI baseUrl, Duration responseTimeout, Duration totalTimeout) {
    return ApiClients.client(
        baseUrl,
        SystemDefaultDnsResolver.INSTANCE,
        Clock.systemUTC(),
        "vobiz.http.response-timeout=" + responseTimeout,
        "vobiz.http.total-timeout=" + totalTimeout);
  }

  private Outcome hangUp(String name) {
    return client.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName(name)), NO_HURRY);
  }

  @Nested
  class Sends {

    @ParameterizedTest
    @MethodSource("org.conferenceworker.vobiz.VobizClientTest#names")
    void theExactRequestLine(String name, String segment) {
      vobiz.room("MA_123", name);

      assertThat(hangUp(name)).isInstanceOf(Succeeded.class);

      assertThat(vobiz.requests())
          .extracting(Request::requestLine)
          .containsExactly("DELETE /api/v1/Account/MA_123/Conference/" + segment + "/ HTTP/1.1");
      assertThat(vobiz.rooms("MA_123")).isEmpty();
    }

    @Test
    void theDocumentedHeaders_andNoBody() {
      hangUp("room");

      assertThat(vobiz.requests().getFirst().headerLines())
          .containsExactlyInAnyOrder(
              "X-Auth-ID: MA_123",
              "X-Auth-Token: " + TOKEN,
              "Content-Type: application/json",
              "Accept: application/json",
              "Accept-Encoding: identity",
              "Host: 127.0.0.1:" + vobiz.baseUrl().getPort(),
              "Connection: keep-alive",
              "User-Agent: vobiz-conference-worker");
    }

    @Test
    void overOneConnection_whenTheServerKeepsItOpen() {
      hangUp("first");
      hangUp("second");
      hangUp("third");

      assertThat(vobiz.requests()).hasSize(3);
      assertThat(vobiz.connections()).isEqualTo(1);
    }

    @Test
    void noCookieThatTheServerHadSet() {
      vobiz.misbehaveNext(Replies.empty(204, "Set-Cookie: session=1; Path=/"));
      hangUp("first");
      hangUp("second");

      assertThat(vobiz.requests().get(1).header("Cookie")).isNull();
    }

    @Test
    void nothing_whenTheRequestIsNotWantedAnyMore() {
      vobiz.room("MA_123", "room");

      assertThat(client.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), Instant.now()))
          .isEqualTo(new TooLateToSend());

      assertThat(vobiz.requests()).isEmpty();
      assertThat(vobiz.rooms("MA_123")).containsExactly("room");
    }
  }

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of("My Conf Room", "My%20Conf%20Room"),
        Arguments.of("sales/emea", "sales%2Femea"),
        Arguments.of("a+b", "a%2Bb"),
        Arguments.of("100%", "100%25"),
        Arguments.of("a?b#c", "a%3Fb%23c"),
        Arguments.of("...", "..."),
        Arguments.of(" x ", "%20x%20"),
        Arguments.of("📞 Süd", "%F0%9F%93%9E%20S%C3%BCd"),
        Arguments.of("x".repeat(500), "x".repeat(500)),
        Arguments.of("ü".repeat(500), "%C3%BC".repeat(500)));
  }

  static Stream<Arguments> answers() {
    String voice = "{\"error\":\"it broke\",\"api_id\":\"id-1\"}";
    String generic =
        "{\"status\":\"error\",\"error\":{\"code\":\"SOME_CODE\",\"message\":\"it broke\","
            + "\"details\":{\"retryAfter\":1}},\"timestamp\":\"now\",\"requestId\":\"id-1\"}";
    return Stream.of(
            Map.entry(400, RequestRefused.class),
            Map.entry(401, CredentialsRefused.class),
            Map.entry(402, RequestRefused.class),
            Map.entry(403, CredentialsRefused.class),
            Map.entry(404, RouteNotFound.class),
            Map.entry(405, RequestRefused.class),
            Map.entry(408, Throttled.class),
            Map.entry(409, RequestRefused.class),
            Map.entry(418, RequestRefused.class),
            Map.entry(422, RequestRefused.class),
            Map.entry(425, Throttled.class),
            Map.entry(429, Throttled.class),
            Map.entry(500, ServerFailed.class),
            Map.entry(502, ServerFailed.class),
            Map.entry(503, ServerFailed.class),
            Map.entry(504, ServerFailed.class),
            Map.entry(599, ServerFailed.class),
            Map.entry(200, ServerFailed.class),
            Map.entry(202, ServerFailed.class))
        .flatMap(
            e ->
                Stream.of(
                    Arguments.of(e.getKey(), voice, null, e.getValue()),
                    Arguments.of(e.getKey(), generic, "SOME_CODE", e.getValue())));
  }

  @Nested
  class Understands {

    @ParameterizedTest
    @MethodSource("org.conferenceworker.vobiz.VobizClientTest#answers")
    void everyStatus_withTheErrorShapesOfTheApi(
        int status, String body, String code, Class<? extends Outcome.Answered> type) {
      vobiz.misbehaveNext(Replies.json(status, body));

      Outcome outcome = hangUp("room");

      assertThat(outcome).isInstanceOf(type);
      ApiAnswer answer = ((Outcome.Answered) outcome).answer();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.message()).isEqualTo("it broke");
      assertThat(answer.requestId()).isEqualTo("id-1");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "<html>nope</html>",
          "[1,2]",
          "{\"error\":",
          "{\"a\":{\"error\":1}}",
          "\0\1"
        })
    void everyStatus_whenTheBodyIsNothingOfTheKind(String body) {
      for (int status : new int[] {200, 204, 400, 401, 404, 429, 500}) {
        vobiz.misbehaveNext(Replies.json(status, status == 204 ? "" : body));
        assertThat(hangUp("room"))
            .isInstanceOf(
                switch (status) {
                  case 200 -> body.isEmpty() ? Succeeded.class : ServerFailed.class;
                  case 204 -> Succeeded.class;
                  case 400 -> RequestRefused.class;
                  case 401 -> CredentialsRefused.class;
                  case 404 -> body.isEmpty() ? NotFound.class : RouteNotFound.class;
                  case 429 -> Throttled.class;
                  default -> ServerFailed.class;
                });
      }
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void aRedirect_withoutFollowingIt(int status) throws IOException {
      try (var elsewhere = VobizStandIn.start()) {
        vobiz.misbehaveNext(
            Replies.empty(
                status, "Location: " + elsewhere.baseUrl().resolve("/api/v1/x/Conference/room/")));

        assertThat(hangUp("room"))
            .isInstanceOfSatisfying(
                Redirected.class, r -> assertThat(r.targetHost()).isEqualTo("127.0.0.1"));

        assertThat(vobiz.requests()).hasSize(1);
        assertThat(elsewhere.requests()).isEmpty();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Location: ::not a url::", "Location: /relative/", "X-Nothing: 1"})
    void aRedirectToNowhere(String header) {
      vobiz.misbehaveNext(Replies.empty(302, header));

      assertThat(hangUp("room"))
          .isInstanceOfSatisfying(Redirected.class, r -> assertThat(r.targetHost()).isNull());
    }

    @Test
    void theApisWishToWait_inHeaderAndBody() {
      vobiz.misbehaveNext(
          Replies.json(429, "{}", "Retry-After: 7"),
          Replies.json(429, "{\"error\":{\"details\":{\"retryAfter\":3}}}"),
          Replies.json(503, "{\"error\":{\"details\":{\"retryAfter\":3}}}", "Retry-After: 8"));

      assertThat(((Throttled) hangUp("room")).answer().retryAfter()).hasSeconds(7);
      assertThat(((Throttled) hangUp("room")).answer().retryAfter()).hasSeconds(3);
      assertThat(((ServerFailed) hangUp("room")).answer().retryAfter()).hasSeconds(8);
      assertThat(vobiz.requests()).hasSize(3);
    }

    @Test
    void textsFromOutside_withoutTheToken_onOneLine_andNotEndless() {
      vobiz.misbehaveNext(
          Replies.json(
              400,
              "{\"error\":\"bad\\r\\nheader X-Auth-Token: "
                  + TOKEN
                  + " "
                  + "long ".repeat(100)
                  + "\"}"));

      String message = ((RequestRefused) hangUp("room")).answer().message();

      assertThat(message).startsWith("bad header X-Auth-Token: *** long").hasSizeLessThan(210);
    }
  }

  @Nested
  class Survives {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
          "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
          "HTTP/1.1 204 No Content\r\n\r\nhello",
          "HTTP/1.0 204 No Content\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        })
    void a204_whateverComesWithIt(String answer) {
      vobiz.misbehaveNext(Replies.raw(answer));

      assertThat(hangUp("room")).isInstanceOf(Succeeded.class);
      // And what came with it is not taken for the answer to the next request.
      assertThat(hangUp("other")).isInstanceOfAny(NotFound.class, NotConnected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 204 No Content\r\n", "H"})
    void anAnswerInAdvance_orHalfOfOne_whichIsNoSuccessOfTheNextRequest(String inAdvance) {
      vobiz.misbehaveNext(Replies.raw("HTTP/1.1 204 No Content\r\n\r\n" + inAdvance));
      assertThat(hangUp("room")).isInstanceOf(Succeeded.class);

      assertThat(hangUp("other")).isInstanceOf(NotConnected.class);
      assertThat(vobiz.requests("other")).isEmpty();
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhile() {
      vobiz.misbehaveNext(Replies.empty(204));
      assertThat(hangUp("room")).isInstanceOf(Succeeded.class);
      vobiz.closeConnections();

      Outcome outcome = hangUp("other");

      assertThat(outcome).isInstanceOf(NotFound.class);
      assertThat(vobiz.requests("other")).hasSize(1);
      assertThat(vobiz.connections()).isEqualTo(2);
    }

    @Test
    void aLostAnswer_asAConferenceThatMayHaveEnded_withoutAskingAgain() {
      for (var fault :
          new Reply[] {
            Replies.reset(),
            Replies.endThenReset(),
            Replies.rawThenClose(""),
            Replies.rawThenClose("HTTP/1.1 20"),
            Replies.rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"mes"),
            Replies.rawThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
            Replies.rawThenClose("no http at all\r\n\r\n"),
            Replies.rawThenClose("noise\r\nHTTP/1.1 204 No Content\r\n\r\n"),
            Replies.rawThenClose(
                "HTTP/1.1 204 No Content\r\nX: " + "x".repeat(10_000) + "\r\n\r\n"),
            Replies.rawThenClose("HTTP/1.1 204 No Content\r\n" + "X: y\r\n".repeat(200) + "\r\n"),
          }) {
        vobiz.reset();
        vobiz.misbehaveNext(fault);
        assertThat(hangUp("room")).isInstanceOf(AnswerLost.class);
        assertThat(vobiz.requests()).hasSize(1);
      }
    }

    @Test
    void anAnswerThatIsNotReadWhole_whenItsStatusSaysEnough() {
      vobiz.misbehaveNext(
          Replies.rawThenClose("HTTP/1.1 401 -\r\nContent-Length: 100\r\n\r\n{\"error\":\"no"));

      assertThat(hangUp("room")).isInstanceOf(CredentialsRefused.class);
    }

    @Test
    void silence_upToTheResponseTimeout() throws IOException {
      try (var hasty = client(vobiz.baseUrl(), Duration.ofMillis(200), Duration.ofSeconds(20))) {
        vobiz.misbehaveNext(Replies.hang());

        assertThat(hasty.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), NO_HURRY))
            .isEqualTo(new AnswerLost("no answer within the response timeout"));
      }
    }

    @Test
    void aDrip_upToTheTotalTimeout() throws IOException {
      try (var hasty = client(vobiz.baseUrl(), Duration.ofSeconds(20), Duration.ofMillis(400))) {
        vobiz.misbehaveNext(
            Replies.endless("HTTP/1.1 200 OK\r\n", "X"),
            Replies.drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", " "),
            Replies.drip("HTTP/1.1 403 -\r\nContent-Length: 100000\r\n\r\n", " "));

        assertThat(hasty.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), NO_HURRY))
            .isInstanceOf(AnswerLost.class);
        assertThat(hasty.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), NO_HURRY))
            .isEqualTo(new AnswerLost("no whole answer within 0.4 s"));
        assertThat(hasty.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), NO_HURRY))
            .isInstanceOf(CredentialsRefused.class);
      }
    }

    @Test
    void aBodyWithoutEnd_readingNoMoreThanTheFirst64KiB() {
      String junk = " ".repeat(1000);
      vobiz.misbehaveNext(
          Replies.endless("HTTP/1.1 200 OK\r\n\r\n{\"error\":\"failed\"", junk),
          Replies.endless("HTTP/1.1 200 OK\r\n\r\n{\"message\":\"fine\"", junk),
          Replies.endless("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n", junk),
          Replies.endless(
              "HTTP/1.1 500 -\r\nTransfer-Encoding: chunked\r\n\r\n", "3e8\r\n" + junk + "\r\n"));

      for (int i = 0; i < 4; i++) {
        assertThat(hangUp("room")).isInstanceOf(ServerFailed.class);
      }
    }
  }

  @Nested
  class KnowsThatNothingWasSent {

    @Test
    void whenTheConnectionIsRefused() throws IOException {
      int closedPort;
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        closedPort = socket.getLocalPort();
      }
      try (var client =
          client(
              URI.create("http://127.0.0.1:" + closedPort),
              Duration.ofSeconds(5),
              Duration.ofSeconds(5))) {
        assertThat(client.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), NO_HURRY))
            .isEqualTo(new NotConnected("connection refused"));
      }
    }

    @Test
    void whenTheHostIsUnknown() throws IOException {
      try (var client =
          client(
              URI.create("https://no-such-host.invalid"),
              Duration.ofSeconds(5),
              Duration.ofSeconds(20))) {
        assertThat(client.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), NO_HURRY))
            .isEqualTo(new NotConnected("the host name could not be resolved"));
      }
    }

    @Test
    void whenTheTlsHandshakeFails() throws IOException {
      try (var client =
          client(
              URI.create(vobiz.baseUrl().toString().replace("http:", "https:")),
              Duration.ofMillis(500),
              Duration.ofSeconds(5))) {
        vobiz.misbehaveNext(Replies.rawThenClose("this is no TLS"));
        Outcome outcome =
            client.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), NO_HURRY);
        assertThat(outcome).isInstanceOf(NotConnected.class);
        assertThat(vobiz.requests("room")).isEmpty();
      }
    }
  }
}
