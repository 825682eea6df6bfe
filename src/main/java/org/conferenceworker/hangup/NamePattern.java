package org.conferenceworker.hangup;

import java.util.regex.Pattern;

/** A name with {@code *} for any characters, as an operator writes it. */
record NamePattern(String text, Pattern pattern) {

  /**
   * @param lenient whether case and outer blanks do not count
   */
  static NamePattern of(String text, boolean lenient) {
    String[] parts = (lenient ? text.strip() : text).split("\\*", -1);
    var regex = new StringBuilder(Pattern.quote(parts[0]));
    for (int i = 1; i < parts.length - 1; i++) {
      // The leftmost place for each part is as good as any other: never look for another, which
      // would take for ever with some names.
      regex.append("(?>.*?").append(Pattern.quote(parts[i])).append(")");
    }
    if (parts.length > 1) {
      regex.append(".*").append(Pattern.quote(parts[parts.length - 1]));
    }
    int flags = lenient ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    return new NamePattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL | flags));
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }
}
