package org.conferenceworker.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Announcements.
 *
 * @param margin how long Vobiz may take to fetch a recording and to begin to play it; what a
 *     process waits beyond the recording's own duration
 */
public record AnnouncementSettings(@DefaultValue("5s") Duration margin) {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /**
   * @throws InvalidSettingException if the margin is negative or longer than five minutes
   */
  public AnnouncementSettings {
    if (margin.isNegative() || margin.compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(
          "The setting vobiz.announcement.margin is " + margin + ".",
          "Set a duration from 0s to 5m, or remove the setting for its default, 5s.");
    }
  }
}
