package org.conferenceworker.settings.start;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.conferenceworker.settings.InvalidSettingException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses settings that nothing reads and values that are obviously mistakes, wherever they are
 * set.
 *
 * <p>Spring Boot's own check ({@code ignoreUnknownFields = false}) skips environment variables, and
 * those are how this worker is configured: a misspelled {@code VOBIZ_HTTP_TOTALTIMEOUT} would
 * silently leave the default, and an empty list of protected names would protect nothing.
 */
public final class UnknownSettings {

  /**
   * What Kubernetes adds to a container's environment for every service in its namespace, such as
   * {@code VOBIZ_CONFERENCE_WORKER_PORT_9600_TCP}: not a setting.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("[A-Z0-9_]+_(SERVICE_(HOST|PORT(_.*)?)|PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?)");

  /** Such as a byte order mark at the start of a file, which becomes part of the first name. */
  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\x21-\\x7E]");

  private UnknownSettings() {}

  /**
   * @param prefix the first part of the settings' names, for example {@code vobiz}
   * @param type the record that these settings are bound to
   * @throws InvalidSettingException if a setting below the prefix is not a component of the record,
   *     is set twice in one place, or has a value that is obviously a mistake
   */
  public static void refuse(
      ConfigurableEnvironment environment, String prefix, Class<? extends Record> type) {
    var unknown = new TreeSet<String>();
    for (PropertySource<?> any : environment.getPropertySources()) {
      if (any instanceof EnumerablePropertySource<?> source) {
        var spellings = new HashMap<String, String>();
        Map<String, BoundSettings.Setting> bound = BoundSettings.in(source, prefix, type);
        for (String name : source.getPropertyNames()) {
          BoundSettings.Setting setting = bound.get(name);
          boolean isServiceLink = setting == null && SERVICE_LINK.matcher(name).matches();
          if (!isBelow(prefix, name) || isServiceLink) {
            continue;
          }
          requireOneSpelling(spellings, name, source);
          RepeatedSettings.refuse(source, name);
          if (NOT_IN_NAMES.matcher(name).find()
              || setting != null && isSingleEntry(setting, source)) {
            unknown.add(name);
          } else if (setting != null) {
            SettingValue.refuse(name, source.getProperty(name), setting, environment);
          } else if (bound.keySet().stream().noneMatch(other -> plain(other).equals(plain(name)))) {
            unknown.add(name);
          }
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw new InvalidSettingException(
          "Unknown setting: " + String.join(", ", unknown) + ".",
          KnownSettings.names(prefix, type)
              .collect(
                  Collectors.joining(
                      ", ", "Correct the name or remove it. Known settings: ", ".")));
    }
  }

  /** Spring silently ignores single entries next to the whole list. */
  private static boolean isSingleEntry(BoundSettings.Setting setting, PropertySource<?> source) {
    return source instanceof SystemEnvironmentPropertySource && setting.name().endsWith("]");
  }

  private static boolean isBelow(String prefix, String name) {
    String visible = NOT_IN_NAMES.matcher(name).replaceAll("");
    return visible.length() > prefix.length()
        && visible.regionMatches(true, 0, prefix, 0, prefix.length())
        && "._[".indexOf(visible.charAt(prefix.length())) >= 0;
  }

  /** Of two spellings in one place Spring reads only one, and it is hard to tell which. */
  private static void requireOneSpelling(
      Map<String, String> spellings, String name, PropertySource<?> source) {
    String other = spellings.putIfAbsent(plain(name), name);
    boolean differs =
        other != null
            && !String.valueOf(source.getProperty(other))
                .equals(String.valueOf(source.getProperty(name)));
    if (differs) {
      throw new InvalidSettingException(
          "The settings %s and %s are the same setting with different values."
              .formatted(other, name),
          "Keep one of the two.");
    }
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
  }
}
