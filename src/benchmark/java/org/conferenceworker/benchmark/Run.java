package org.conferenceworker.benchmark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** One run of jobs through a worker: when each was handed out, asked about, answered and done. */
final class Run {

  /** Keys of jobs are unique across runs, so that a late report is seen to be none of this run. */
  private static long nextKey = 1;

  final long firstKey;
  final int jobs;
  final AtomicInteger failed = new AtomicInteger();
  final AtomicInteger refusedByTheApi = new AtomicInteger();
  final AtomicInteger unexpected = new AtomicInteger();
  private final AtomicLongArray handedOut;
  private final AtomicLongArray requested;
  private final AtomicLongArray answered;
  private final AtomicLongArray done;
  private final CountDownLatch left;

  Run(int jobs) {
    synchronized (Run.class) {
      firstKey = nextKey;
      nextKey += jobs;
    }
    this.jobs = jobs;
    handedOut = new AtomicLongArray(jobs);
    requested = new AtomicLongArray(jobs);
    answered = new AtomicLongArray(jobs);
    done = new AtomicLongArray(jobs);
    left = new CountDownLatch(jobs);
  }

  boolean has(long key) {
    return key >= firstKey && key < firstKey + jobs;
  }

  void handedOut(long key) {
    handedOut.compareAndSet((int) (key - firstKey), 0, System.nanoTime());
  }

  void requested(long key) {
    once(requested, key);
  }

  void answered(long key) {
    once(answered, key);
  }

  void done(long key) {
    if (once(done, key)) {
      left.countDown();
    }
  }

  private boolean once(AtomicLongArray times, long key) {
    if (has(key) && times.compareAndSet((int) (key - firstKey), 0, System.nanoTime())) {
      return true;
    }
    unexpected.incrementAndGet();
    return false;
  }

  /** Waits until every job is done, exactly once. */
  Run await(Duration atMost) {
    try {
      if (!left.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "%d of %d jobs are not done after %s".formatted(left.getCount(), jobs, atMost));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (unexpected.get() > 0) {
      throw new IllegalStateException(unexpected + " requests or reports came twice or late");
    }
    return this;
  }

  int requests() {
    return (int) IntStream.range(0, jobs).filter(i -> requested.get(i) != 0).count();
  }

  /** From the first job handed out to the last report. */
  double seconds() {
    long first = IntStream.range(0, jobs).mapToLong(handedOut::get).min().orElseThrow();
    long last = IntStream.range(0, jobs).mapToLong(done::get).max().orElseThrow();
    return (last - first) / 1e9;
  }

  /** How long after this moment the first job was handed out. */
  double secondsToFirstTaken(long since) {
    return (IntStream.range(0, jobs).mapToLong(handedOut::get).min().orElseThrow() - since) / 1e9;
  }

  /** How long after this moment the first job was done. */
  double secondsToFirstDone(long since) {
    return (IntStream.range(0, jobs).mapToLong(done::get).min().orElseThrow() - since) / 1e9;
  }

  /** How many jobs are done so far. */
  int doneSoFar() {
    return jobs - (int) left.getCount();
  }

  double jobsPerSecond() {
    return jobs / seconds();
  }

  /** From hand-out to report, in milliseconds, of the jobs from here to there. */
  Quantiles latency(int from, int to) {
    return quantiles(from, to, i -> (done.get((int) i) - handedOut.get((int) i)) / 1e6);
  }

  Quantiles latency() {
    return latency(0, jobs);
  }

  /** The same without the time from the request's arrival at the API to its answer. */
  Quantiles added() {
    return quantiles(
        0,
        jobs,
        i ->
            (done.get((int) i)
                    - handedOut.get((int) i)
                    - (answered.get((int) i) - requested.get((int) i)))
                / 1e6);
  }

  private static Quantiles quantiles(int from, int to, LongToDoubleFunction value) {
    return Quantiles.of(IntStream.range(from, to).mapToDouble(value::applyAsDouble));
  }

  record Quantiles(double p50, double p99, double max) {
    static Quantiles of(DoubleStream values) {
      double[] sorted = values.sorted().toArray();
      return new Quantiles(
          sorted[sorted.length / 2],
          sorted[(int) (sorted.length * 0.99)],
          sorted[sorted.length - 1]);
    }
  }
}
