package org.conferenceworker.camunda.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs each job on a virtual thread of its own, and what the Camunda client does in between,
 * polling mostly, on a few more.
 *
 * <p>The client takes nothing but a scheduled executor, and that would sort the jobs by time, under
 * one lock.
 *
 * <p>It waits for a free place no longer than a job's time-out, then throws the job away, and
 * counts it as under way for ever (8.8.14). So there are fewer places here than the client
 * believes, and whoever brings a job waits here, for as long as it takes.
 */
public final class JobThreads extends ScheduledThreadPoolExecutor {

  private static final int CLIENT_THREADS = 4;

  /**
   * How many more jobs the client must be told than there are places: as many as threads that bring
   * jobs, which are the stream's and the poll's, and for a moment those of a stream that was
   * replaced.
   */
  public static final int BROUGHT = 4;

  private final Semaphore places;
  private final ExecutorService jobs =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("job-", 0).factory());

  /**
   * @param places how many jobs there are at a time, at most
   */
  public JobThreads(int places) {
    super(CLIENT_THREADS, Thread.ofVirtual().name("client-", 0).factory());
    // While the engine is away the client sets and takes back an hour's timer every few seconds.
    setRemoveOnCancelPolicy(true);
    this.places = new Semaphore(places);
  }

  @Override
  public void execute(Runnable task) {
    if (task instanceof CompletableFuture.AsynchronousCompletionTask) {
      // No job, but something to be done when a stream has ended.
      jobs.execute(task);
      return;
    }
    // A thread that reads from the network, as that of REST, must not wait.
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
