package org.conferenceworker.settings.start;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conferenceworker.settings.InvalidSettingException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertyResolver;

/** Refuses values that would be read differently than they were meant. */
final class SettingValue {

  private static final Pattern SECRET =
      Pattern.compile(".*(token|password|secret)", Pattern.CASE_INSENSITIVE);
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}:]+)(:[^${}]*)?}");
  private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\\\)\\$\\{");
  private static final Pattern BARE_NUMBER = Pattern.compile("\\s*[+-]?\\d+\\s*");
  private static final Pattern QUOTED = Pattern.compile("\\s*([\"'`]).*\\1\\s*", Pattern.DOTALL);

  /** References to references; more than this are a cycle. */
  private static final int DEEPEST = 10;

  private SettingValue() {}

  /**
   * @param name the setting as it is spelled there
   * @param raw its value before placeholders are resolved
   * @throws InvalidSettingException if it is obviously a mistake; the message never shows a secret
   */
  static void refuse(
      String name, Object raw, BoundSettings.Setting setting, ConfigurableEnvironment environment) {
    String value = String.valueOf(raw);
    if (value.isBlank()) {
      throw unusable(name, "is empty", "Give it a value, or remove it.");
    }
    if (setting.type() == String.class && (raw instanceof Number || raw instanceof Boolean)) {
      throw unusable(
          name,
          "is not a text but a number or a boolean, as YAML reads 0123, 12:30 or no",
          "Put its value in quotes.");
    }
    if (SECRET.matcher(setting.name()).matches()) {
      refuseOtherPlaceholders(name, value, environment, 0);
    }
    String resolved = resolved(name, value, environment);
    if (resolved.isBlank()) {
      throw unusable(
          name,
          "is empty, because its placeholder is empty",
          "Set what the placeholder stands for, or remove the setting.");
    }
    if (resolved.indexOf('\uFFFD') >= 0) {
      throw unusable(
          name,
          "has characters that this process could not decode",
          "Start the worker with a UTF-8 locale, such as LC_ALL=C.UTF-8; save files as UTF-8.");
    }
    if (QUOTED.matcher(resolved).matches()) {
      throw unusable(
          name,
          "has quotes around its value, which would be part of it",
          "Remove the quotes: an env file keeps them, unlike a shell.");
    }
    if (setting.type() == Duration.class) {
      refuseBareNumber(name, resolved);
    }
  }

  /**
   * @throws InvalidSettingException if it is a duration without a unit
   */
  static void refuseBareNumber(String name, String value) {
    if (BARE_NUMBER.matcher(value).matches()) {
      throw unusable(
          name,
          "is " + value.strip() + ", a duration without a unit, which would be milliseconds",
          "Add the unit, such as %1$ss or %1$sms.".formatted(value.strip()));
    }
  }

  private static String resolved(String name, String value, PropertyResolver environment) {
    try {
      return environment.resolveRequiredPlaceholders(value);
    } catch (IllegalArgumentException e) {
      throw unusable(
          name,
          "has a placeholder, ${…}, for something that is not set, or that refers to itself",
          "Set what the placeholder stands for, or correct its name.");
    }
  }

  /** A secret may be a reference as a whole; a "${" inside a secret is most likely part of it. */
  private static void refuseOtherPlaceholders(
      String name, String value, ConfigurableEnvironment environment, int depth) {
    if (!PLACEHOLDER.matcher(value).find()) {
      return;
    }
    Matcher reference = REFERENCE.matcher(value.strip());
    if (!reference.matches() || depth > DEEPEST) {
      throw unusable(
          name,
          "contains ${, which would be read as the start of a placeholder",
          "Write \\${ instead. (A token in the file named by auth-token-file is taken as it is.)");
    }
    environment.getPropertySources().stream()
        .map(source -> source.getProperty(reference.group(1).strip()))
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            other -> refuseOtherPlaceholders(name, other.toString(), environment, depth + 1));
  }

  private static InvalidSettingException unusable(String name, String problem, String remedy) {
    return new InvalidSettingException("The setting " + name + " " + problem + ".", remedy);
  }
}
