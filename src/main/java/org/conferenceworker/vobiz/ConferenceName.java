package org.conferenceworker.vobiz;

import java.util.regex.Pattern;
import org.apache.hc.core5.net.PercentCodec;

/**
 * The name of one conference, exactly as it was given, safe to be one segment of a URL path.
 *
 * <p>A name that could make the request mean another resource does not become an instance: {@code
 * DELETE /Conference/} ends <em>every</em> conference of the account, and there are servers and
 * proxies that decode {@code %2F}, merge empty segments and resolve dot segments.
 */
public record ConferenceName(String value) {

  /** What is allowed, in words for the person who has to correct the name. */
  public static final String ALLOWED =
      "allowed is a text of at most 10,000 characters, at least one of them visible and none of them"
          + " a control character, in which no part between slashes is empty, \".\" or \"..\"";

  private static final int MOST_CHARACTERS = 10_000;
  private static final Pattern SLASHES = Pattern.compile("[/\\\\]");

  /**
   * @param value the name; case and blanks are significant and kept
   * @throws IllegalArgumentException if the name is not allowed; its message says what is wrong
   */
  public ConferenceName {
    String problem = problemOf(value);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
  }

  /**
   * The name as one path segment: everything outside <a
   * href="https://www.rfc-editor.org/rfc/rfc3986#section-2.3">RFC 3986 <em>unreserved</em></a>
   * percent-encoded as UTF-8, once.
   */
  public String encoded() {
    return PercentCodec.RFC3986.encode(value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static String problemOf(String value) {
    if (value == null) {
      return "is missing";
    }
    if (value.codePoints().noneMatch(ConferenceName::isVisible)) {
      return "is blank";
    }
    if (value.length() > MOST_CHARACTERS) {
      return "is too long";
    }
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      return "contains a control character";
    }
    // UTF-8 has no bytes for half a surrogate pair; an encoder would send "?", another name.
    if (value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      return "contains half of a surrogate pair, which is no character";
    }
    for (String part : SLASHES.split(value, -1)) {
      if (part.codePoints().noneMatch(ConferenceName::isVisible)) {
        return "has an empty part beside a slash";
      }
      if (part.strip().equals(".") || part.strip().equals("..")) {
        return "has \"" + part + "\" for a part, which could move the request to another path";
      }
    }
    return null;
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
