package org.conferenceworker.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.conferenceworker.settings.GuardSettings;
import org.conferenceworker.vobiz.account.VobizAccounts;

/**
 * Lets no more hang-ups of an account through in any minute than the operator has set: a runaway
 * process then ends a few conferences, not all of them.
 *
 * <p>The minute slides, so that there is no moment at which twice as many pass.
 */
public class RateLimiter {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Map<String, Window> windows;

  /**
   * @param most {@code null} if there is no limit
   * @param passed the moments within the last minute, the earliest first
   */
  private record Window(Integer most, Deque<Instant> passed) {}

  /** One window for all profiles of an auth id, because they end the same conferences. */
  public RateLimiter(GuardSettings guard, VobizAccounts accounts) {
    windows =
        accounts.perAuthId(
            profiles -> new Window(guard.fewestPerMinute(profiles), new ArrayDeque<>()));
  }

  /**
   * Asks to let one hang-up through, now.
   *
   * @return zero if it may be sent, and then it counts; else how long until one may be sent
   */
  public Duration pass(String account, Instant now) {
    Window window = windows.get(account);
    if (window.most() == null) {
      return Duration.ZERO;
    }
    Deque<Instant> passed = window.passed();
    synchronized (passed) {
      while (!passed.isEmpty() && !passed.peekFirst().plus(WINDOW).isAfter(now)) {
        passed.removeFirst();
      }
      if (passed.size() < window.most()) {
        passed.addLast(now);
        return Duration.ZERO;
      }
      return Duration.between(now, passed.peekFirst().plus(WINDOW));
    }
  }
}
