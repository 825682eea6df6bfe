package org.conferenceworker.settings.start;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The names of all settings, for error messages. */
final class KnownSettings {

  private KnownSettings() {}

  /**
   * The settings of a record, with {@code <name>} for an account's name.
   *
   * @param prefix the first part of their names, for example {@code vobiz}
   */
  static Stream<String> names(String prefix, Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .flatMap(component -> names(prefix + "." + kebab(component.getName()), component));
  }

  private static Stream<String> names(String name, RecordComponent component) {
    if (component.getType().isRecord()) {
      return names(name, component.getType());
    }
    if (Map.class.isAssignableFrom(component.getType())) {
      var types = ((ParameterizedType) component.getGenericType()).getActualTypeArguments();
      return names(name + ".<name>", (Class<?>) types[1]);
    }
    return Stream.of(name);
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
