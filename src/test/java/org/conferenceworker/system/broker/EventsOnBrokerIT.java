package org.conferenceworker.system.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.conferenceworker.events.WaitingProcess;
import org.conferenceworker.standin.FreePort;
import org.conferenceworker.standin.vobiz.CallbackOptions;
import org.conferenceworker.standin.vobiz.SentCallback;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.system.jar.WorkerJar;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was answered 200 is on a real broker, which is killed. */
@Tag("real-broker")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EventsOnBrokerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static void assertThatAProcessFindsIt(CamundaClient client, String conference) {
    Map<String, Object> variables =
        client
            .newCreateInstanceCommand()
            .bpmnProcessId("wait")
            .latestVersion()
            .variables(Map.of("conferenceName", conference))
            .withResult()
            .requestTimeout(PATIENCE)
            .send()
            .join()
            .getVariablesAsMap();
    assertThat(variables.get("conferenceEvent"))
        .asInstanceOf(MAP)
        .containsEntry("conferenceName", conference);
  }

  private static boolean isAccepted(VobizStandIn vobiz, String conference) {
    return vobiz.callbacksSent().stream()
        .filter(sent -> conference.equals(sent.field("ConferenceName")))
        .filter(sent -> "true".equals(sent.field("ConferenceLastMember")))
        .anyMatch(SentCallback::isAccepted);
  }

  @Test
  void losesNoMessage_whenTheBrokerIsKilled() {
    int port = FreePort.find();
    try (var broker = ZeebeBroker.start();
        var client = broker.newClient();
        var vobiz = VobizStandIn.start();
        var worker =
            WorkerJar.start(
                WorkerJar.environment(
                    broker.address(),
                    vobiz.baseUrl(),
                    "VOBIZ_EVENTS_PORT",
                    Integer.toString(port),
                    "VOBIZ_EVENTS_ADDRESS",
                    "127.0.0.1",
                    "VOBIZ_EVENTS_PUBLICURL",
                    "https://hooks.example.com/vobiz"))) {
      vobiz.account("MA_1", "token");
      worker.awaitStarted();
      WaitingProcess.deploy(client);
      vobiz.callbacks(
          "MA_1",
          URI.create("https://hooks.example.com/vobiz/default"),
          URI.create("http://127.0.0.1:" + port + "/vobiz/default"));
      // Long enough for the broker to come back before the third time.
      vobiz.callbackOptions(CallbackOptions.asVobizDoes().pausing(Duration.ofSeconds(20)));

      vobiz.room("MA_1", "before", "Ada");
      vobiz.leave("MA_1", "before", "1");
      await().atMost(PATIENCE).until(() -> isAccepted(vobiz, "before"));
      broker.kill();
      vobiz.room("MA_1", "meanwhile", "Ada");
      vobiz.leave("MA_1", "meanwhile", "1");
      broker.restart();

      assertThatAProcessFindsIt(client, "before");
      await().atMost(PATIENCE).until(() -> isAccepted(vobiz, "meanwhile"));
      assertThatAProcessFindsIt(client, "meanwhile");
      assertThat(worker.logged("WARN"))
          .anyMatch(line -> line.contains("conference event result=\"failed\" event=\"empty\""));
    }
  }
}
