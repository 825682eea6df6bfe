package org.conferenceworker.settings.start;

import java.util.Locale;
import java.util.regex.Pattern;
import org.conferenceworker.settings.InvalidSettingException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/** Checks settings of the libraries that the worker relies on. */
public final class StartUpChecks {

  /** Exists in the worker's own application.yaml only. */
  private static final String OWN_SETTINGS = "conference-worker.own-settings";

  /** Time limits of the Camunda client and of the shutdown, without dots and dashes. */
  private static final Pattern DURATION =
      Pattern.compile(
          "(camundaclient.*(timeout|timeoutoffset|interval|keepalive)|springlifecycletimeoutpershutdownphase)");

  /** Recommended here and there for a quick start. */
  private static final String NATIVE_REFLECTION = "jdk.reflect.useNativeAccessorOnly";

  private StartUpChecks() {}

  /**
   * @throws InvalidSettingException if the worker's own settings were not read
   */
  public static void requireOwnSettings(ConfigurableEnvironment environment) {
    if (!environment.containsProperty(OWN_SETTINGS)) {
      throw new InvalidSettingException(
          "The worker's own settings, application.yaml in the jar, were not read:"
              + " spring.config.location or spring.config.name has taken their place.",
          "Use spring.config.additional-location (SPRING_CONFIG_ADDITIONAL_LOCATION) instead, with a"
              + " file named application.yaml or application.properties.");
    }
  }

  /**
   * Camunda's starter calls the tasks by reflection. Through native code, a virtual thread cannot
   * leave its processor while it waits, and after as many jobs as processors all stand still.
   *
   * @throws InvalidSettingException if the JVM has an option with which no job would be done
   */
  public static void refuseNativeReflection() {
    if (Boolean.getBoolean(NATIVE_REFLECTION)) {
      throw new InvalidSettingException(
          "With -D" + NATIVE_REFLECTION + "=true, the worker would take jobs and then stand still.",
          "Start it without this option (JAVA_OPTS, JAVA_TOOL_OPTIONS or the command line).");
    }
  }

  /**
   * @throws InvalidSettingException if a time limit that a job depends on has no unit
   */
  public static void refuseBareNumbers(ConfigurableEnvironment environment) {
    for (PropertySource<?> any : environment.getPropertySources()) {
      if (any instanceof EnumerablePropertySource<?> source) {
        for (String name : source.getPropertyNames()) {
          if (DURATION.matcher(name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "")).matches()) {
            SettingValue.refuseBareNumber(
                name, environment.resolvePlaceholders(String.valueOf(source.getProperty(name))));
          }
        }
      }
    }
  }
}
