package org.conferenceworker.benchmark;

import io.camunda.client.CamundaClient;
import java.net.URI;
import java.time.Duration;

/** The least that a worker can do: completes each job at once, and does not wait for the answer. */
public final class NoOpWorker {

  private NoOpWorker() {}

  public static void main(String[] args) {
    CamundaClient.newClientBuilder()
        .grpcAddress(URI.create(args[0]))
        .preferRestOverGrpc(false)
        .applyEnvironmentVariableOverrides(false)
        .build()
        .newWorker()
        .jobType(args[1])
        .handler((client, job) -> client.newCompleteCommand(job).send())
        .maxJobsActive(Integer.parseInt(args[2]))
        .timeout(Duration.ofSeconds(60))
        .streamEnabled(true)
        .streamTimeout(Duration.ofMinutes(3))
        .open();
  }
}
