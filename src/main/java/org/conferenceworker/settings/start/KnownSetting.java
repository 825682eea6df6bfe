package org.conferenceworker.settings.start;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A setting that is read, and how it may be spelt.
 *
 * @param name with {@code <name>} for an account's and {@code [<n>]} for the place in a list
 * @param type what its value becomes; that of an entry if it is a list
 */
record KnownSetting(String name, Class<?> type, Pattern property, Pattern variable) {

  private KnownSetting(String name, Class<?> type) {
    this(name, type, compile(asProperty(name)), compile(asVariable(name)));
  }

  /**
   * @param prefix the first part of the settings' names, for example {@code vobiz}
   * @param type the record that these settings are bound to
   */
  static List<KnownSetting> of(String prefix, Class<?> type) {
    var known = new ArrayList<KnownSetting>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + "." + kebab(component.getName());
      if (component.getType().isRecord()) {
        known.addAll(of(name, component.getType()));
      } else if (Map.class.isAssignableFrom(component.getType())) {
        known.addAll(of(name + ".<name>", argument(component, 1)));
      } else if (List.class.isAssignableFrom(component.getType())) {
        known.add(new KnownSetting(name, argument(component, 0)));
        known.add(new KnownSetting(name + "[<n>]", argument(component, 0)));
      } else {
        known.add(new KnownSetting(name, component.getType()));
      }
    }
    return known;
  }

  private static Class<?> argument(RecordComponent component, int index) {
    return (Class<?>)
        ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[index];
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Whether this is how it may be spelt there. */
  boolean isSpelt(String spelling, PropertySource<?> source) {
    // Elsewhere Spring does not read what is spelt like an environment variable.
    return property.matcher(spelling).matches()
        || source instanceof SystemEnvironmentPropertySource
            && variable.matcher(spelling).matches();
  }

  private static Pattern compile(String spelling) {
    return Pattern.compile(spelling, Pattern.CASE_INSENSITIVE);
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
