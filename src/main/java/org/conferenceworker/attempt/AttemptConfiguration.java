package org.conferenceworker.attempt;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.conferenceworker.camunda.InFlightJobs;
import org.conferenceworker.camunda.JobCopies;
import org.conferenceworker.camunda.JobReporter;
import org.conferenceworker.camunda.JobRuns;
import org.conferenceworker.camunda.client.JobWorkers;
import org.conferenceworker.camunda.client.WorkerSettings;
import org.conferenceworker.guard.CallLimits;
import org.conferenceworker.guard.GuardedCalls;
import org.conferenceworker.guard.GuardedNames;
import org.conferenceworker.guard.HangUpAllKeys;
import org.conferenceworker.settings.InvalidSettingException;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.trace.Spans;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up what carries out the jobs of any task. */
@Configuration(proxyBeanMethods = false)
public class AttemptConfiguration {

  /**
   * The part of the job timeout beyond the longest call: for the job to arrive and to be reported.
   */
  static final Duration REPORTING_MARGIN = Duration.ofSeconds(5);

  static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);

  @Bean
  TaskRunner taskRunner(
      JobRuns runs,
      Inputs.Context inputs,
      GuardedCalls calls,
      TaskJournal journal,
      JobReporter reporter,
      Clock clock) {
    return new TaskRunner(runs, inputs, calls, journal, reporter, clock);
  }

  @Bean
  TaskHealth taskHealth(JobWorkers workers, InFlightJobs jobs) {
    return new TaskHealth(workers, jobs);
  }

  @Bean
  JobRuns jobRuns(
      InFlightJobs inFlight,
      VobizProperties properties,
      WorkerSettings workers,
      Spans spans,
      Clock clock) {
    requireLongerTimeout(
        properties.http().totalTimeout().plus(REPORTING_MARGIN), workers.shortestJobTimeout());
    return new JobRuns(inFlight, new JobCopies(clock), spans);
  }

  @Bean
  Inputs.Context inputsContext(
      VobizAccounts accounts, GuardedNames names, HangUpAllKeys hangUpAll) {
    return new Inputs.Context(accounts, names, hangUpAll);
  }

  @Bean
  TaskJournal taskJournal(MeterRegistry metrics, VobizAccounts accounts, List<TaskType> types) {
    return new TaskJournal(new TaskMeters(metrics, accounts.names(), types), accounts::mask);
  }

  @Bean
  UsualDecisions usualDecisions() {
    return new UsualDecisions(
        new Backoff(LONGEST_BACKOFF, most -> ThreadLocalRandom.current().nextLong(most + 1)));
  }

  @Bean
  InFlightJobs inFlightJobs(VobizProperties properties, CallLimits limits, MeterRegistry metrics) {
    var jobs =
        new InFlightJobs(
            properties.http().totalTimeout().plus(REPORTING_MARGIN), limits::stopWaiting);
    Gauge.builder("vobiz.jobs.active", jobs, InFlightJobs::underWay)
        .description("Jobs in flight: taken and not yet reported")
        .register(metrics);
    return jobs;
  }

  private static void requireLongerTimeout(Duration timeForOneAttempt, Duration jobTimeout) {
    if (timeForOneAttempt.compareTo(jobTimeout) >= 0) {
      throw new InvalidSettingException(
          "The settings vobiz.http.total-timeout and camunda.client.worker.defaults.timeout do not"
              + " fit: a call and its report may take %s, but a job times out after %s."
                  .formatted(timeForOneAttempt, jobTimeout),
          "Shorten VOBIZ_HTTP_TOTALTIMEOUT, or lengthen CAMUNDA_CLIENT_WORKER_DEFAULTS_TIMEOUT to"
              + " more than %s.".formatted(timeForOneAttempt));
    }
  }
}
