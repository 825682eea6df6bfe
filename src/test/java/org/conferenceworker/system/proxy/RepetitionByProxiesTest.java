package org.conferenceworker.system.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.vobiz.ApiClients;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.VobizClient;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Proxies that repeat a request, or send it when nobody waits for it any more; and the lines of the
 * documentation that make them stop, as they stand there.
 */
class RepetitionByProxiesTest {

  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_1", "token");

  private final VobizStandIn vobiz = VobizStandIn.start();
  private Path directory;
  private int port;
  private VobizClient client;

  @BeforeAll
  static void unpack() {
    RealProxy.unpacked();
  }

  @BeforeEach
  void prepare() throws IOException {
    directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "repetition");
    port = RealProxy.freePort();
    client = client();
    vobiz.account("MA_1", "token");
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    vobiz.close();
  }

  private VobizClient client(String... settings) {
    return ApiClients.client(
        URI.create("http://127.0.0.1:" + port),
        SystemDefaultDnsResolver.INSTANCE,
        Clock.systemUTC(),
        settings);
  }

  private Outcome hangUp(VobizClient client, String conference) {
    vobiz.room("MA_1", conference);
    return client.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName(conference)), Instant.MAX);
  }

  /** The lines that the documentation gives for this kind of proxy. */
  private static String documented(String proxy) throws IOException {
    Matcher block =
        Pattern.compile("```" + proxy + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs", "reliability.md")));
    assertThat(block.find()).as("lines for " + proxy).isTrue();
    return block.group(1);
  }

  private RealProxy nginx(String lines) throws IOException {
    return RealProxy.nginx(
        directory,
        """
        upstream vobiz {
          server 127.0.0.1:%d;
          keepalive 8;
        }
        server {
          listen 127.0.0.1:%d;
          location / {
            proxy_pass http://vobiz;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            %s
          }
        }
        """
            .formatted(vobiz.baseUrl().getPort(), port, lines),
        port);
  }

  private RealProxy haproxy(String defaults, String server, String lines) throws IOException {
    return RealProxy.haproxy(
        directory,
        """
          %s
        listen vobiz
          bind 127.0.0.1:%d
          server api 127.0.0.1:%d %s
        %s
        """
            .formatted(defaults, port, vobiz.baseUrl().getPort(), server, lines),
        port);
  }

  /** The API ends the conference and resets a connection that it had answered on before. */
  private Outcome hangUpThroughAReset() {
    assertThat(hangUp(client, "before")).isInstanceOf(Succeeded.class);
    vobiz.misbehave("room", Replies.endThenReset());
    return hangUp(client, "room");
  }

  @Test
  void nginx_repeatsTheRequest() throws IOException {
    try (var proxy = nginx("")) {
      assertThat(hangUpThroughAReset()).isInstanceOf(NotFound.class);
      assertThat(vobiz.requests("room")).hasSize(2);
    }
  }

  @Test
  void nginx_repeatsNothing_withTheDocumentedLines() throws IOException {
    try (var proxy = nginx(documented("nginx"))) {
      assertThat(hangUpThroughAReset()).isInstanceOf(ServerFailed.class);
      assertThat(vobiz.requests("room")).hasSize(1);
    }
  }

  @Test
  void haproxy_repeatsTheRequest_whereRetriesAreOn() throws IOException {
    try (var proxy = haproxy("retry-on all-retryable-errors", "", "")) {
      assertThat(hangUpThroughAReset()).isInstanceOf(NotFound.class);
      assertThat(vobiz.requests("room")).hasSize(2);
    }
  }

  @Test
  void haproxy_repeatsNothing_withTheDocumentedLines() throws IOException {
    try (var proxy = haproxy("retry-on all-retryable-errors", "", documented("haproxy"))) {
      // On a connection that the client had used before, haproxy breaks off instead of answering.
      assertThat(hangUpThroughAReset()).isInstanceOf(AnswerLost.class);
      assertThat(vobiz.requests("room")).hasSize(1);
    }
  }

  /** One call has the only place; the next gives up in the queue; the last one comes after it. */
  private void hangUpInAQueue() throws Exception {
    var answered = new CountDownLatch(1);
    vobiz.misbehave(
        "first", Replies.when(answered, (request, connection) -> connection.answer(request)));
    try (var hasty = client("vobiz.http.total-timeout=1s")) {
      var first = CompletableFuture.supplyAsync(() -> hangUp(client, "first"));
      await().until(() -> vobiz.requests("first").size() == 1);
      assertThat(hangUp(hasty, "late")).isInstanceOf(AnswerLost.class);
      assertThat(vobiz.requests("late")).isEmpty();

      answered.countDown();
      assertThat(first.join()).isInstanceOf(Succeeded.class);
      assertThat(hangUp(client, "last")).isInstanceOf(Succeeded.class);
    } finally {
      answered.countDown();
    }
  }

  @Test
  void haproxy_sendsWhatWasGivenUpInItsQueue() throws Exception {
    try (var proxy = haproxy("", "maxconn 1", "")) {
      hangUpInAQueue();
      assertThat(vobiz.requests("late")).hasSize(1);
      assertThat(vobiz.rooms("MA_1")).isEmpty();
    }
  }

  @Test
  void haproxy_dropsWhatWasGivenUpInItsQueue_withTheDocumentedLines() throws Exception {
    try (var proxy = haproxy("", "maxconn 1", documented("haproxy"))) {
      hangUpInAQueue();
      assertThat(vobiz.requests("late")).isEmpty();
      assertThat(vobiz.rooms("MA_1")).containsExactly("late");
    }
  }
}
