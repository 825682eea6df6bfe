package org.conferenceworker.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conferenceworker.events.Caller.FORM;
import static org.conferenceworker.events.Caller.PATH;
import static org.conferenceworker.events.Caller.form;
import static org.conferenceworker.events.Caller.lastExit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.FreePort;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.system.jar.WorkerJar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged worker with little memory, when more calls than it can take. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FloodIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A body that is nearly as long as one may be. */
  private static final String BODY = form(lastExit("room", "forged")) + "&x=" + "a".repeat(60_000);

  @RegisterExtension private final StandIns standIns = new StandIns();
  private WorkerJar worker;
  private URI management;
  private int port;
  private Caller vobiz;

  @BeforeEach
  void start() {
    port = FreePort.find();
    worker =
        standIns.closing(
            WorkerJar.start(
                WorkerJar.environment(
                    standIns.gateway.address(),
                    standIns.vobiz.baseUrl(),
                    "VOBIZ_EVENTS_PORT",
                    Integer.toString(port),
                    "VOBIZ_EVENTS_ADDRESS",
                    "127.0.0.1",
                    "VOBIZ_EVENTS_PUBLICURL",
                    Caller.PUBLIC_URL),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError"));
    worker.awaitStarted();
    Matcher said = Pattern.compile("Netty started on port (\\d+)").matcher(worker.output());
    assertThat(said.find()).isTrue();
    management = URI.create("http://127.0.0.1:" + said.group(1) + "/actuator/health");
    vobiz = new Caller(port, "token");
  }

  private void assertThatItIsWell() {
    assertThat(Actuator.get(management).status()).isEqualTo(200);
    assertThat(worker.isAlive()).isTrue();
  }

  private void assertThatItStillWorks() {
    await()
        .atMost(PATIENCE)
        .until(() -> vobiz.callback(lastExit("room", "genuine")).status() == 200);
    assertThat(standIns.gateway.published())
        .anyMatch(message -> message.getMessageId().equals("default:genuine:empty"));
    assertThatItIsWell();
    assertThat(worker.output()).doesNotContain("OutOfMemoryError");
    assertThat(worker.logged("ERROR")).isEmpty();
  }

  @Test
  void survivesConnectionsThatNeverEndTheirRequests() throws IOException {
    String head = "POST " + PATH + " HTTP/1.1\r\nHost: x\r\n";
    var open = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 1500; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(socket);
        String begun =
            i % 2 == 0
                ? head
                : head
                    + "Content-Type: "
                    + FORM
                    + "\r\nContent-Length: 65000\r\n"
                    + (i % 4 == 1 ? "" : String.join("\r\n", vobiz.signed("" + i)) + "\r\n")
                    + "\r\n"
                    + BODY;
        try {
          socket.getOutputStream().write(begun.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException closed) {
          // There were too many already.
        }
      }
      assertThatItIsWell();
      // Those that do not go on are let go, and there is room again.
      assertThatItStillWorks();
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  /** As long as the worker listens: what waits behind an unanswered request could take memory. */
  @Test
  void survivesRequestsByTheThousandOverOneConnection_ofWhichNoAnswerIsRead() throws Exception {
    byte[] many = "GET /x HTTP/1.1\r\n\r\n".repeat(10_000).getBytes(StandardCharsets.ISO_8859_1);
    List<Callable<Integer>> senders =
        IntStream.range(0, 8)
            .<Callable<Integer>>mapToObj(
                i ->
                    () -> {
                      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        for (int block = 0; block < 200; block++) {
                          socket.getOutputStream().write(many);
                        }
                        return 1;
                      } catch (IOException closed) {
                        return 0;
                      }
                    })
            .toList();

    assertThat(atOnce(senders)).containsOnly(0);
    assertThatItStillWorks();
  }

  @Test
  void survivesForgedCallbacks_andMoreThanTheEngineTakes() throws Exception {
    List<Callable<Integer>> forged =
        IntStream.range(0, 1500)
            .<Callable<Integer>>mapToObj(
                i ->
                    () ->
                        vobiz
                            .post(
                                PATH,
                                BODY,
                                "X-Vobiz-Signature-V3: forged",
                                "X-Vobiz-Signature-V3-Nonce: " + i)
                            .status())
            .toList();
    assertThat(atOnce(forged)).isSubsetOf(403, 408, 0).contains(403);
    assertThat(standIns.gateway.received()).isEmpty();
    assertThatItIsWell();

    standIns.gateway.fallSilent();
    List<Callable<Integer>> genuine =
        IntStream.range(0, 1000)
            .<Callable<Integer>>mapToObj(
                i ->
                    () ->
                        vobiz
                            .post(
                                PATH,
                                BODY.replace("forged", "genuine-" + i),
                                vobiz.signed("nonce-" + i))
                            .status())
            .toList();
    assertThat(atOnce(genuine)).isSubsetOf(503, 408, 0).contains(503);
    assertThatItIsWell();
    standIns.gateway.answerAgain();
    assertThatItStillWorks();
  }

  private static Set<Integer> atOnce(List<Callable<Integer>> calls) throws Exception {
    Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var each : threads.invokeAll(calls)) {
        statuses.add(each.get());
      }
    }
    return statuses;
  }
}
