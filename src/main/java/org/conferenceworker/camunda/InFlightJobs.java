package org.conferenceworker.camunda;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Holds the process's stop back until the jobs under way are reported.
 *
 * <p>The starter stops taking jobs in an earlier phase and closes the connection to the engine in a
 * later one, but does not wait for handlers in between.
 */
public class InFlightJobs implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(InFlightJobs.class);

  private final Duration longestJob;
  private final Runnable stopWaiting;

  /** Jobs hold the read side; the stop takes the write side, and never gives it back. */
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

  private volatile boolean running;

  /**
   * @param longestJob how long a job under way takes at most, once it does not wait any more
   * @param stopWaiting lets jobs under way go that wait for something
   */
  public InFlightJobs(Duration longestJob, Runnable stopWaiting) {
    this.longestJob = longestJob;
    this.stopWaiting = stopWaiting;
  }

  /**
   * Runs the job, unless the process has stopped: then it is left to the engine, which hands it to
   * another worker when its lease ends.
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
    LOG.info("Stopping: no more jobs are taken, {} under way.", jobs);
    try {
      if (gate.writeLock().tryLock(longestJob.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("Stopping: every job that was under way has been reported.");
      } else {
        LOG.error(
            "Stopping with {} jobs under way, which took longer than {}; the engine hands them out"
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

  /** Just after the starter's workers, which stop in the default phase. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }
}
