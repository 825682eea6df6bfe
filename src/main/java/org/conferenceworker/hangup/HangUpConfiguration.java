package org.conferenceworker.hangup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.conferenceworker.camunda.InFlightJobs;
import org.conferenceworker.camunda.JobCopies;
import org.conferenceworker.camunda.JobReporter;
import org.conferenceworker.camunda.client.JobType;
import org.conferenceworker.camunda.client.JobWorkers;
import org.conferenceworker.camunda.client.WorkerSettings;
import org.conferenceworker.guard.CallLimits;
import org.conferenceworker.guard.GuardedNames;
import org.conferenceworker.guard.RateLimiter;
import org.conferenceworker.settings.InvalidSettingException;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.trace.Spans;
import org.conferenceworker.vobiz.Api;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the service task together. */
@Configuration(proxyBeanMethods = false)
class HangUpConfiguration {

  /** What a job's lease must leave beside the longest call: to arrive, and to be reported. */
  static final Duration REPORTING_MARGIN = Duration.ofSeconds(5);

  static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);

  @Bean
  HangUpConferenceWorker hangUpConferenceWorker(
      VobizAccounts accounts,
      Api vobiz,
      VobizProperties vobizProperties,
      CallLimits limits,
      WorkerSettings settings,
      JobReporter reporter,
      MeterRegistry metrics,
      InFlightJobs inFlight,
      Spans spans,
      Clock clock) {
    Duration longestCall = vobizProperties.http().totalTimeout();
    requireLongerLease(longestCall.plus(REPORTING_MARGIN), settings.shortestJobTimeout());
    var backoff =
        new Backoff(LONGEST_BACKOFF, most -> ThreadLocalRandom.current().nextLong(most + 1));
    return new HangUpConferenceWorker(
        accounts,
        vobiz,
        new GuardedNames(vobizProperties.guard(), accounts),
        limits,
        new RateLimiter(vobizProperties.guard(), accounts),
        new HangUpPolicy(backoff),
        reporter,
        new HangUpJournal(new HangUpMeters(metrics, accounts.names())),
        inFlight,
        new JobCopies(clock),
        spans,
        clock,
        longestCall);
  }

  @Bean
  JobType hangUpJobType() {
    return () -> HangUpTask.JOB_TYPE;
  }

  @Bean
  InFlightJobs inFlightJobs(
      VobizProperties vobizProperties, CallLimits limits, MeterRegistry metrics) {
    var jobs =
        new InFlightJobs(
            vobizProperties.http().totalTimeout().plus(REPORTING_MARGIN), limits::stopWaiting);
    Gauge.builder("vobiz.jobs.active", jobs, InFlightJobs::underWay)
        .description("Jobs taken and not reported yet")
        .register(metrics);
    return jobs;
  }

  @Bean
  HealthIndicator hangUpWorkerHealthIndicator(JobWorkers workers, InFlightJobs jobs) {
    return () -> {
      if (!jobs.isRunning()) {
        return Health.down().withDetail("worker", "It is stopping, and takes no jobs.").build();
      }
      return workers.isOpen(() -> HangUpTask.JOB_TYPE)
          ? Health.up().build()
          : Health.down()
              .withDetail(
                  "worker",
                  "It takes no jobs: camunda.client.worker.defaults.enabled, or its override, is"
                      + " false.")
              .build();
    };
  }

  private static void requireLongerLease(Duration timeForOneAttempt, Duration jobTimeout) {
    if (timeForOneAttempt.compareTo(jobTimeout) >= 0) {
      throw new InvalidSettingException(
          "The settings vobiz.http.total-timeout and camunda.client.worker.defaults.timeout do not"
              + " fit: a call and its report may take %s, but a job is leased for %s only."
                  .formatted(timeForOneAttempt, jobTimeout),
          "Shorten VOBIZ_HTTP_TOTALTIMEOUT, or lengthen CAMUNDA_CLIENT_WORKER_DEFAULTS_TIMEOUT to"
              + " more than %s.".formatted(timeForOneAttempt));
    }
  }
}
