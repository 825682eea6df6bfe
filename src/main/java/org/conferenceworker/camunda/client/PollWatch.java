package org.conferenceworker.camunda.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Opens the job worker anew when the client has stopped asking for jobs.
 *
 * <p>In client 8.8.14 an error in the middle of a poll, or a job that its executor rejects, ends
 * the polling for good and in silence. The engine goes on pushing jobs, but those that it could not
 * push are left to the polls.
 */
public class PollWatch implements HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(PollWatch.class);

  private final LongSupplier polls;
  private final IntSupplier jobsUnderWay;
  private final Patience patience;
  private final Runnable openAnew;
  private final Counter openings;

  private long pollsBefore;
  private Duration silent = Duration.ZERO;
  private Duration idle = Duration.ZERO;
  private boolean openedInVain;
  private volatile String trouble;

  /**
   * How long to wait for a poll.
   *
   * @param every the time between two looks
   * @param idle for how long there may be no poll while no job is under way
   * @param job for how long a job may be under way; the client may wait with its next poll until
   *     those of the last one are done
   */
  public record Patience(Duration every, Duration idle, Duration job) {}

  /**
   * @param polls how many polls were begun so far
   */
  public PollWatch(
      LongSupplier polls,
      IntSupplier jobsUnderWay,
      Patience patience,
      Runnable openAnew,
      MeterRegistry metrics) {
    this.polls = polls;
    this.jobsUnderWay = jobsUnderWay;
    this.patience = patience;
    this.openAnew = openAnew;
    openings =
        Counter.builder("vobiz.worker.reopened")
            .description("How often the job worker was opened anew, because it had stopped polling")
            .register(metrics);
  }

  /**
   * Looks once; to be done while the engine can be reached. Time is counted in looks, so that a
   * process that was suspended is not taken for one that does not poll.
   */
  public void look() {
    long pollsNow = polls.getAsLong();
    if (pollsNow != pollsBefore) {
      pollsBefore = pollsNow;
      openedInVain = false;
      trouble = null;
      beginToWait();
      return;
    }
    silent = silent.plus(patience.every());
    idle = jobsUnderWay.getAsInt() == 0 ? idle.plus(patience.every()) : Duration.ZERO;
    if (idle.compareTo(patience.idle()) > 0
        || silent.compareTo(patience.idle().plus(patience.job())) > 0) {
      act();
    }
  }

  private void act() {
    Duration lasting = silent;
    beginToWait();
    if (openedInVain) {
      trouble =
          "The worker does not ask the engine for jobs, though the engine can be reached, and opening"
              + " it anew did not help; restart the process.";
    }
    openedInVain = true;
    openings.increment();
    LOG.warn(
        "The worker has not asked the engine for jobs for {} s, though the engine can be reached; it"
            + " is opened anew.",
        lasting.toSeconds());
    openAnew.run();
  }

  private void beginToWait() {
    silent = Duration.ZERO;
    idle = Duration.ZERO;
  }

  @Override
  public Health health() {
    String found = trouble;
    return found == null ? Health.up().build() : Health.down().withDetail("polling", found).build();
  }
}
