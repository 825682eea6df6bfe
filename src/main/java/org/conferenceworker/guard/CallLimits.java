package org.conferenceworker.guard;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.conferenceworker.settings.LimitSettings;
import org.conferenceworker.settings.LimitSettings.AccountLimit;
import org.conferenceworker.vobiz.account.VobizAccounts;

/**
 * Makes jobs wait for a permit, so that a burst of jobs does not become a burst of calls: limits
 * the calls of an account at a time and per second.
 */
public class CallLimits {

  private final Map<String, Gate> gates;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** One gate for all profiles of an auth id: to the API they are one account. */
  public CallLimits(LimitSettings settings, VobizAccounts accounts) {
    gates = accounts.perAuthId(profiles -> new Gate(settings.strictest(profiles)));
  }

  /** One call's permit, held until it is closed. */
  public interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for a permit, first come, first served.
   *
   * @return {@code null} if there is none in time, or if waiting has been stopped
   */
  public Permit await(String account, Duration atMost) {
    long since = System.nanoTime();
    Gate gate = gates.get(account);
    try {
      if (!gate.calls.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        return null;
      }
      // Only now: a job that still waits for a connection must not use up the rate.
      if (isStopped() || !gate.paced(atMost.minusNanos(System.nanoTime() - since))) {
        gate.calls.release();
        return null;
      }
      return gate.calls::release;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Releases all waiting jobs without a permit; from then on there are no permits. */
  public void stopWaiting() {
    if (!isStopped()) {
      stopped.countDown();
      // Each waiting job that gets it sees that waiting has stopped, and passes it on.
      gates.values().forEach(gate -> gate.calls.release());
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private final class Gate {

    final Semaphore calls;

    /** {@code null} means no limit. */
    final Bucket perSecond;

    Gate(AccountLimit limit) {
      calls = new Semaphore(limit.maxConcurrentCalls(), true);
      perSecond = limit.callsPerSecond() == null ? null : evenly(limit.callsPerSecond());
    }

    /** A bucket for one token: unused capacity is lost, so there is no burst after a pause. */
    private static Bucket evenly(double perSecond) {
      Duration each = Duration.ofNanos(Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond));
      return Bucket.builder()
          .addLimit(limit -> limit.capacity(1).refillGreedy(1, each))
          .withNanosecondPrecision()
          .build();
    }

    boolean paced(Duration atMost) throws InterruptedException {
      if (perSecond == null || perSecond.tryConsume(1)) {
        return true;
      }
      return atMost.isPositive()
          && perSecond
              .asBlocking()
              .tryConsume(1, atMost, nanos -> stopped.await(nanos, TimeUnit.NANOSECONDS))
          && !isStopped();
    }
  }
}
