package org.conferenceworker.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conferenceworker.standin.TestBench.DEFAULT;
import static org.conferenceworker.standin.TestBench.SALES;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.MessageIntent;
import io.camunda.zeebe.protocol.record.value.MessageRecordValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conferenceworker.standin.FreePort;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.TestBench;
import org.conferenceworker.standin.TestWorker;
import org.conferenceworker.standin.vobiz.CallbackOptions;
import org.conferenceworker.standin.vobiz.CallbackOptions.Moment;
import org.conferenceworker.standin.vobiz.CallbackOptions.Order;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From the hang-up to the process that waits until nobody is left: API, worker and engine. */
class EventsOnEngineTest {

  private static TestBench bench;
  private static int rooms;

  private final String room = "a & b = 50 % \u00FC " + rooms++;

  @BeforeAll
  static void open() {
    bench = TestBench.startWithEvents("--vobiz.events.allow-get=true");
    bench.deploy(Path.of("bpmn/hang-up-conference.bpmn"));
    WaitingProcess.deploy(bench.client);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @BeforeEach
  void reset() {
    bench.vobiz.reset();
  }

  private Map<String, String> named() {
    return Map.of("conferenceName", room);
  }

  private List<MessageRecordValue> published() {
    return StreamSupport.stream(bench.engine.records().messageRecords().spliterator(), false)
        .filter(r -> r.getIntent() == MessageIntent.PUBLISHED)
        .map(Record::getValue)
        .filter(message -> message.getCorrelationKey().equals(room))
        .toList();
  }

  private void awaitCallbacks(int number) {
    await()
        .until(
            () ->
                bench.vobiz.callbacksSent().stream()
                        .filter(
                            sent -> sent.isAccepted() && room.equals(sent.field("ConferenceName")))
                        .count()
                    == number);
  }

  static Stream<Arguments> ways() {
    CallbackOptions usual = CallbackOptions.asVobizDoes();
    return Stream.of(
        argumentSet("as Vobiz does", usual, 1),
        argumentSet("before the answer", usual.with(Moment.BEFORE_ANSWER), 1),
        argumentSet("after the answer", usual.with(Moment.AFTER_ANSWER), 1),
        argumentSet("the last exit first", usual.with(Order.REVERSED), 1),
        argumentSet("each twice", usual.twice(), 2),
        argumentSet("in the query", usual.get(), 1));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void goesOnWhenNobodyIsLeft(CallbackOptions way, int copies) {
    bench.vobiz.callbackOptions(way);
    bench.vobiz.room(DEFAULT, room, "Ada", "Grace", "Alan");
    ProcessRun waiting = bench.run("wait", named());
    waiting.awaitElement("Wait");

    assertThat(bench.run("hang-up-conference", named()).awaitEnd()).isEqualTo("ConferenceEnded");

    assertThat(waiting.awaitEnd()).isEqualTo("Empty");
    JsonNode event = waiting.processVariable("conferenceEvent");
    assertThat(event.get("conferenceName").asText()).isEqualTo(room);
    assertThat(event.get("account").asText()).isEqualTo("default");
    awaitCallbacks(6 * copies);
    assertThat(published()).hasSize(1);
  }

  @Test
  void goesOn_whenTheMessageCameBeforeTheWait() {
    bench.vobiz.room(DEFAULT, room, "Ada");
    bench.run("hang-up-conference", named()).awaitEnd();
    awaitCallbacks(2);

    assertThat(bench.run("wait", named()).awaitEnd()).isEqualTo("Empty");
  }

  @Test
  void goesOn_whenMembersLeaveByThemselves_butNotBeforeTheLast() {
    bench.vobiz.room(SALES, room, "Ada", "Grace");
    ProcessRun waiting = bench.run("wait", named());
    waiting.awaitElement("Wait");

    bench.vobiz.leave(SALES, room, "1");
    awaitCallbacks(3);
    assertThat(published()).isEmpty();
    bench.vobiz.leave(SALES, room, "2");

    assertThat(waiting.awaitEnd()).isEqualTo("Empty");
    assertThat(waiting.processVariable("conferenceEvent").get("account").asText())
        .isEqualTo("sales");
  }

  /** What one of them does not remember, the engine does. */
  @Test
  void twoReplicasWithTheSameCallback_publishOneMessage() {
    int port = FreePort.find();
    try (var other =
        TestWorker.start(
            bench.engine.address(),
            bench.vobiz.baseUrl(),
            "token",
            "--vobiz.events.port=" + port,
            "--vobiz.events.address=127.0.0.1",
            "--vobiz.events.public-url=" + Caller.PUBLIC_URL)) {
      var one = new Caller(bench.eventsPort(), "token");
      var two = new Caller(port, "token");

      assertThat(one.callback(Caller.lastExit(room, "u1")).body()).contains("published");
      assertThat(two.callback(Caller.lastExit(room, "u1")).body()).contains("duplicate");

      assertThat(published()).hasSize(1);
    }
  }
}
