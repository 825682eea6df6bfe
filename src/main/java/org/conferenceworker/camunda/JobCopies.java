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
 * Lets a job that was handed to this process twice run once.
 *
 * <p>The engine hands a job out again, inside its lease, when it did not see that the first copy
 * arrived. A second run would find no conference any more, or end the next one of that name.
 */
public class JobCopies {

  private static final Logger LOG = LoggerFactory.getLogger(JobCopies.class);

  /** A copy with the very same lease is the same copy. */
  private static final Duration A_MOMENT = Duration.ofNanos(1);

  private final Clock clock;
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

  /** Of jobs that were reported: a copy whose lease ends before this was handed out before that. */
  private final RecentJobs<Instant> reported = new RecentJobs<>();

  public JobCopies(Clock clock) {
    this.clock = clock;
  }

  /** The two halves of a job's run. */
  @FunctionalInterface
  public interface Run {
    /**
     * Decides what the engine is to be told.
     *
     * @return tells it, and says whether nothing is left to be reported
     */
    BooleanSupplier decide();
  }

  /** Runs the job, unless this is a second copy of it: then nothing is done or reported. */
  public void runOnce(ActivatedJob job, Run run) {
    long key = job.getKey();
    if (!underWay.add(key)) {
      leave(key, "it is under way in this process");
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
      // Only this process's clock is compared with itself: the engine's may differ.
      Duration untilDecided = Duration.between(begin, clock.instant());
      if (report.getAsBoolean()) {
        reported.put(key, leaseEnd.plus(untilDecided.isPositive() ? untilDecided : A_MOMENT));
      }
    } finally {
      underWay.remove(key);
    }
  }

  private static void leave(long key, String why) {
    LOG.info("A second copy of job {} is left alone: {}.", key, why);
  }
}
