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
 * Reopens the job workers when the client has stopped polling.
 *
 * <p>In client 8.8.14, an error in the middle of a poll, or a job that its executor rejects, ends
 * polling silently and for good. The engine still pushes jobs, but those that it could not push
 * wait for a poll.
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
   * @param every time between two checks
   * @param idle longest time without a poll while no job is in flight
   * @param job longest time of a job; the client may delay its next poll until the jobs of the last
   *     one are done
   */
  public record Patience(Duration every, Duration idle, Duration job) {}

  /**
   * @param polls number of polls so far
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
            .description("How often the job worker was reopened because it had stopped polling")
            .register(metrics);
  }

  /**
   * Checks once; to be called while the engine can be reached. Time is counted in checks, so that a
   * suspended process does not look like one that has stopped polling.
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
          "The worker does not poll for jobs, although the engine can be reached, and reopening it"
              + " did not help; restart the process.";
    }
    openedInVain = true;
    openings.increment();
    LOG.warn(
        "The worker has not polled for jobs for {} s, although the engine can be reached; it is"
            + " reopened.",
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
