package org.conferenceworker.guard;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.conferenceworker.vobiz.ConferenceName;

/** A pattern for names, in which {@code *} stands for any characters. */
record NamePattern(String text, Pattern pattern) {

  private static final Pattern INVISIBLE = Pattern.compile(ConferenceName.INVISIBLE);
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  /** For exact names. */
  static NamePattern exact(String text) {
    return new NamePattern(text, compile(text));
  }

  /** For names in their {@linkplain #canonical canonical} spelling. */
  static NamePattern lenient(String text) {
    return new NamePattern(text, compile(canonical(text)));
  }

  private static Pattern compile(String pattern) {
    String[] parts = pattern.split("\\*", -1);
    var regex = new StringBuilder(Pattern.quote(parts[0]));
    for (int i = 1; i < parts.length - 1; i++) {
      // The leftmost match of each part is as good as any other; backtracking would take forever
      // with some names.
      regex.append("(?>.*?").append(Pattern.quote(parts[i])).append(")");
    }
    if (parts.length > 1) {
      regex.append(".*").append(Pattern.quote(parts[parts.length - 1]));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /**
   * One spelling for all names that look the same to people: any case, composed or not, full width
   * or not, other spaces, invisible characters.
   */
  static String canonical(String name) {
    String visible = INVISIBLE.matcher(decomposed(name)).replaceAll("");
    var folded = new StringBuilder();
    // Character by character: as a whole word, a final sigma would become another letter.
    visible
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .map(Character::toLowerCase)
        .forEach(folded::appendCodePoint);
    // The Turkish dotted capital I is the capital of the letter i.
    return SPACES
        .matcher(decomposed(folded.toString()).replace("i\u0307", "i"))
        .replaceAll(" ")
        .strip();
  }

  private static String decomposed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD);
  }
}
