package org.conferenceworker.settings.start;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.conferenceworker.settings.InvalidSettingException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Refuses settings that nothing reads, and settings whose value cannot be meant, wherever they were
 * set.
 *
 * <p>Spring Boot's own check ({@code ignoreUnknownFields = false}) leaves environment variables
 * out, and those are how this worker is configured: a misspelt {@code VOBIZ_HTTP_TOTALTIMEOUT}
 * would silently mean the default, and an empty list of protected names no protection.
 */
public final class UnknownSettings {

  /**
   * What Kubernetes adds to a container's environment for every service in its namespace, such as
   * {@code VOBIZ_CONFERENCE_WORKER_PORT_9600_TCP}: nobody's setting.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("[A-Z0-9_]+_(SERVICE_(HOST|PORT(_.*)?)|PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?)");

  /** Such as the byte order mark of a file, which Spring takes for a part of the first name. */
  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\x21-\\x7E]");

  private UnknownSettings() {}

  /**
   * @param prefix the first part of the settings' names, for example {@code vobiz}
   * @param type the record that these settings are bound to
   * @throws InvalidSettingException if a setting below the prefix is no component of the record, is
   *     set twice in one place, or has a value that cannot be meant
   */
  public static void refuse(
      ConfigurableEnvironment environment, String prefix, Class<? extends Record> type) {
    List<KnownSetting> known = KnownSetting.of(prefix, type);
    var unknown = new TreeSet<String>();
    for (PropertySource<?> any : environment.getPropertySources()) {
      if (any instanceof EnumerablePropertySource<?> source) {
        var spellings = new HashMap<String, String>();
        for (String name : source.getPropertyNames()) {
          if (!isBelow(prefix, name) || SERVICE_LINK.matcher(name).matches()) {
            continue;
          }
          known.stream()
              .filter(setting -> setting.isSpelt(name, source))
              .findFirst()
              .ifPresentOrElse(
                  setting -> {
                    requireOneSpelling(spellings, name, source);
                    RepeatedSettings.refuse(source, name);
                    SettingValue.refuse(name, source.getProperty(name), setting, environment);
                  },
                  () -> unknown.add(name));
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw new InvalidSettingException(
          "Unknown setting: " + String.join(", ", unknown) + ".",
          known.stream()
              .map(KnownSetting::name)
              .collect(
                  Collectors.joining(
                      ", ", "Correct the name or remove it. Known settings: ", ".")));
    }
  }

  private static boolean isBelow(String prefix, String name) {
    String visible = NOT_IN_NAMES.matcher(name).replaceAll("");
    return visible.length() > prefix.length()
        && visible.regionMatches(true, 0, prefix, 0, prefix.length())
        && "._[".indexOf(visible.charAt(prefix.length())) >= 0;
  }

  /** Of two spellings in one place Spring reads one; nobody can know which. */
  private static void requireOneSpelling(
      Map<String, String> spellings, String name, PropertySource<?> source) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    String other = spellings.putIfAbsent(plain, name);
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
}
