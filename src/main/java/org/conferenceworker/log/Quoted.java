package org.conferenceworker.log;

/** Quotes a value from outside for a message or a log line. */
public final class Quoted {

  private static final int LONGEST_SHOWN = 600;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Quoted() {}

  /** A value in quotes, on one line, shortened, with invisible characters made visible. */
  public static String of(Object value) {
    String text = value.toString();
    var shown = new StringBuilder("\"");
    text.codePoints()
        .limit(LONGEST_SHOWN)
        .forEach(
            c -> {
              if (isInvisible(c)) {
                shown.append("\\u%04X".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown
        .append(text.codePointCount(0, text.length()) > LONGEST_SHOWN ? "…\"" : "\"")
        .toString();
  }

  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // For example marks that change the direction of the text. Joiners stay: many emoji need
      // them.
      case Character.FORMAT -> character != ZERO_WIDTH_JOINER;
      default -> false;
    };
  }
}
