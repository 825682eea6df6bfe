package org.conferenceworker.guard;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.conferenceworker.vobiz.ConferenceName;

/** A name with {@code *} for any characters, as an operator writes it. */
record NamePattern(String text, Pattern pattern) {

  private static final Pattern INVISIBLE = Pattern.compile(ConferenceName.INVISIBLE);
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  /** For names as they are. */
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
      // The leftmost place for each part is as good as any other: never look for another, which
      // would take for ever with some names.
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
   * One spelling for all that people take for the same name: of whatever case, composed or not, in
   * full width or not, with other spaces, and with anything invisible in it.
   */
  static String canonical(String name) {
    String visible = INVISIBLE.matcher(decomposed(name)).replaceAll("");
    var folded = new StringBuilder();
    // Letter by letter: as a whole, the last sigma of a word would become another letter.
    visible
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .map(Character::toLowerCase)
        .forEach(folded::appendCodePoint);
    // The Turkish capital i with a dot is the capital of the letter i.
    return SPACES
        .matcher(decomposed(folded.toString()).replace("i\u0307", "i"))
        .replaceAll(" ")
        .strip();
  }

  private static String decomposed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD);
  }
}
