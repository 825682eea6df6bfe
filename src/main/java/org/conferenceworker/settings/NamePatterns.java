package org.conferenceworker.settings;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses name patterns that are obviously mistakes and would match no conference: a guard rail
 * that looks set but protects nothing.
 */
final class NamePatterns {

  private static final Pattern INVISIBLE = Pattern.compile("[\\s\\p{Z}\\p{Cf}]*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u[0-9A-Fa-f]{4}");
  private static final String QUOTES = "\"'`\u201C\u201D\u201E\u2018\u2019\u201A\u00AB\u00BB";

  private NamePatterns() {}

  /**
   * @param patterns {@code null} if the setting is not set
   * @throws InvalidSettingException if one of them is obviously a mistake
   */
  static void requireUsable(String setting, List<String> patterns) {
    if (patterns == null) {
      return;
    }
    if (patterns.isEmpty()) {
      throw unusable(setting, "is empty", "Give it a value, or remove it.");
    }
    patterns.forEach(pattern -> requireUsable(setting, pattern));
    String whole = String.join(",", patterns);
    if (patterns.size() > 1 && isQuoted(whole)) {
      throw quoted(setting);
    }
    if (whole.startsWith("[") && whole.endsWith("]")) {
      throw unusable(
          setting,
          "is in brackets, which would be part of the first and the last name",
          "Remove the brackets; if a name has them, write * in their place.");
    }
  }

  private static void requireUsable(String setting, String pattern) {
    if (INVISIBLE.matcher(pattern).matches()) {
      throw unusable(
          setting,
          "has an entry without a visible character",
          "Remove the extra comma, or check which placeholder is empty.");
    }
    if (pattern.codePoints().anyMatch(Character::isISOControl)) {
      throw unusable(
          setting,
          "has a line break or another control character in a name",
          "Write all names on one line, with commas between them.");
    }
    if (isQuoted(pattern) || pattern.indexOf('"') >= 0 && pattern.matches("\".*|.*\"")) {
      throw quoted(setting);
    }
    if (isMisread(pattern)) {
      throw unusable(
          setting,
          "has letters that were read in the wrong encoding: \"" + pattern + "\"",
          "Write the file in UTF-8 and as YAML (a .properties file needs escapes such as \\u00FC), and"
              + " start the worker with a UTF-8 locale, such as LC_ALL=C.UTF-8.");
    }
    if (ESCAPE.matcher(pattern).find()) {
      throw unusable(
          setting,
          "has an escape that was not understood: \"" + pattern + "\"",
          "Write the letter itself.");
    }
  }

  private static boolean isQuoted(String text) {
    return text.length() > 1
        && QUOTES.indexOf(text.charAt(0)) >= 0
        && QUOTES.indexOf(text.charAt(text.length() - 1)) >= 0;
  }

  /** Whether this is UTF-8 that was decoded as something else, or that lost letters. */
  private static boolean isMisread(String text) {
    return text.indexOf('\uFFFD') >= 0
        || isUtf8ReadAs(StandardCharsets.ISO_8859_1, text)
        || isUtf8ReadAs(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")), text);
  }

  private static boolean isUtf8ReadAs(Charset charset, String text) {
    if (charset.equals(StandardCharsets.UTF_8) || text.chars().allMatch(c -> c < 0x80)) {
      return false;
    }
    try {
      ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static InvalidSettingException quoted(String setting) {
    return unusable(
        setting,
        "has quotes around a name, which would be part of it",
        "Remove the quotes: an env file keeps them, unlike a shell. If a name has quotes, write * in"
            + " their place.");
  }

  private static InvalidSettingException unusable(String setting, String problem, String remedy) {
    return new InvalidSettingException("The setting " + setting + " " + problem + ".", remedy);
  }
}
