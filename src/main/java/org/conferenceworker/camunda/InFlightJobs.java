package org.conferenceworker.camunda;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Delays shutdown until all jobs in flight are reported.
 *
 * <p>The starter stops taking jobs in an earlier phase and closes the connection to the engine in a
 * later one, but does not wait for job handlers in between.
 */
public class InFlightJobs implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(InFlightJobs.class);

  private final Duration longestJob;
  private final Runnable stopWaiting;

  /** Jobs hold the read lock; shutdown takes the write lock and keeps it. */
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

  private volatile boolean running;

  /**
   * @param longestJob longest time of a job once it no longer waits for a permit
   * @param stopWaiting releases jobs that wait for a permit
   */
  public InFlightJobs(Duration longestJob, Runnable stopWaiting) {
    this.longestJob = longestJob;
    this.stopWaiting = stopWaiting;
  }

  /**
   * Runs the job, unless the process is stopping: then the engine hands it to another worker when
   * its timeout ends.
   */
  public void run(Runnable job) {
    if (running && gate.readLock().tryLock()) {
      try {
        job.run();
      } finally {
        gate.readLock().unlock();
      }
    }
  }

  public int underWay() {
    return gate.getReadLockCount();
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    stopWaiting.run();
    int jobs = underWay();
    LOG.info("Stopping: taking no more jobs, {} in flight.", jobs);
    try {
      if (gate.writeLock().tryLock(longestJob.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("Stopping: all jobs in flight have been reported.");
      } else {
        LOG.error(
            "Stopping with {} jobs in flight, which took longer than {}; the engine hands them out"
                + " again.",
            underWay(),
            longestJob);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Right after the starter's workers, which stop in the default phase. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }
}
