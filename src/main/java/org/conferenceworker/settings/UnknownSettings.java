package org.conferenceworker.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Refuses settings that nothing reads, wherever they were set.
 *
 * <p>Spring Boot's own check ({@code ignoreUnknownFields = false}) leaves environment variables
 * out, and those are how this worker is configured: a misspelt {@code VOBIZ_HTTP_TOTALTIMEOUT}
 * would silently mean the default.
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
   * @param properties the record that these settings are bound to
   * @throws InvalidSettingException if a setting below the prefix is no component of the record
   */
  public static void refuse(
      ConfigurableEnvironment environment, String prefix, Class<? extends Record> properties) {
    List<String> known = names(prefix, properties);
    List<Pattern> spellings = known.stream().map(UnknownSettings::spellings).toList();
    var unknown = new TreeSet<String>();
    environment.getPropertySources().stream()
        .filter(EnumerablePropertySource.class::isInstance)
        .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
        .filter(name -> isBelow(prefix, name) && !SERVICE_LINK.matcher(name).matches())
        .filter(name -> spellings.stream().noneMatch(s -> s.matcher(name).matches()))
        .forEach(unknown::add);
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

  /**
   * What Spring's relaxed binding takes for this setting: as a property, any case, with or without
   * dashes; as an environment variable, underscores for dots, and with or without one for a dash.
   */
  private static Pattern spellings(String name) {
    String property =
        name.replace(".", "\\.")
            .replace("-", "[-_]?")
            .replace("\\.<name>", "(\\.[^.\\[\\]]+|\\[[^\\]]+])")
            .replace("[<n>]", "\\[\\d+]");
    String variable =
        name.replace(".", "_")
            .replace("-", "_?")
            .replace("<name>", "[A-Z0-9]+")
            .replace("[<n>]", "_\\d+");
    return Pattern.compile(property + "|" + variable, Pattern.CASE_INSENSITIVE);
  }
}
