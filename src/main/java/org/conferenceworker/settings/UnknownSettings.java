package org.conferenceworker.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses settings that nothing reads, and settings without a value, wherever they were set.
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

  private UnknownSettings() {}

  /**
   * @param prefix the first part of the settings' names, for example {@code vobiz}
   * @param type the record that these settings are bound to
   * @throws InvalidSettingException if a setting below the prefix is no component of the record, or
   *     has no value
   */
  public static void refuse(
      ConfigurableEnvironment environment, String prefix, Class<? extends Record> type) {
    List<String> known = names(prefix, type);
    Pattern properties = anyOf(known, UnknownSettings::asProperty);
    Pattern variables = anyOf(known, UnknownSettings::asVariable);
    var unknown = new TreeSet<String>();
    for (PropertySource<?> any : environment.getPropertySources()) {
      // Elsewhere Spring does not read what is spelt like an environment variable.
      boolean hasVariables = any instanceof SystemEnvironmentPropertySource;
      if (any instanceof EnumerablePropertySource<?> source) {
        for (String name : source.getPropertyNames()) {
          if (!isBelow(prefix, name) || SERVICE_LINK.matcher(name).matches()) {
            continue;
          }
          if (!properties.matcher(name).matches()
              && !(hasVariables && variables.matcher(name).matches())) {
            unknown.add(name);
          } else if (String.valueOf(source.getProperty(name)).isBlank()) {
            throw new InvalidSettingException(
                "The setting " + name + " is empty.", "Give it a value, or remove it.");
          }
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw new InvalidSettingException(
          "Unknown setting: " + String.join(", ", unknown) + ".",
          "Correct the name or remove it. Known settings: " + String.join(", ", known) + ".");
    }
  }

  private static boolean isBelow(String prefix, String name) {
    return name.length() > prefix.length()
        && name.regionMatches(true, 0, prefix, 0, prefix.length())
        && "._[".indexOf(name.charAt(prefix.length())) >= 0;
  }

  private static List<String> names(String prefix, Class<?> type) {
    var names = new ArrayList<String>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + "." + kebab(component.getName());
      if (component.getType().isRecord()) {
        names.addAll(names(name, component.getType()));
      } else if (Map.class.isAssignableFrom(component.getType())) {
        var map = (ParameterizedType) component.getGenericType();
        names.addAll(names(name + ".<name>", (Class<?>) map.getActualTypeArguments()[1]));
      } else if (List.class.isAssignableFrom(component.getType())) {
        names.add(name);
        names.add(name + "[<n>]");
      } else {
        names.add(name);
      }
    }
    return names;
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Pattern anyOf(List<String> names, UnaryOperator<String> spelling) {
    return Pattern.compile(
        names.stream().map(spelling).collect(Collectors.joining("|")), Pattern.CASE_INSENSITIVE);
  }

  /** As Spring's relaxed binding takes a property: any case, with or without dashes. */
  private static String asProperty(String name) {
    return name.replace(".", "\\.")
        .replace("-", "[-_]?")
        .replace("\\.<name>", "(\\.[^.\\[\\]]+|\\[[^\\]]+])")
        .replace("[<n>]", "\\[\\d+]");
  }

  /** As Spring takes an environment variable: all dashes left out, or all of them underscores. */
  private static String asVariable(String name) {
    if (name.contains("[<n>]")) {
      // Beside the whole list, Spring would silently leave out its single entries.
      return "(?!)";
    }
    String variable = name.replace(".", "_");
    return (variable.replace("-", "") + "|" + variable.replace("-", "_"))
        .replace("<name>", "[A-Z0-9]+");
  }
}
