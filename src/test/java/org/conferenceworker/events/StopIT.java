package org.conferenceworker.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conferenceworker.events.Caller.lastExit;

import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.conferenceworker.standin.FreePort;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.system.jar.WorkerJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SIGTERM to the packaged worker while a callback is under way. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StopIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension private final StandIns standIns = new StandIns();

  private final int port = FreePort.find();
  private final Caller vobiz = new Caller(port, "token");
  private final WorkerJar worker =
      standIns.closing(
          WorkerJar.start(
              WorkerJar.environment(
                  standIns.gateway.address(),
                  standIns.vobiz.baseUrl(),
                  "VOBIZ_EVENTS_PORT",
                  Integer.toString(port),
                  "VOBIZ_EVENTS_ADDRESS",
                  "127.0.0.1",
                  "VOBIZ_EVENTS_PUBLIC_URL",
                  Caller.PUBLIC_URL + "/")));

  @Test
  void finishesACallback_whenItIsStopped() {
    worker.awaitStarted();
    standIns.gateway.answerEveryReportWith(Status.UNAVAILABLE);
    var answer =
        CompletableFuture.supplyAsync(() -> vobiz.callback(lastExit("room", "u1")).status());
    await().atMost(PATIENCE).until(() -> !standIns.gateway.received().isEmpty());

    worker.terminate();
    worker.awaitOutput("Stopping: taking no more callbacks.");
    standIns.gateway.answerEveryReportWith(null);

    assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(200);
    assertThat(standIns.gateway.published()).hasSize(1);
    assertThat(worker.awaitExit(PATIENCE)).isEqualTo(WorkerJar.STOPPED_BY_SIGTERM);
    assertThat(worker.logged("ERROR")).isEmpty();
    assertThat(vobiz.callback(lastExit("room", "u2")).status()).isZero();
  }

  @Test
  void doesNotWaitForARequestThatDoesNotGoOn_whenItIsStopped() throws IOException {
    worker.awaitStarted();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String begun =
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n%s\r\nContent-Type: %s\r\n\r\na"
              .formatted(Caller.PATH, String.join("\r\n", vobiz.signed("1")), Caller.FORM);
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.ISO_8859_1));
      // Later than that one on the same network thread.
      assertThat(vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(200);

      worker.terminate();

      assertThat(worker.awaitExit(PATIENCE)).isEqualTo(WorkerJar.STOPPED_BY_SIGTERM);
      assertThat(worker.logged("ERROR")).isEmpty();
    }
  }
}
