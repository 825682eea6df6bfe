package org.conferenceworker.system.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.CamundaFuture;
import io.camunda.client.api.response.ProcessInstanceResult;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.system.jar.WorkerJar;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is remembered about members between attempts, on a real broker, which keeps it. */
@Tag("real-broker")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KickOnBrokerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static WorkerJar startWorker(ZeebeBroker broker, VobizStandIn vobiz) {
    return WorkerJar.start(WorkerJar.environment(broker.address(), vobiz.baseUrl()));
  }

  private static void deploy(CamundaClient client) {
    client
        .newDeployResourceCommand()
        .addProcessModel(
            Bpmn.createExecutableProcess("kick")
                .startEvent()
                .serviceTask("Kick")
                .zeebeJobType("vobiz:kick-member:1")
                .zeebeInputExpression("\"room\"", "conferenceName")
                .zeebeInputExpression("[1, \"2\"]", "memberIds")
                .endEvent()
                .done(),
            "kick.bpmn")
        .send()
        .join();
  }

  @Test
  void knowsThatAnEarlierAttemptMayHaveRemovedThem_whenThatWasAnotherWorkers() {
    var goOn = new CountDownLatch(1);
    try (var broker = ZeebeBroker.start();
        var client = broker.newClient();
        var vobiz = VobizStandIn.start()) {
      vobiz.account("MA_1", "token");
      vobiz.room("MA_1", "room", "Ada", "Grace", "Alan");
      vobiz.misbehave("room", Replies.when(goOn, Replies.endThenReset()));
      deploy(client);
      CamundaFuture<ProcessInstanceResult> instance;
      try (WorkerJar first = startWorker(broker, vobiz).awaitStarted()) {
        instance =
            client
                .newCreateInstanceCommand()
                .bpmnProcessId("kick")
                .latestVersion()
                .withResult()
                .requestTimeout(PATIENCE)
                .send();
        await().atMost(PATIENCE).until(() -> vobiz.requests().size() == 1);
        // From now on it takes no more jobs, so that the next attempt is another's.
        first.terminate();
        first.awaitOutput("Stopping: taking no more jobs, 1 in flight.");
        goOn.countDown();
        assertThat(first.awaitExit(PATIENCE)).isEqualTo(WorkerJar.STOPPED_BY_SIGTERM);
      }

      try (WorkerJar second = startWorker(broker, vobiz)) {
        Map<String, Object> variables = instance.join().getVariablesAsMap();
        assertThat(second.isAlive()).isTrue();
        assertThat(variables.get("kickResult"))
            .asInstanceOf(MAP)
            .containsEntry("outcome", "REMOVED_BY_EARLIER_ATTEMPT")
            .containsEntry("attempts", 2);
      }
      assertThat(vobiz.requests()).extracting(r -> r.status()).containsExactly(0, 404);
      assertThat(vobiz.members("MA_1", "room")).isEqualTo(List.of("3"));
    }
  }
}
