package org.conferenceworker.settings;

import java.util.Collection;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much this process asks of the API at most; further jobs wait for a permit. Each limit applies
 * to every account separately, unless the account has its own.
 *
 * @param maxConcurrentCalls highest number of calls per account at a time
 * @param callsPerSecond highest number of calls per account in a second, evenly spaced; no limit if
 *     it is not set
 * @param accounts the same for single accounts, by the name of the account profile
 */
public record LimitSettings(
    @DefaultValue("512") int maxConcurrentCalls,
    Double callsPerSecond,
    @DefaultValue Map<String, AccountLimit> accounts) {

  private static final int MOST_AT_A_TIME = 100_000;
  private static final double MOST_PER_SECOND = 100_000;
  private static final double FEWEST_PER_SECOND = 0.01;

  /**
   * @throws InvalidSettingException if a limit is out of bounds
   */
  public LimitSettings {
    requireUsable("vobiz.limit", new AccountLimit(maxConcurrentCalls, callsPerSecond));
    accounts.forEach((account, own) -> requireUsable("vobiz.limit.accounts." + account, own));
  }

  private static void requireUsable(String settings, AccountLimit limit) {
    Integer calls = limit.maxConcurrentCalls();
    if (calls != null && (calls < 1 || calls > MOST_AT_A_TIME)) {
      throw new InvalidSettingException(
          "The setting " + settings + ".max-concurrent-calls is " + calls + ".",
          "Set a number from 1 to " + MOST_AT_A_TIME + ", or remove it for its default.");
    }
    Double rate = limit.callsPerSecond();
    if (rate != null && !(rate >= FEWEST_PER_SECOND && rate <= MOST_PER_SECOND)) {
      throw new InvalidSettingException(
          "The setting " + settings + ".calls-per-second is " + rate + ".",
          "Set a number from 0.01 to 100000, or remove the setting for no limit.");
    }
  }

  /** The limits of an account: its own, or else the general ones. */
  public AccountLimit of(String account) {
    var own = accounts.getOrDefault(account, new AccountLimit(null, null));
    return new AccountLimit(
        own.maxConcurrentCalls() == null ? maxConcurrentCalls : own.maxConcurrentCalls(),
        own.callsPerSecond() == null ? callsPerSecond : own.callsPerSecond());
  }

  /** The lowest of each limit among these accounts. */
  public AccountLimit strictest(Collection<String> accounts) {
    return new AccountLimit(
        Lowest.of(accounts, account -> of(account).maxConcurrentCalls()),
        Lowest.of(accounts, account -> of(account).callsPerSecond()));
  }

  /**
   * Limits of one account; {@code null} means the general one.
   *
   * @param maxConcurrentCalls highest number of calls of this account at a time
   * @param callsPerSecond highest number of calls of this account in a second, evenly spaced
   */
  public record AccountLimit(Integer maxConcurrentCalls, Double callsPerSecond) {}
}
