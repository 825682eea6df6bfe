package org.conferenceworker.camunda.client;

import io.camunda.client.spring.properties.CamundaClientJobWorkerProperties;
import io.camunda.client.spring.properties.CamundaClientProperties;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The settings of the job workers as the starter applies them: for a job type, else for all. */
public final class WorkerSettings {

  /** What the client adds to a poll's timeout. */
  private static final Duration POLL_DEADLINE_OFFSET = Duration.ofSeconds(10);

  /** The client's back-off between polls: five seconds, give or take a tenth. */
  private static final Duration LONGEST_POLL_BACKOFF = Duration.ofMillis(5500);

  private final CamundaClientProperties camunda;
  private final List<String> jobTypes;

  WorkerSettings(CamundaClientProperties camunda, List<JobType> jobTypes) {
    this.camunda = camunda;
    this.jobTypes = jobTypes.stream().map(JobType::jobType).toList();
  }

  /** How many jobs there are at a time, at most. */
  int places() {
    return each(CamundaClientJobWorkerProperties::getMaxJobsActive).mapToInt(n -> n).sum();
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

  /** For how long there may be no poll though no job is under way. */
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
