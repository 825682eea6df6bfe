package org.conferenceworker.standin;

import java.util.LinkedHashMap;
import org.conferenceworker.vobiz.VobizProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as an operator writes them, bound as at start-up. */
public final class Settings {

  private Settings() {}

  /**
   * @param lines such as {@code vobiz.auth-id=MA_1}
   */
  public static VobizProperties vobiz(String... lines) {
    var map = new LinkedHashMap<String, String>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      map.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return new Binder(new MapConfigurationPropertySource(map))
        .bindOrCreate("vobiz", VobizProperties.class);
  }
}
