package org.conferenceworker.camunda.client;

import io.camunda.client.CamundaClient;
import io.camunda.client.annotation.value.JobWorkerValue;
import io.camunda.client.jobhandling.JobWorkerManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The job workers of this process. */
public final class JobWorkers {

  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(3);

  private final JobWorkerManager starter;
  private final CamundaClient client;
  private final List<JobType> types;

  JobWorkers(JobWorkerManager starter, CamundaClient client, List<JobType> types) {
    this.starter = starter;
    this.client = client;
    this.types = types;
  }

  /** Whether jobs of this type are taken: not before the start, and not if it is disabled. */
  public boolean isOpen(JobType type) {
    return starter.findJobWorkerConfigByType(type.jobType()).isPresent();
  }

  /** The job types that are taken. */
  public Stream<String> openTypes() {
    return types.stream().filter(this::isOpen).map(JobType::jobType);
  }

  /** Jobs in flight continue; the old workers only stop taking new ones. */
  public void openAnew() {
    List<JobWorkerValue> workers =
        types.stream()
            .map(type -> starter.findJobWorkerConfigByType(type.jobType()))
            .flatMap(Optional::stream)
            .toList();
    try {
      // It waits for a lock of the old worker, which may never be released.
      Thread.ofVirtual().start(starter::closeAllOpenWorkers).join(TIME_TO_CLOSE);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return;
    }
    workers.forEach(worker -> starter.openWorker(client, worker));
  }
}
