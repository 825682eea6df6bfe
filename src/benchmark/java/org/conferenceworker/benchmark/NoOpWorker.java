package org.conferenceworker.benchmark;

import io.camunda.client.CamundaClient;
import java.net.URI;
import java.time.Duration;

/**
 * The least that a worker can do: completes each job at once. It waits for the engine's answer to
 * each, as the example in Camunda's documentation does, or does not even do that.
 */
public final class NoOpWorker {

  private NoOpWorker() {}

  public static void main(String[] args) {
    boolean wait = Boolean.parseBoolean(args[3]);
    CamundaClient.newClientBuilder()
        .grpcAddress(URI.create(args[0]))
        .preferRestOverGrpc(false)
        .applyEnvironmentVariableOverrides(false)
        .build()
        .newWorker()
        .jobType(args[1])
        .handler(
            (client, job) -> {
              var report = client.newCompleteCommand(job).send();
              if (wait) {
                report.join();
              }
            })
        .maxJobsActive(Integer.parseInt(args[2]))
        .timeout(Duration.ofSeconds(60))
        .streamEnabled(true)
        .streamTimeout(Duration.ofHours(1))
        .open();
  }
}
