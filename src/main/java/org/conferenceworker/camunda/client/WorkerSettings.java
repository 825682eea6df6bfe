package org.conferenceworker.camunda.client;

import io.camunda.client.spring.properties.CamundaClientJobWorkerProperties;
import io.camunda.client.spring.properties.CamundaClientProperties;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The job workers' settings as the starter applies them: those of a job type, or else the defaults.
 */
public final class WorkerSettings {

  /** The client adds this to a poll's timeout. */
  private static final Duration POLL_DEADLINE_OFFSET = Duration.ofSeconds(10);

  /** The client's longest back-off between polls: five seconds and a tenth. */
  private static final Duration LONGEST_POLL_BACKOFF = Duration.ofMillis(5500);

  private final CamundaClientProperties camunda;
  private final List<String> jobTypes;

  WorkerSettings(CamundaClientProperties camunda, List<JobType> jobTypes) {
    this.camunda = camunda;
    this.jobTypes = jobTypes.stream().map(JobType::jobType).toList();
  }

  /**
   * Highest number of jobs at a time, of all types together: there is a connection to the API for
   * each of them, unless the operator says otherwise.
   */
  int places() {
    return each(CamundaClientJobWorkerProperties::getMaxJobsActive)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  public Duration shortestJobTimeout() {
    return each(CamundaClientJobWorkerProperties::getTimeout)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  public Duration longestJobTimeout() {
    return each(CamundaClientJobWorkerProperties::getTimeout)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Longest time without a poll while no job is in flight. */
  public Duration longestTimeBetweenPolls() {
    return jobTypes.stream()
        .map(this::timeBetweenPolls)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private Duration timeBetweenPolls(String type) {
    Duration poll =
        orElse(
                setting(type, CamundaClientJobWorkerProperties::getRequestTimeout),
                camunda.getRequestTimeout())
            .plus(POLL_DEADLINE_OFFSET);
    Duration interval =
        orElse(setting(type, CamundaClientJobWorkerProperties::getPollInterval), Duration.ZERO);
    Duration pause = interval.compareTo(LONGEST_POLL_BACKOFF) > 0 ? interval : LONGEST_POLL_BACKOFF;
    return poll.plus(pause.multipliedBy(3));
  }

  private <T> Stream<T> each(Function<CamundaClientJobWorkerProperties, T> getter) {
    return jobTypes.stream().map(type -> setting(type, getter));
  }

  private <T> T setting(String type, Function<CamundaClientJobWorkerProperties, T> getter) {
    var override = camunda.getWorker().getOverride().get(type);
    T overridden = override == null ? null : getter.apply(override);
    return overridden == null ? getter.apply(camunda.getWorker().getDefaults()) : overridden;
  }

  private static Duration orElse(Duration setting, Duration other) {
    return setting == null || setting.isNegative() ? other : setting;
  }
}
