package org.conferenceworker.system.broker;

import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobWorker;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Works off the last task of {@code hang-up-and-count.bpmn}, and so learns how each hang-up ended,
 * however often the broker dies.
 */
final class EndedInstances implements AutoCloseable {

  /**
   * @param outcome of {@code hangUpResult}, or the code of {@code hangUpError}
   */
  record Ending(String outcome, Integer attempts) {}

  private final Map<String, Ending> endings = new ConcurrentHashMap<>();
  private final Map<String, Set<Long>> instances = new ConcurrentHashMap<>();
  private final JobWorker worker;

  EndedInstances(CamundaClient client) {
    worker =
        client
            .newWorker()
            .jobType("test:count")
            .handler((engine, job) -> count(client, job))
            .timeout(Duration.ofSeconds(10))
            .streamEnabled(true)
            .streamTimeout(Duration.ofMinutes(1))
            .open();
  }

  private void count(CamundaClient client, ActivatedJob job) {
    Map<String, Object> variables = job.getVariablesAsMap();
    String conference = (String) variables.get("conferenceName");
    instances
        .computeIfAbsent(conference, name -> ConcurrentHashMap.newKeySet())
        .add(job.getProcessInstanceKey());
    // If only the answer was lost, the job does not come again: so this is asked until it is known.
    await().forever().until(() -> isCompleted(client, job));
    Ending ending =
        switch (variables.get("hangUpResult")) {
          case Map<?, ?> result ->
              new Ending((String) result.get("outcome"), (Integer) result.get("attempts"));
          case null, default ->
              new Ending((String) ((Map<?, ?>) variables.get("hangUpError")).get("code"), null);
        };
    endings.put(conference, ending);
  }

  private static boolean isCompleted(CamundaClient client, ActivatedJob job) {
    try {
      client.newCompleteCommand(job).requestTimeout(Duration.ofSeconds(5)).send().join();
      return true;
    } catch (ClientException e) {
      return e instanceof ClientStatusException answer
          && answer.getStatusCode() == Status.Code.NOT_FOUND;
    }
  }

  /** How it ended, by conference. */
  Map<String, Ending> endings() {
    return Map.copyOf(endings);
  }

  /** The instances that were about this conference. */
  Set<Long> instances(String conference) {
    return instances.getOrDefault(conference, Set.of());
  }

  @Override
  public void close() {
    worker.close();
  }
}
