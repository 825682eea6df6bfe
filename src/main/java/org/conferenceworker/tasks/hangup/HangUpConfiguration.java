package org.conferenceworker.tasks.hangup;

import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.camunda.InFlightJobs;
import org.conferenceworker.camunda.client.JobWorkers;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the jobs of the "Hang up conference" task. */
@Configuration(proxyBeanMethods = false)
public class HangUpConfiguration {

  @Bean
  TaskType hangUpType() {
    return HangUpNames.TYPE;
  }

  @Bean
  HangUpTask hangUpTask(TaskRunner runner, UsualDecisions usual) {
    return new HangUpTask(runner, new HangUpPolicy(usual));
  }

  @Bean
  HealthIndicator hangUpWorkerHealthIndicator(JobWorkers workers, InFlightJobs jobs) {
    return () -> {
      if (!jobs.isRunning()) {
        return Health.down().withDetail("worker", "It is stopping and takes no jobs.").build();
      }
      return workers.isOpen(HangUpNames.TYPE)
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
