package org.conferenceworker.settings.start;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.PropertySource;

/**
 * The settings that Spring Boot's binder finds in one property source. Only the binder knows every
 * spelling that it accepts.
 */
final class BoundSettings implements BindHandler {

  /**
   * A setting that is read.
   *
   * @param name its canonical name
   * @param type what its value becomes; that of an entry if it is an entry of a list
   */
  record Setting(String name, Class<?> type) {}

  private final Map<String, Setting> bySpelling = new HashMap<>();

  private BoundSettings() {}

  /**
   * The settings in this source, by their spelling there.
   *
   * @param prefix the first part of their names, for example {@code vobiz}
   * @param type the record that they are bound to
   */
  static Map<String, Setting> in(PropertySource<?> source, String prefix, Class<?> type) {
    var settings = new BoundSettings();
    new Binder(List.of(ConfigurationPropertySource.from(source)), value -> value)
        .bind(prefix, Bindable.of(type), settings);
    return settings.bySpelling;
  }

  /** Called for empty values, too. */
  @Override
  public void onFinish(
      ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
    note(target, context);
  }

  /** An invalid value is still a known setting. */
  @Override
  public Object onFailure(
      ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
    note(target, context);
    return null;
  }

  private void note(Bindable<?> target, BindContext context) {
    ConfigurationProperty property = context.getConfigurationProperty();
    if (property != null) {
      String spelling =
          property.getOrigin() instanceof PropertySourceOrigin origin
              ? origin.getPropertyName()
              : String.valueOf(property.getOrigin());
      bySpelling.putIfAbsent(
          spelling, new Setting(property.getName().toString(), elementType(target)));
    }
  }

  private static Class<?> elementType(Bindable<?> target) {
    var type = target.getType();
    return type.resolve() == List.class ? type.getGeneric(0).resolve() : type.resolve();
  }
}
