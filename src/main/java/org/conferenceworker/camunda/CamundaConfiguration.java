package org.conferenceworker.camunda;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.conferenceworker.camunda.client.JobWorkers;
import org.conferenceworker.camunda.client.PollWatch;
import org.conferenceworker.camunda.client.Polls;
import org.conferenceworker.camunda.client.WorkerSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up reporting and polling. */
@Configuration(proxyBeanMethods = false)
public class CamundaConfiguration {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  @Bean
  JobReporter jobReporter(MeterRegistry metrics, Clock clock) {
    return new JobReporter(new ReportMeters(metrics), clock, Thread::sleep);
  }

  @Bean
  PollWatch pollingHealthIndicator(
      Polls polls,
      InFlightJobs jobs,
      JobWorkers workers,
      WorkerSettings settings,
      MeterRegistry metrics) {
    return new PollWatch(
        // The job type that has polled least often: each of them must go on.
        () -> workers.openTypes().mapToLong(polls::begun).min().orElse(0),
        jobs::underWay,
        new PollWatch.Patience(
            LOOK_EVERY, settings.longestTimeBetweenPolls(), settings.longestJobTimeout()),
        workers::openAnew,
        metrics);
  }
}
