package org.conferenceworker.attempt;

import org.conferenceworker.camunda.InFlightJobs;
import org.conferenceworker.camunda.client.JobWorkers;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Tells whether the jobs of a task are taken. */
public final class TaskHealth {

  private final JobWorkers workers;
  private final InFlightJobs jobs;

  TaskHealth(JobWorkers workers, InFlightJobs jobs) {
    this.workers = workers;
    this.jobs = jobs;
  }

  public HealthIndicator of(TaskType type) {
    return () -> {
      if (!jobs.isRunning()) {
        return Health.down().withDetail("worker", "It is stopping and takes no jobs.").build();
      }
      return workers.isOpen(type)
          ? Health.up().build()
          : Health.down()
              .withDetail(
                  "worker",
                  "It takes no jobs: camunda.client.worker.defaults.enabled, or its override, is"
                      + " false.")
              .build();
    };
  }
}
