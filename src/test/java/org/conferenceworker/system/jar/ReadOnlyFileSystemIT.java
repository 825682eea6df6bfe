package org.conferenceworker.system.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged worker needs neither a file that it can write nor a user with rights. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it takes file systems away as Linux does")
class ReadOnlyFileSystemIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

  private final VobizStandIn vobiz = VobizStandIn.start();

  private final AtomicInteger tokens = new AtomicInteger();
  private HttpServer identityProvider;
  @TempDir private Path files;

  @BeforeEach
  void openIdentityProvider() throws Exception {
    identityProvider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
  }

  @AfterEach
  void stop() {
    identityProvider.stop(0);
    vobiz.close();
  }

  /**
   * As on SaaS: over TLS, whose native library cannot be unpacked so that the JDK must do, and with
   * tokens, which the client would keep in a file.
   */
  @Test
  void completesAJob() throws Exception {
    vobiz.account("MA_1", "token");
    vobiz.room("MA_1", "room");
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
    var certificate = TlsCertificate.in(files);
    String jar = System.getProperty("worker.jar");
    var fileSystem = new ReadOnlyFileSystem(Path.of(jar), certificate.pem());
    System.out.println("The worker runs on a " + fileSystem + ".");
    try (var gateway = GatewayStandIn.startWith(certificate.server());
        var worker =
            WorkerJar.start(
                fileSystem.java("-jar", jar),
                WorkerJar.environment(
                    gateway.address(),
                    vobiz.baseUrl(),
                    "CAMUNDA_CLIENT_CACERTIFICATEPATH",
                    certificate.pem().toString(),
                    "CAMUNDA_CLIENT_AUTH_METHOD",
                    "oidc",
                    "CAMUNDA_CLIENT_AUTH_TOKENURL",
                    tokenUrl(),
                    "CAMUNDA_CLIENT_AUTH_CLIENTID",
                    "worker",
                    "CAMUNDA_CLIENT_AUTH_CLIENTSECRET",
                    "secret",
                    "CAMUNDA_CLIENT_AUTH_AUDIENCE",
                    "zeebe-api"))) {
      worker.awaitStarted();
      gateway.handOut(
          GatewayStandIn.job(1, "{\"conferenceName\":\"room\"}", 3, Duration.ofMinutes(2)));

      await().atMost(PATIENCE).until(() -> !gateway.accepted().isEmpty());
      assertThat(gateway.accepted()).singleElement().isInstanceOf(CompleteJobRequest.class);
      assertThat(vobiz.rooms("MA_1")).isEmpty();
      assertThat(tokens).hasValue(1);
      assertThat(readiness(worker.output())).startsWith("{\"status\":\"UP\"");
      assertThat(worker.logged("(WARN|ERROR)")).isEmpty();
      assertThat(worker.output()).doesNotContain("\tat ");
    }
  }

  private String tokenUrl() {
    identityProvider.createContext(
        "/token",
        exchange -> {
          byte[] token =
              "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                  .getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, token.length);
          exchange.getResponseBody().write(token);
          exchange.close();
          tokens.incrementAndGet();
        });
    identityProvider.start();
    return "http://127.0.0.1:" + identityProvider.getAddress().getPort() + "/token";
  }

  private static String readiness(String output) throws Exception {
    var port = PORT.matcher(output);
    assertThat(port.find()).isTrue();
    try (var http = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + port.group(1) + "/actuator/health/readiness");
      return http.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
