package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.conferenceworker.http.Transports;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An {@link Error} in one exchange ends that one, and nothing else. */
class UnexpectedErrorTest {

  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_1", "s3cr3t-t0ken");

  /** The Error to come, and where. */
  private final AtomicReference<Error> atLookUp = new AtomicReference<>();

  private final AtomicReference<Error> beforeSending = new AtomicReference<>();
  private final AtomicReference<Error> afterSending = new AtomicReference<>();
  private final VobizStandIn vobiz = VobizStandIn.start();
  private VobizClient client;

  @BeforeEach
  void start() {
    vobiz.account("MA_1", ACCOUNT.authToken());
    var gate = Transports.gate();
    client =
        ApiClients.client(
            URI.create("http://api.example:" + vobiz.baseUrl().getPort()),
            new InMemoryDnsResolver() {
              @Override
              public InetAddress[] resolve(String host) {
                fail(atLookUp);
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
              }
            },
            new HttpRequestExecutor() {
              @Override
              public ClassicHttpResponse execute(
                  ClassicHttpRequest request,
                  HttpClientConnection connection,
                  HttpResponseInformationCallback informationCallback,
                  HttpContext context)
                  throws IOException, HttpException {
                fail(beforeSending);
                var response = gate.execute(request, connection, informationCallback, context);
                fail(afterSending);
                return response;
              }
            },
            Clock.systemUTC(),
            "vobiz.http.max-connections=2");
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    vobiz.close();
  }

  private static void fail(AtomicReference<Error> error) {
    Error now = error.getAndSet(null);
    if (now != null) {
      throw now;
    }
  }

  private Outcome hangUp(String name) {
    return client.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName(name)), Instant.MAX);
  }

  @Test
  void meansThatNothingWasSent_whenItComesBefore_howeverOften() {
    vobiz.room("MA_1", "room");
    for (int i = 0; i < 5; i++) {
      atLookUp.set(new NoClassDefFoundError("x"));
      assertThat(hangUp("room")).isEqualTo(new NotConnected("unexpected NoClassDefFoundError"));
      beforeSending.set(new OutOfMemoryError("x"));
      assertThat(hangUp("room")).isEqualTo(new NotConnected("unexpected OutOfMemoryError"));
    }
    assertThat(vobiz.requests()).isEmpty();

    assertThat(hangUp("room")).isInstanceOf(Succeeded.class);
  }

  @Test
  void leavesDoubt_whenItComesAfterSending() {
    vobiz.room("MA_1", "room");
    afterSending.set(new StackOverflowError());

    assertThat(hangUp("room")).isEqualTo(new AnswerLost("unexpected StackOverflowError"));

    assertThat(hangUp("room")).isInstanceOf(NotFound.class);
    assertThat(vobiz.requests()).hasSize(2);
  }

  /** For example a bug in what reads it. */
  @Test
  void leavesDoubt_whenTheResponseCannotBeRead() throws Exception {
    vobiz.room("MA_1", "room");
    var broken =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            throw new IllegalStateException("s3cr3t-t0ken");
          }
        };
    try (var client =
        new VobizClient(
            Transports.transport(
                vobiz.baseUrl(), SystemDefaultDnsResolver.INSTANCE, Clock.systemUTC()),
            new Answers(vobiz.baseUrl(), new WrongServers(), broken))) {
      vobiz.misbehave("room", Replies.json(204, "", "Retry-After: 5"));

      assertThat(client.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), Instant.MAX))
          .isEqualTo(new AnswerLost("unexpected IllegalStateException"));
    }
    assertThat(vobiz.requests()).hasSize(1);
  }

  @Test
  void doesNotBreakOffOtherCalls() throws Exception {
    vobiz.room("MA_1", "slow");
    var goOn = new CountDownLatch(1);
    vobiz.misbehave("slow", Replies.when(goOn, (request, call) -> call.answer(request)));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = CompletableFuture.supplyAsync(() -> hangUp("slow"), threads);
      await().until(() -> vobiz.requests("slow").size() == 1);
      afterSending.set(new StackOverflowError());
      assertThat(hangUp("other")).isInstanceOf(AnswerLost.class);

      goOn.countDown();

      assertThat(slow.get()).isInstanceOf(Succeeded.class);
    }
  }
}
