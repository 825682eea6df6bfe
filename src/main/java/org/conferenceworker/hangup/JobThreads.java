package org.conferenceworker.hangup;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs each job on a virtual thread of its own, and what the Camunda client does in between,
 * polling mostly, on a few more. How many jobs there are at a time is the client's affair.
 *
 * <p>The client takes nothing but a scheduled executor, and that would sort the jobs by time, under
 * one lock.
 */
final class JobThreads extends ScheduledThreadPoolExecutor {

  private static final int CLIENT_THREADS = 4;

  private final ExecutorService jobs =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("job-", 0).factory());

  JobThreads() {
    super(CLIENT_THREADS, Thread.ofVirtual().name("client-", 0).factory());
    // While the engine is away the client sets and takes back an hour's timer every few seconds.
    setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable task) {
    jobs.execute(task);
  }

  @Override
  public void shutdown() {
    super.shutdown();
    jobs.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    List<Runnable> waiting = super.shutdownNow();
    jobs.shutdownNow();
    return waiting;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return super.awaitTermination(timeout, unit) && jobs.awaitTermination(timeout, unit);
  }
}
