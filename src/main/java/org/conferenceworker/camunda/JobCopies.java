package org.conferenceworker.camunda;

import io.camunda.client.api.response.ActivatedJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that a job handed to this process twice runs once.
 *
 * <p>The engine hands a job out again before its timeout when it did not see the first copy arrive.
 * A second run would find that the conference has ended, or end the next one of that name.
 */
public class JobCopies {

  private static final Logger LOG = LoggerFactory.getLogger(JobCopies.class);

  /** A copy with the same deadline is the same copy. */
  private static final Duration A_MOMENT = Duration.ofNanos(1);

  private final Clock clock;
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

  /** For each reported job: a copy with an earlier deadline was handed out before the report. */
  private final RecentJobs<Instant> reported = new RecentJobs<>();

  public JobCopies(Clock clock) {
    this.clock = clock;
  }

  /** The two halves of running a job. */
  @FunctionalInterface
  public interface Run {
    /**
     * Decides what to tell the engine.
     *
     * @return tells the engine, and returns whether nothing is left to report
     */
    BooleanSupplier decide();
  }

  /** Runs the job, unless this is a second copy of it; then does and reports nothing. */
  public void runOnce(ActivatedJob job, Run run) {
    long key = job.getKey();
    if (!underWay.add(key)) {
      leave(key, "it is running in this process");
      return;
    }
    try {
      Instant leaseEnd = Instant.ofEpochMilli(job.getDeadline());
      Instant notBefore = reported.get(key).orElse(Instant.MIN);
      if (leaseEnd.isBefore(notBefore)) {
        leave(key, "it was handed out before this process reported it");
        return;
      }
      Instant begin = clock.instant();
      BooleanSupplier report = run.decide();
      // Compares this process's clock with itself only: the engine's may differ.
      Duration untilDecided = Duration.between(begin, clock.instant());
      if (report.getAsBoolean()) {
        reported.put(key, leaseEnd.plus(untilDecided.isPositive() ? untilDecided : A_MOMENT));
      }
    } finally {
      underWay.remove(key);
    }
  }

  private static void leave(long key, String why) {
    LOG.info("Ignoring a second copy of job {}: {}.", key, why);
  }
}
