package org.conferenceworker.camunda;

import io.camunda.client.api.command.FailJobCommandStep1.FailJobCommandStep2;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.camunda.Decision.LetLeaseEnd;
import org.conferenceworker.camunda.Decision.RaiseIncident;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.camunda.Decision.TryAgain;
import org.conferenceworker.camunda.ReportMeters.End;
import org.conferenceworker.log.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the decision about a job to the engine, reliably.
 *
 * <p>If a report gets lost, the engine hands the job out again, and a second request could end the
 * next conference of that name. So the report is retried until the job timeout ends. The starter's
 * own command retry never retries (8.8.14).
 */
public class JobReporter {

  private static final Logger LOG = LoggerFactory.getLogger(JobReporter.class);

  private static final Duration LONGEST_COMMAND = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Longest time that a command may take to reach the engine. */
  private static final Duration TIME_TO_ARRIVE = Duration.ofMillis(250);

  /** Lets time pass; tests use virtual time. */
  @FunctionalInterface
  public interface Pause {
    void lasting(Duration duration) throws InterruptedException;
  }

  private final ReportMeters meters;
  private final Clock clock;
  private final Pause pause;
  private final RecentJobs<Decision> undelivered = new RecentJobs<>();

  public JobReporter(ReportMeters meters, Clock clock, Pause pause) {
    this.meters = meters;
    this.clock = clock;
    this.pause = pause;
  }

  /** A decision about this job that may not have reached the engine. */
  public Optional<Decision> undelivered(long jobKey) {
    return undelivered.get(jobKey);
  }

  /**
   * Reports the decision; returns when the engine has it, or when the job timeout has ended.
   *
   * @param memoryVariable variable in which the engine keeps the memory of a failed attempt
   * @return whether nothing is left to report; otherwise the decision is remembered
   */
  public boolean report(
      JobClient engine, ActivatedJob job, String memoryVariable, Decision decision) {
    Instant leaseEnd = Instant.ofEpochMilli(job.getDeadline());
    long key = job.getKey();
    return switch (decision) {
      case Complete d ->
          repeat(
              job,
              d,
              leaseEnd,
              leaseEnd,
              () -> engine.newCompleteCommand(key).variables(d.variables()));
      case ThrowError d ->
          repeat(
              job,
              d,
              leaseEnd,
              leaseEnd,
              () ->
                  engine
                      .newThrowErrorCommand(key)
                      .errorCode(d.code())
                      .errorMessage(d.message())
                      .variables(d.variables()));
      // A failed job keeps its key: a copy that arrives after the back-off or the job timeout would
      // fail the next attempt. After that, only waiting for the timeout is safe.
      case TryAgain d ->
          repeat(
              job,
              d,
              leaseEnd.minus(TIME_TO_ARRIVE),
              earlier(leaseEnd, clock.instant().plus(d.backoff())).minus(TIME_TO_ARRIVE),
              () ->
                  fail(engine, key, d.retries(), d.backoff(), d.message())
                      .variables(Map.of(memoryVariable, d.memory().toVariable())));
      case RaiseIncident d ->
          repeat(
              job,
              d,
              leaseEnd.minus(TIME_TO_ARRIVE),
              leaseEnd.minus(TIME_TO_ARRIVE),
              () ->
                  fail(engine, key, 0, Duration.ZERO, d.message())
                      .variables(Map.of(memoryVariable, d.memory().toVariable())));
      case LetLeaseEnd d -> {
        LOG.warn(
            "Job {} is left to the engine, which hands it out again: {}. If this repeats, check"
                + " that the clocks of worker and engine agree.",
            key,
            d.message());
        yield false;
      }
    };
  }

  private static FailJobCommandStep2 fail(
      JobClient engine, long key, int retries, Duration backoff, String message) {
    return engine.newFailCommand(key).retries(retries).retryBackoff(backoff).errorMessage(message);
  }

  /**
   * @param until when the command must no longer be sent
   * @param repeatUntil when no second copy of it must be sent
   */
  private boolean repeat(
      ActivatedJob job,
      Decision decision,
      Instant until,
      Instant repeatUntil,
      Supplier<FinalCommandStep<?>> command) {
    // Before sending: the engine may hand the job out again while this report is on its way.
    undelivered.put(job.getKey(), decision);
    Duration pause = FIRST_PAUSE;
    for (int copy = 1; ; copy++) {
      Duration left = Duration.between(clock.instant(), copy == 1 ? until : repeatUntil);
      if (left.toMillis() <= 0) {
        meters.ended(End.TIME_OVER);
        logUndelivered(job, decision, "its time was over");
        return false;
      }
      Answer answer = send(job, command, shorter(left, LONGEST_COMMAND), copy);
      switch (answer) {
        case TAKEN -> {
          meters.ended(End.TAKEN);
          undelivered.remove(job.getKey());
          return true;
        }
        case OUT_OF_TURN -> {
          // A success that was seen is accepted once the back-off is over or the incident is
          // resolved. Any other decision is only remembered: it is unknown whose report came first.
          if (!(decision instanceof Complete)) {
            meters.ended(End.OUT_OF_TURN);
            return false;
          }
          meters.copyFailed();
        }
        case NO_SUCH_JOB -> {
          meters.ended(End.JOB_GONE);
          undelivered.remove(job.getKey());
          LOG.debug(
              "Job {} no longer exists, so there was no need to report {}.",
              job.getKey(),
              decision.label());
          return true;
        }
        case REFUSED -> {
          meters.ended(End.REFUSED);
          logUndelivered(job, decision, "it refused the report");
          return false;
        }
        case TRANSIENT -> meters.copyFailed();
      }
      if (!pause(shorter(pause, left))) {
        meters.ended(End.STOPPED);
        logUndelivered(job, decision, "the worker was stopped");
        return false;
      }
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static Answer send(
      ActivatedJob job, Supplier<FinalCommandStep<?>> command, Duration timeout, int copy) {
    try {
      command.get().requestTimeout(timeout).send().join();
      return Answer.TAKEN;
    } catch (RuntimeException e) {
      if (e.getCause() instanceof InterruptedException) {
        // The process is stopping. The client cleared the interrupt flag; the pause needs it.
        Thread.currentThread().interrupt();
        return Answer.TRANSIENT;
      }
      Answer answer = Answer.of(e);
      switch (answer) {
        case REFUSED -> LOG.error("Report {} about job {}: {}", copy, job.getKey(), Causes.of(e));
        case TRANSIENT -> LOG.warn("Report {} about job {}: {}", copy, job.getKey(), Causes.of(e));
        default -> LOG.debug("Report {} about job {}: {}", copy, job.getKey(), Causes.of(e));
      }
      return answer;
    }
  }

  private static void logUndelivered(ActivatedJob job, Decision decision, String why) {
    LOG.error(
        "The engine was not told {} about job {} of process instance {}, because {}. It will hand"
            + " the job out again; this worker remembers what it did while it runs.",
        decision.label(),
        job.getKey(),
        job.getProcessInstanceKey(),
        why);
  }

  private boolean pause(Duration duration) {
    try {
      pause.lasting(duration);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
