package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.conferenceworker.http.HttpConfiguration;
import org.conferenceworker.http.NamedTlsStrategy;
import org.conferenceworker.settings.start.SettingsConfiguration;
import org.conferenceworker.standin.ProxyStandIn;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.trace.Spans;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.RequestRefused;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The way to the API: addresses, stale connections, proxies, certificates. */
class ConnectionTest {

  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_1", "s3cr3t-t0ken");

  private static VobizStandIn known(VobizStandIn vobiz) {
    vobiz.account("MA_1", ACCOUNT.authToken());
    vobiz.room("MA_1", "room");
    return vobiz;
  }

  private static Outcome hangUp(VobizClient client) {
    return client.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), Instant.MAX);
  }

  private static void assertNotConnected(Outcome outcome, String... why) {
    assertThat(outcome)
        .asInstanceOf(type(NotConnected.class))
        .extracting(NotConnected::cause)
        .asString()
        .contains(why);
  }

  /** A client with these settings, set up by the worker's own configuration. */
  private static void with(List<String> settings, Consumer<VobizClient> test) {
    var all = new ArrayList<>(settings);
    all.addAll(
        List.of(
            "vobiz.auth-id=MA_1",
            "vobiz.auth-token=s3cr3t-t0ken",
            "vobiz.check.on-start=false",
            // As if application.yaml had been read.
            "conference-worker.own-settings=any"));
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
        .withUserConfiguration(
            SettingsConfiguration.class, HttpConfiguration.class, VobizConfiguration.class)
        .withBean(Clock.class, Clock::systemUTC)
        .withBean(SimpleMeterRegistry.class)
        .withBean(Spans.class, () -> new Spans(Tracer.NOOP))
        .withPropertyValues(all.toArray(String[]::new))
        .run(context -> test.accept(context.getBean(VobizClient.class)));
  }

  /** How a stand-in listens, on a socket of the test's own making. */
  private abstract static class Listening extends ServerSocketFactory {
    @Override
    public abstract ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException;

    @Override
    public ServerSocket createServerSocket(int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
      throw new UnsupportedOperationException();
    }
  }

  /** Listens at this address, whatever address is asked for. */
  private static ServerSocketFactory at(String address, int port) {
    return new Listening() {
      @Override
      public ServerSocket createServerSocket(int ignored, int backlog, InetAddress loopback)
          throws IOException {
        return new ServerSocket(port, backlog, InetAddress.getByName(address));
      }
    };
  }

  @Nested
  class Addresses {

    private final InMemoryDnsResolver dns = new InMemoryDnsResolver();

    private VobizClient client(DnsResolver dns, int port, String... settings) {
      return ApiClients.client(
          URI.create("http://api.example:" + port), dns, Clock.systemUTC(), settings);
    }

    @Test
    void areLookedUpAgain_whenAConnectionHasReachedItsAge() throws IOException {
      try (var before = known(VobizStandIn.start());
          var after = known(VobizStandIn.start(at("127.0.0.2", port(before)), "http"));
          var client = client(dns, port(before), "vobiz.http.connection-time-to-live=300ms")) {
        dns.add("api.example", InetAddress.getByName("127.0.0.1"));
        assertThat(hangUp(client)).isInstanceOf(Succeeded.class);
        assertThat(before.requests()).hasSize(1);

        dns.add("api.example", InetAddress.getByName("127.0.0.2"));

        await()
            .until(
                () -> {
                  hangUp(client);
                  return !after.requests().isEmpty();
                });
      }
    }

    @Test
    void areLookedUpAgain_whenTheServerHasClosedTheConnection() throws IOException {
      try (var before = known(VobizStandIn.start());
          var after = known(VobizStandIn.start(at("127.0.0.2", port(before)), "http"));
          var client = client(dns, port(before))) {
        dns.add("api.example", InetAddress.getByName("127.0.0.1"));
        assertThat(hangUp(client)).isInstanceOf(Succeeded.class);

        dns.add("api.example", InetAddress.getByName("127.0.0.2"));
        before.closeConnections();

        assertThat(hangUp(client)).isInstanceOf(Succeeded.class);
        assertThat(after.requests()).hasSize(1);
      }
    }

    @Test
    void areTriedInTurn_untilOneIsThere() throws IOException {
      try (var vobiz = known(VobizStandIn.start());
          var client = client(dns, port(vobiz))) {
        dns.add(
            "api.example", InetAddress.getByName("127.0.0.3"), InetAddress.getByName("127.0.0.1"));

        assertThat(hangUp(client)).isInstanceOf(Succeeded.class);
        assertThat(vobiz.requests()).hasSize(1);
      }
    }

    @Test
    void canBeOfIpVersion6() throws IOException {
      assumeTrue(hasIpv6(), "no IPv6 loopback here");
      try (var vobiz = known(VobizStandIn.start(at("::1", 0), "http"))) {
        with(
            List.of("vobiz.base-url=http://[::1]:" + port(vobiz)),
            client -> assertThat(hangUp(client)).isInstanceOf(Succeeded.class));

        assertThat(vobiz.requests())
            .singleElement()
            .returns("[::1]:" + port(vobiz), r -> r.header("Host"));
      }
    }

    private static boolean hasIpv6() throws IOException {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .anyMatch(a -> a instanceof Inet6Address && a.isLoopbackAddress());
    }

    private static int port(VobizStandIn vobiz) {
      return vobiz.baseUrl().getPort();
    }
  }

  /**
   * A close that crosses the next request on its way makes it one of unknown fate, never a success;
   * one that was seen in time is covered by {@link VobizClientTest}.
   */
  @Test
  void sendsNothingTwice_whenTheServerClosesConnectionsAtTheWorstMoment() throws IOException {
    try (var vobiz = known(VobizStandIn.start())) {
      with(
          List.of("vobiz.base-url=" + vobiz.baseUrl()),
          client -> {
            for (int i = 0; i < 20; i++) {
              vobiz.misbehaveNext(
                  (request, connection) -> {
                    connection.empty(request, 404);
                    connection.close();
                  });
              assertThat(hangUp(client)).isInstanceOfAny(NotFound.class, AnswerLost.class);
            }
          });
      assertThat(vobiz.requests()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
    }
  }

  /** A certificate authority of one's own, a server and a client that it vouches for. */
  private static final HeldCertificate CA =
      new HeldCertificate.Builder().certificateAuthority(0).build();

  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder()
          .signedBy(CA)
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("127.0.0.1")
          .build();
  private static final HeldCertificate CLIENT = new HeldCertificate.Builder().signedBy(CA).build();

  private static VobizStandIn tls(HeldCertificate server, boolean clientAuth) {
    return tls(server, socket -> socket.setNeedClientAuth(clientAuth));
  }

  private static SSLServerSocketFactory sockets(HeldCertificate server) {
    return new HandshakeCertificates.Builder()
        .heldCertificate(server)
        .addTrustedCertificate(CA.certificate())
        .build()
        .sslContext()
        .getServerSocketFactory();
  }

  private static VobizStandIn tls(HeldCertificate server, Consumer<SSLServerSocket> setUp) {
    return known(
        VobizStandIn.start(
            new Listening() {
              @Override
              public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
                  throws IOException {
                var socket =
                    (SSLServerSocket) sockets(server).createServerSocket(port, backlog, address);
                setUp.accept(socket);
                return socket;
              }
            },
            "https"));
  }

  private static List<String> trusting(VobizStandIn vobiz, String... more) {
    return trusting(vobiz.baseUrl(), more);
  }

  private static List<String> trusting(URI baseUrl, String... more) {
    var settings = new ArrayList<String>();
    settings.add("vobiz.base-url=" + baseUrl);
    settings.add("vobiz.http.ssl-bundle=vobiz");
    settings.add("spring.ssl.bundle.pem.vobiz.truststore.certificate=" + CA.certificatePem());
    settings.addAll(List.of(more));
    return settings;
  }

  @Nested
  class ServerNames {

    private final List<String> told = new CopyOnWriteArrayList<>();

    /** Also a name without a dot, of which the JDK by itself would not tell. */
    @Test
    void areTold() {
      try (var vobiz = tls(SERVER, this::listen)) {
        with(
            trusting(URI.create("https://localhost:" + vobiz.baseUrl().getPort())),
            client -> assertThat(hangUp(client)).isInstanceOf(Succeeded.class));
      }
      assertThat(told).containsOnly("localhost");
    }

    @ParameterizedTest
    @CsvSource({
      "vobiz-gateway,vobiz-gateway",
      "Vobiz,Vobiz",
      "api.example,api.example",
      "api.example.,api.example",
      "vobiz-gateway.,vobiz-gateway",
      "127.0.0.1,",
      "[::1],",
    })
    void areOfTheRightForm(String host, String expected) throws IOException {
      var server =
          new HeldCertificate.Builder()
              .signedBy(CA)
              .addSubjectAlternativeName("vobiz-gateway")
              .addSubjectAlternativeName("vobiz")
              .addSubjectAlternativeName("api.example")
              .addSubjectAlternativeName("127.0.0.1")
              .addSubjectAlternativeName("::1")
              .build();
      try (var vobiz = tls(server, this::listen);
          var socket = new Socket(InetAddress.getLoopbackAddress(), vobiz.baseUrl().getPort())) {
        new NamedTlsStrategy(
                new HandshakeCertificates.Builder()
                    .addTrustedCertificate(CA.certificate())
                    .build()
                    .sslContext(),
                null,
                null,
                host)
            .upgrade(socket, host, vobiz.baseUrl().getPort(), null, null)
            .close();
      }
      assertThat(told).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    private void listen(SSLServerSocket server) {
      SSLParameters parameters = server.getSSLParameters();
      parameters.setSNIMatchers(
          List.of(
              new SNIMatcher(StandardConstants.SNI_HOST_NAME) {
                @Override
                public boolean matches(SNIServerName name) {
                  told.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
                  return true;
                }
              }));
      server.setSSLParameters(parameters);
    }
  }

  @Nested
  class Certificates {

    @Test
    void ofAPrivateAuthority_areTrusted_ifTheBundleSaysSo() {
      try (var vobiz = tls(SERVER, false)) {
        with(trusting(vobiz), client -> assertThat(hangUp(client)).isInstanceOf(Succeeded.class));
      }
    }

    @Test
    void ofAnUnknownAuthority_areRefused_beforeAnythingIsSent() {
      try (var vobiz = tls(SERVER, false)) {
        with(
            List.of("vobiz.base-url=" + vobiz.baseUrl()),
            client -> assertNotConnected(hangUp(client), "TLS failed", "certification path"));
        assertThat(vobiz.requests()).isEmpty();
      }
    }

    @Test
    void forAnotherHost_areRefused_beforeAnythingIsSent() {
      var other =
          new HeldCertificate.Builder()
              .signedBy(CA)
              .addSubjectAlternativeName("other.example")
              .build();
      try (var vobiz = tls(other, false)) {
        with(
            trusting(vobiz),
            client -> assertNotConnected(hangUp(client), "TLS failed", "127.0.0.1"));
        assertThat(vobiz.requests()).isEmpty();
      }
    }

    @Test
    void ofTheClient_areShown_ifTheServerAsks() {
      try (var vobiz = tls(SERVER, true)) {
        with(
            trusting(
                vobiz,
                "spring.ssl.bundle.pem.vobiz.keystore.certificate=" + CLIENT.certificatePem(),
                "spring.ssl.bundle.pem.vobiz.keystore.private-key=" + CLIENT.privateKeyPkcs8Pem()),
            client -> assertThat(hangUp(client)).isInstanceOf(Succeeded.class));
      }
    }

    /** With TLS 1.3 the server refuses when the client has begun to send. */
    @Test
    void ofTheClient_areMissed_withoutDoubt() {
      try (var vobiz = tls(SERVER, true)) {
        with(
            trusting(vobiz),
            client -> {
              for (int i = 0; i < 50; i++) {
                assertNotConnected(hangUp(client), "client certificate", "vobiz.http.ssl-bundle");
              }
            });
        assertThat(vobiz.requests()).isEmpty();
      }
    }

    @Test
    void ofTheClient_areNotTrusted_andItIsSaid() {
      var stranger = new HeldCertificate.Builder().build();
      try (var vobiz = tls(SERVER, true)) {
        with(
            trusting(
                vobiz,
                "spring.ssl.bundle.pem.vobiz.keystore.certificate=" + stranger.certificatePem(),
                "spring.ssl.bundle.pem.vobiz.keystore.private-key="
                    + stranger.privateKeyPkcs8Pem()),
            client -> assertNotConnected(hangUp(client), "client certificate"));
        assertThat(vobiz.requests()).isEmpty();
      }
    }

    @Test
    void ofTheClient_areMissed_withoutDoubt_withOlderTls() {
      try (var vobiz =
          tls(
              SERVER,
              socket -> {
                socket.setNeedClientAuth(true);
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
              })) {
        with(trusting(vobiz), client -> assertNotConnected(hangUp(client), "TLS failed"));
        assertThat(vobiz.requests()).isEmpty();
      }
    }

    /** The server has the request by then: what it did with it is not known. */
    @Test
    void ofTheClient_areAskedForWhenTheRequestWasRead_whichLeavesDoubt() throws IOException {
      try (var server =
              (SSLServerSocket)
                  sockets(SERVER).createServerSocket(0, 1, InetAddress.getLoopbackAddress());
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        server.setEnabledProtocols(new String[] {"TLSv1.2"});
        threads.submit(
            () -> {
              try (var socket = (SSLSocket) server.accept()) {
                socket.getInputStream().read();
                socket.setNeedClientAuth(true);
                socket.startHandshake();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
              }
              return null;
            });
        with(
            trusting(URI.create("https://127.0.0.1:" + server.getLocalPort())),
            client -> assertThat(hangUp(client)).isInstanceOf(AnswerLost.class));
      }
    }

    @Test
    void areReadAgain_whenTheirFilesChange(@TempDir Path folder) throws IOException {
      var otherAuthority = new HeldCertificate.Builder().certificateAuthority(0).build();
      Path trusted = Files.writeString(folder.resolve("ca.pem"), otherAuthority.certificatePem());
      try (var vobiz = tls(SERVER, false)) {
        with(
            List.of(
                "vobiz.base-url=" + vobiz.baseUrl(),
                "vobiz.http.ssl-bundle=vobiz",
                "spring.ssl.bundle.pem.vobiz.truststore.certificate=file:" + trusted,
                "spring.ssl.bundle.pem.vobiz.reload-on-update=true",
                "spring.ssl.bundle.watch.file.quiet-period=10ms"),
            client -> {
              assertThat(hangUp(client)).isInstanceOf(NotConnected.class);

              write(trusted, CA.certificatePem());

              await().until(() -> hangUp(client) instanceof Succeeded);
            });
      }
    }

    private static void write(Path file, String text) {
      try {
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Nested
  class ThroughAProxy {

    private static List<String> through(ProxyStandIn proxy, VobizStandIn vobiz, String password) {
      return trusting(
          vobiz,
          "vobiz.http.response-timeout=2s",
          "vobiz.http.proxy.url=" + proxy.url(),
          "vobiz.http.proxy.username=worker",
          "vobiz.http.proxy.password=" + password);
    }

    @Test
    void endsTheConference_andShowsTheProxyNeitherPathNorToken() {
      try (var proxy = ProxyStandIn.start("worker", "pr0xy");
          var vobiz = tls(SERVER, false)) {
        with(
            through(proxy, vobiz, "pr0xy"),
            client -> {
              assertThat(hangUp(client)).isInstanceOf(Succeeded.class);
              assertThat(hangUp(client)).isInstanceOf(NotFound.class);
            });

        assertThat(vobiz.requests())
            .extracting(Request::requestLine)
            .containsOnly("DELETE /api/v1/Account/MA_1/Conference/room/ HTTP/1.1");
        assertThat(vobiz.requests())
            .allSatisfy(r -> assertThat(r.header("Proxy-Authorization")).isNull());
        assertThat(proxy.heads())
            .isNotEmpty()
            .allSatisfy(
                head ->
                    assertThat(head)
                        .startsWith("CONNECT 127.0.0.1:" + vobiz.baseUrl().getPort() + " HTTP/1.1")
                        .doesNotContain("MA_1", "s3cr3t-t0ken", "room"));
      }
    }

    @Test
    void sendsNothing_whenTheApiDemandsAClientCertificate() {
      try (var proxy = ProxyStandIn.start("worker", "pr0xy");
          var vobiz = tls(SERVER, true)) {
        with(
            through(proxy, vobiz, "pr0xy"),
            client -> assertNotConnected(hangUp(client), "client certificate"));
        assertThat(vobiz.requests()).isEmpty();
      }
    }

    @Test
    void sendsNothing_whenTheProxyRefusesTheCredentials() {
      try (var proxy = ProxyStandIn.start("worker", "pr0xy");
          var vobiz = tls(SERVER, false)) {
        with(
            through(proxy, vobiz, "wrong"),
            client -> assertNotConnected(hangUp(client), "proxy", "407"));
        assertThat(vobiz.requests()).isEmpty();
      }
    }

    /** What a proxy says about itself is nothing that the API has said about a conference. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "HTTP/1.1 404 -\r\nContent-Length: 32\r\n\r\n{\"error\":\"conference not found\"}",
          "HTTP/1.1 204 -\r\n\r\n",
          "HTTP/1.1 302 -\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 403 -\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 502 -\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 200 -\r\n\r\nHTTP/1.1 204 -\r\n\r\n",
          "no http\r\n\r\n",
        })
    void takesNoAnswerOfTheProxyForTheApis(String answer) {
      try (var proxy = ProxyStandIn.start("worker", "pr0xy");
          var vobiz = tls(SERVER, false)) {
        proxy.answerWith(answer);
        with(
            through(proxy, vobiz, "pr0xy"),
            client -> assertThat(hangUp(client)).isInstanceOf(NotConnected.class));
        assertThat(vobiz.requests()).isEmpty();
      }
    }

    @Test
    void sendsNothing_whenTheProxyIsNotThere() {
      String url;
      try (var proxy = ProxyStandIn.start("worker", "pr0xy")) {
        url = proxy.url();
      }
      try (var vobiz = tls(SERVER, false)) {
        with(
            trusting(vobiz, "vobiz.http.proxy.url=" + url),
            client -> assertThat(hangUp(client)).isEqualTo(new NotConnected("connection refused")));
        assertThat(vobiz.requests()).isEmpty();
      }
    }

    @Test
    void doesNotAnswerAServerThatAsksForTheProxysPassword() {
      try (var proxy = ProxyStandIn.start("worker", "pr0xy");
          var vobiz = tls(SERVER, false)) {
        vobiz.misbehaveNext(
            Replies.json(401, "{}", "WWW-Authenticate: Basic realm=\"p\""),
            Replies.json(407, "{}", "Proxy-Authenticate: Basic realm=\"p\""));
        with(
            through(proxy, vobiz, "pr0xy"),
            client -> {
              assertThat(hangUp(client)).isInstanceOf(CredentialsRefused.class);
              assertThat(hangUp(client)).isInstanceOf(RequestRefused.class);
            });
        assertThat(vobiz.requests())
            .hasSize(2)
            .allSatisfy(
                r -> {
                  assertThat(r.header("Authorization")).isNull();
                  assertThat(r.header("Proxy-Authorization")).isNull();
                });
      }
    }
  }
}
