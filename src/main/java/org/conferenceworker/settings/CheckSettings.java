package org.conferenceworker.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The check of credentials and base URL, a GET for the list of the account's conferences.
 *
 * @param onStart check every account once the worker has started, every minute until all are good,
 *     then as often as vobiz.check.every says; if false, only when somebody asks for health;
 *     neither the start nor a task waits for it
 * @param every time between two checks while all accounts are good, from 1m to 1d
 */
public record CheckSettings(
    @DefaultValue("true") boolean onStart, @DefaultValue("5m") Duration every) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * @throws InvalidSettingException if the time is out of bounds
   */
  public CheckSettings {
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(
          "The setting vobiz.check.every is " + every + ", but it is between a minute and a day.",
          "Set a duration such as 5m, or remove the setting for its default.");
    }
  }
}
