package org.conferenceworker.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.conferenceworker.settings.GuardSettings;
import org.conferenceworker.vobiz.account.VobizAccounts;

/**
 * Limits the requests of an account per minute that remove people, so that a runaway process ends a
 * few conferences and not all of them.
 *
 * <p>The minute slides, so that never twice as many pass around its end.
 */
public class RateLimiter {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Map<String, Window> windows;

  /**
   * @param most {@code null} if there is no limit
   * @param passed the times within the last minute, earliest first
   */
  private record Window(Integer most, Deque<Instant> passed) {}

  /** One window for all profiles of an auth id, because they reach the same conferences. */
  public RateLimiter(GuardSettings guard, VobizAccounts accounts) {
    windows =
        accounts.perAuthId(
            profiles -> new Window(guard.fewestPerMinute(profiles), new ArrayDeque<>()));
  }

  /**
   * Asks for a permit for one such request now.
   *
   * @return zero if it may be sent, which counts; otherwise the time until the next one may be sent
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
