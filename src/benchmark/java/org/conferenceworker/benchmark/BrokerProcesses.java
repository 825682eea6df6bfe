package org.conferenceworker.benchmark;

import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.ServiceTaskBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/** A process with one task for each worker, and instances of it, as many at a time as go well. */
final class BrokerProcesses {

  private static final int AT_A_TIME = 32;

  private final CamundaClient client;
  private final AtomicLong rooms = new AtomicLong();

  record Result(double perSecond, Run.Quantiles latency) {}

  BrokerProcesses(CamundaClient client, String api) {
    this.client = client;
    deploy(Workers.NO_OP, task -> task.zeebeJobType("benchmark:no-op"));
    deploy(
        Workers.THIS,
        task ->
            task.zeebeJobType(Workers.JOB_TYPE)
                .zeebeInputExpression("\"room-\" + string(room)", "conferenceName"));
    deploy(
        Workers.CONNECTOR,
        task ->
            task.zeebeJobType(Workers.CONNECTOR_JOB_TYPE)
                .zeebeInputExpression("\"DELETE\"", "method")
                .zeebeInputExpression(
                    "\"" + api + "/api/v1/Account/MA_1/Conference/room-\" + string(room) + \"/\"",
                    "url")
                .zeebeInputExpression("{type: \"noAuth\"}", "authentication")
                .zeebeInputExpression(
                    "{\"X-Auth-ID\": \"MA_1\", \"X-Auth-Token\": \"token\"}", "headers")
                .zeebeTaskHeader("errorExpression", Workers.CONNECTOR_ERROR_EXPRESSION));
  }

  private void deploy(String worker, Consumer<ServiceTaskBuilder> task) {
    BpmnModelInstance process =
        Bpmn.createExecutableProcess(idOf(worker))
            .startEvent()
            .serviceTask("task", task)
            .endEvent()
            .done();
    client
        .newDeployResourceCommand()
        .addProcessModel(process, idOf(worker) + ".bpmn")
        .send()
        .join();
  }

  private static String idOf(String worker) {
    return worker.replaceAll("\\W+", "-");
  }

  Result run(String worker, int instances) {
    double[] millis = new double[instances];
    var free = new Semaphore(AT_A_TIME);
    long start = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < instances; i++) {
        int index = i;
        free.acquireUninterruptibly();
        threads.submit(
            () -> {
              long created = System.nanoTime();
              goThrough(worker);
              millis[index] = (System.nanoTime() - created) / 1e6;
              free.release();
            });
      }
    }
    return new Result(
        instances / ((System.nanoTime() - start) / 1e9), Run.Quantiles.of(DoubleStream.of(millis)));
  }

  /** Creates an instance and waits for its end; a broker that has too much to do is asked again. */
  private void goThrough(String worker) {
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreException(ClientStatusException.class)
        .until(
            () ->
                client
                    .newCreateInstanceCommand()
                    .bpmnProcessId(idOf(worker))
                    .latestVersion()
                    .variables(Map.of("room", rooms.incrementAndGet()))
                    .withResult()
                    .requestTimeout(Duration.ofMinutes(1))
                    .send()
                    .join(),
            Objects::nonNull);
  }
}
