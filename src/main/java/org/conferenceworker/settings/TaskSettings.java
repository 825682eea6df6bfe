package org.conferenceworker.settings;

import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which tasks this worker carries out. The jobs of a task that is switched off stay in the engine,
 * for another worker.
 *
 * @param hangUpConference the task "Hang up conference"
 * @param playAnnouncement the task "Play announcement"
 * @param lookUpConference the task "Look up conference"
 * @param kickMember the task "Kick member"
 * @param hangUpAllConferences the task "Hang up all conferences"
 */
public record TaskSettings(
    @DefaultValue TaskSwitch hangUpConference,
    @DefaultValue TaskSwitch playAnnouncement,
    @DefaultValue TaskSwitch lookUpConference,
    @DefaultValue TaskSwitch kickMember,
    @DefaultValue TaskSwitch hangUpAllConferences) {

  /** The first part of the names of these settings. */
  public static final String PREFIX = VobizProperties.PREFIX + ".tasks";

  /**
   * @throws InvalidSettingException if no task is left
   */
  public TaskSettings {
    if (Stream.of(
            hangUpConference, playAnnouncement, lookUpConference, kickMember, hangUpAllConferences)
        .noneMatch(TaskSwitch::enabled)) {
      throw new InvalidSettingException(
          "Every task is switched off, so that this worker would have nothing to do.",
          "Remove one of the settings vobiz.tasks.<name>.enabled, or set it to true.");
    }
  }

  /**
   * The switch of one task.
   *
   * @param enabled whether this worker carries the task out
   */
  public record TaskSwitch(@DefaultValue("true") boolean enabled) {}
}
