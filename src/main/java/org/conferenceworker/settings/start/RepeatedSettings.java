package org.conferenceworker.settings.start;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.conferenceworker.settings.InvalidSettingException;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.Resource;

/**
 * Refuses a setting that occurs twice in a properties file with different values: Java silently
 * takes the last one. (The YAML parser refuses it anyway.)
 */
final class RepeatedSettings {

  /** Separates the documents of a file; each may have the setting, for its own profile. */
  private static final String SEPARATOR = "(?m)^[#!]---\\s*$";

  private RepeatedSettings() {}

  static void refuse(EnumerablePropertySource<?> source, String name) {
    if (OriginLookup.getOrigin(source, name) instanceof TextResourceOrigin origin
        && isProperties(origin.getResource())) {
      try {
        for (String document :
            origin.getResource().getContentAsString(StandardCharsets.ISO_8859_1).split(SEPARATOR)) {
          new Values(name).load(new StringReader(document));
        }
      } catch (IOException e) {
        // It was readable a moment ago; a file that has just been removed is not this check's
        // problem.
      }
    }
  }

  private static boolean isProperties(Resource resource) {
    return resource.getFilename() != null && resource.getFilename().endsWith(".properties");
  }

  private static final class Values extends Properties {

    private final String setting;

    Values(String setting) {
      this.setting = setting;
    }

    @Override
    public Object put(Object name, Object value) {
      Object before = super.put(name, value);
      if (name.equals(setting) && before != null && !before.equals(value)) {
        throw new InvalidSettingException(
            "The setting " + setting + " occurs twice in one file, with different values.",
            "Keep one of the two.");
      }
      return before;
    }
  }
}
