package org.conferenceworker.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conferenceworker.events.Caller.FORM;
import static org.conferenceworker.events.Caller.PATH;
import static org.conferenceworker.events.Caller.form;
import static org.conferenceworker.events.Caller.lastExit;
import static org.conferenceworker.events.Caller.with;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.grpc.Status;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.conferenceworker.standin.GatewayStandIn;
import org.junit.jupiter.api.Test;

/** The same callback twice, altered, at once, and while the engine is away. */
class RepeatedCallbacksTest {

  @Test
  void takesARepeatedCallbackOnce_alsoWhenTheEngineHasForgottenIt() {
    try (var bench = new EndpointBench()) {
      assertThat(bench.vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(200);
      bench.gateway.accepted().clear();

      assertThat(bench.vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(200);

      assertThat(bench.gateway.accepted()).isEmpty();
      assertThat(bench.gateway.received()).hasSize(1);
      assertThat(bench.counted("default", "empty", "duplicate")).isOne();
      assertThat(bench.vobiz.callback(lastExit("room", "u2")).status()).isEqualTo(200);
      assertThat(bench.gateway.accepted()).hasSize(1);
    }
  }

  @Test
  void takesASignatureAgainForTheSameBodyOnly() {
    try (var bench = new EndpointBench()) {
      String[] signature = bench.vobiz.signed("1");
      String body = form(lastExit("room", "u1"));
      assertThat(bench.vobiz.post(PATH, body, signature).status()).isEqualTo(200);
      assertThat(bench.vobiz.post(PATH, body, signature).status()).isEqualTo(200);

      String altered = body.replace("room", "boardroom").replace("u1", "u2");
      assertThat(bench.vobiz.post(PATH, altered, signature).status()).isEqualTo(403);
      for (String version : List.of("V2", "V3")) {
        String[] one =
            List.of(signature).stream()
                .filter(line -> line.contains("-" + version))
                .toArray(String[]::new);
        assertThat(bench.vobiz.post(PATH, altered, one).status()).isEqualTo(403);
        assertThat(bench.vobiz.post(PATH, body, one).status()).isEqualTo(200);
      }
      assertThat(
              bench
                  .vobiz
                  .request(
                      "POST " + PATH,
                      body,
                      with(signature, "Content-Type: " + FORM + "; charset=iso-8859-1"))
                  .status())
          .isEqualTo(403);
      assertThat(bench.published())
          .extracting(PublishMessageRequest::getCorrelationKey)
          .containsExactly("room");
    }
  }

  /** Several connections bring the same callback at the same time. */
  @Test
  void publishesOnce_howeverManyCopiesArriveAtOnce() throws Exception {
    try (var bench = new EndpointBench()) {
      bench.gateway.answerReportsWith(Status.UNAVAILABLE, Status.UNAVAILABLE);

      List<Integer> statuses =
          atOnce(20, () -> bench.vobiz.callback(lastExit("room", "u1")).status());

      assertThat(statuses).containsOnly(200).hasSize(20);
      assertThat(bench.published()).hasSize(1);
      // The one that publishes tries again; the others wait for it.
      assertThat(bench.gateway.received()).hasSize(3);
      assertThat(bench.counted("default", "empty", "published")).isOne();
      assertThat(bench.counted("default", "empty", "duplicate")).isEqualTo(19);
    }
  }

  private static List<Integer> atOnce(int times, Callable<Integer> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var statuses = new ArrayList<Integer>();
      for (Future<Integer> each :
          threads.invokeAll(IntStream.range(0, times).mapToObj(i -> call).toList())) {
        statuses.add(each.get());
      }
      return statuses;
    }
  }

  @Test
  void twoReplicasWithTheSameCallback_publishOnce() {
    try (var one = new EndpointBench();
        var other = new EndpointBench(one.gateway)) {
      assertThat(one.vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(200);
      assertThat(other.vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(200);

      assertThat(one.published()).hasSize(1);
      assertThat(other.counted("default", "empty", "duplicate")).isOne();
    }
  }

  @Test
  void asksVobizToTryAgain_whileTheEngineIsAway_andLosesNothing() {
    try (var bench = new EndpointBench()) {
      URI address = bench.gateway.address();
      bench.gateway.close();
      Map<String, String> callback = lastExit("room", "u1");
      String[] signature = bench.vobiz.signed("1");

      assertThat(bench.vobiz.post(PATH, form(callback), signature).status()).isEqualTo(503);
      assertThat(bench.counted("default", "empty", "failed")).isOne();

      try (var back = GatewayStandIn.startAt(address.getPort())) {
        await().until(() -> bench.vobiz.post(PATH, form(callback), signature).status() == 200);
        assertThat(back.published())
            .extracting(PublishMessageRequest::getMessageId)
            .containsExactly("default:u1:empty");
      }
    }
  }

  @Test
  void doesNotWaitForTheEngineLongerThanVobizWaits() {
    try (var bench = new EndpointBench()) {
      bench.gateway.fallSilent();

      assertThat(bench.vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(503);

      assertThat(bench.published()).isEmpty();
      bench.gateway.answerAgain();
      assertThat(bench.vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(200);
      assertThat(bench.published()).hasSize(1);
    }
  }

  @Test
  void triesAgainItself_whenTheEngineIsBusyForAMoment() {
    try (var bench = new EndpointBench()) {
      bench.gateway.answerReportsWith(
          Status.RESOURCE_EXHAUSTED, Status.UNAVAILABLE, Status.DEADLINE_EXCEEDED);

      assertThat(bench.vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(200);
      assertThat(bench.published()).hasSize(1);
    }
  }

  /** Of one exit there may be two messages; the one that was taken is not published again. */
  @Test
  void publishesOnlyWhatIsMissing_whenACallbackIsRepeated() {
    try (var bench = new EndpointBench("vobiz.events.publish=member-left,empty")) {
      bench.gateway.answerReportsWith(Status.OK);
      bench.gateway.answerReportsWith(
          IntStream.range(0, 50).mapToObj(i -> Status.UNAVAILABLE).toArray(Status[]::new));
      assertThat(bench.vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(503);
      bench.gateway.stopAnsweringWithErrors();

      assertThat(bench.vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(200);

      assertThat(bench.published())
          .extracting(PublishMessageRequest::getName)
          .containsExactly("vobiz-conference-empty", "vobiz-member-left");
      assertThat(bench.counted("default", "empty", "published")).isOne();
      assertThat(bench.counted("default", "empty", "duplicate")).isOne();
      assertThat(bench.counted("default", "member-left", "failed")).isOne();
      assertThat(bench.counted("default", "member-left", "published")).isOne();
    }
  }

  @Test
  void anExitMayComeLaterThanTheLast() {
    try (var bench = new EndpointBench("vobiz.events.publish=member-left,empty")) {
      bench.vobiz.callback(lastExit("room", "u1"));
      var earlier = new HashMap<>(lastExit("room", "u1"));
      earlier.put("ConferenceLastMember", "false");
      earlier.put("ConferenceMemberID", "16");
      earlier.put("CallUUID", "call-16");
      bench.vobiz.callback(earlier);

      assertThat(bench.published())
          .extracting(PublishMessageRequest::getMessageId)
          .containsExactly(
              "default:u1:empty", "default:u1:call-17:17:exit", "default:u1:call-16:16:exit");
    }
  }
}
