package org.conferenceworker.camunda.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs each job on its own virtual thread, and the Camunda client's other work, mostly polling, on
 * a few more.
 *
 * <p>The client accepts only a scheduled executor, which would sort the jobs by time under one
 * lock.
 *
 * <p>The client waits for a free place no longer than the job timeout, then drops the job but
 * counts it as active forever (8.8.14). So there are fewer places here than the client believes,
 * and the thread that brings a job waits here for as long as necessary.
 */
public final class JobThreads extends ScheduledThreadPoolExecutor {

  private static final int CLIENT_THREADS = 4;

  /**
   * How many more places the client is told of than there are: one for each thread that brings
   * jobs, which are the stream's, the poll's and, briefly, those of a stream that was replaced.
   */
  public static final int BROUGHT = 4;

  private final Semaphore places;
  private final ExecutorService jobs =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("job-", 0).factory());

  /**
   * @param places highest number of jobs at a time
   */
  public JobThreads(int places) {
    super(CLIENT_THREADS, Thread.ofVirtual().name("client-", 0).factory());
    // While the engine is away, the client sets and cancels a timer of an hour every few seconds.
    setRemoveOnCancelPolicy(true);
    this.places = new Semaphore(places);
  }

  @Override
  public void execute(Runnable task) {
    if (task instanceof CompletableFuture.AsynchronousCompletionTask) {
      // Not a job, but work at the end of a stream.
      jobs.execute(task);
      return;
    }
    // A network thread, such as that of REST, must not wait.
    boolean wait = Thread.currentThread().isVirtual();
    if (wait) {
      places.acquireUninterruptibly();
    }
    try {
      jobs.execute(() -> run(task, wait));
    } catch (Throwable e) {
      if (wait) {
        places.release();
      }
      throw e;
    }
  }

  private void run(Runnable task, boolean hasPlace) {
    if (!hasPlace) {
      places.acquireUninterruptibly();
    }
    try {
      task.run();
    } finally {
      places.release();
    }
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
