package org.conferenceworker.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conferenceworker.events.Caller.lastExit;

import io.grpc.Status;
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

  @Test
  void finishesACallback_whenItIsStopped() {
    int port = FreePort.find();
    var worker =
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
    worker.awaitStarted();
    var vobiz = new Caller(port, "token");
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
}
