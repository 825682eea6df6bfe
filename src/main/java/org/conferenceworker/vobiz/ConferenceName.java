package org.conferenceworker.vobiz;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.net.PercentCodec;

/**
 * The name of one conference, exactly as given, that is safe as one segment of a URL path.
 *
 * <p>A name that could make the request reach beyond one conference cannot be created: {@code
 * DELETE /Conference/} ends <em>every</em> conference of the account, and some proxies and servers
 * decode a path again, drop everything after a semicolon, merge empty segments and resolve dot
 * segments. Decision 3 explains the rule and lists the servers it was tested with.
 */
public record ConferenceName(String value) {

  /** What is allowed, for the person who has to correct the name. */
  public static final String ALLOWED =
      "allowed is a text of at most 10,000 characters, at least one of them visible and none of them"
          + " a control character, in which no part between slashes is empty, \".\" or \"..\", and"
          + " none but the first is \"Member\", \"Record\" or the like; percent-escapes count as what"
          + " they stand for, and of each part only what comes before \";\", \"?\" or \"#\"";

  /** What makes a name plain, in words. */
  public static final String PLAIN =
      "none of the characters % / \\ ; ? # +, single spaces between words only, nothing"
          + " invisible, no compatibility characters such as full-width letters";

  private static final int MOST_CHARACTERS = 10_000;
  private static final int MOST_DECODINGS = 10;

  /** Resources below a conference at Vobiz and similar APIs; decision 3 names the sources. */
  private static final Set<String> RESOURCES =
      Set.of(
          "member",
          "members",
          "participant",
          "participants",
          "record",
          "recording",
          "recordings",
          "play",
          "speak",
          "mute",
          "unmute",
          "deaf",
          "undeaf",
          "kick",
          "hangup");

  /** Non-ASCII ones become slashes where a text is converted to an older encoding. */
  private static final Pattern SLASHES = Pattern.compile("[/\\\\⁄∕∖⧵⧸⧹]");

  private static final Pattern PARAMETERS = Pattern.compile("[;?#].*", Pattern.DOTALL);

  /** Invisible characters (Unicode's default ignorable ones), as a character class. */
  public static final String INVISIBLE =
      "[\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0"
          + "\\x{E0000}-\\x{E0FFF}]";

  /** Those, and the replacement for bytes that are not UTF-8. */
  private static final Pattern IGNORED = Pattern.compile("[" + INVISIBLE + "\\uFFFD]+");

  /** A server that reads a plus as a space, as in forms, trims it like one. */
  private static final Pattern BLANKS = Pattern.compile("[\\p{Z}+]+");

  private static final Pattern ESCAPES =
      Pattern.compile("%u\\p{XDigit}{4}|(?:%\\p{XDigit}{2})+", Pattern.CASE_INSENSITIVE);

  /** Overlong UTF-8, which lenient decoders read as a dot or a slash. */
  private static final Pattern OVERLONG =
      Pattern.compile("%c[01]|%e0(?!%[ab])|%f0(?!%[9ab])|%f[8c]%", Pattern.CASE_INSENSITIVE);

  private static final Pattern NOT_PLAIN =
      Pattern.compile("[%/\\\\;?#+]|[\\p{Z}&&[^ ]]|^ | \\z|  |" + IGNORED.pattern());

  /**
   * @param value the name; case and spaces are significant and kept
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

  /**
   * Whether no character has a meaning in a path, so that a hop that decodes, cuts or normalises
   * paths leaves it unchanged. A name that is not plain may arrive as the name of another single
   * conference.
   */
  public boolean isPlain() {
    return !NOT_PLAIN.matcher(value).find() && Normalizer.isNormalized(value, Normalizer.Form.NFKC);
  }

  @Override
  public String toString() {
    return value;
  }

  private static String problemOf(String value) {
    if (value == null) {
      return "is missing";
    }
    if (value.length() > MOST_CHARACTERS) {
      return "is too long";
    }
    String simplified = simplified(value);
    if (simplified.isBlank()) {
      return "is blank";
    }
    // Half a surrogate pair cannot be encoded in UTF-8; an encoder would send "?", another name.
    if (value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      return "contains half of a surrogate pair, which is not a character";
    }
    String stage = value;
    for (int decodings = 0; decodings <= MOST_DECODINGS; decodings++) {
      String problem = problemOfStage(stage, simplified);
      if (problem != null) {
        return problem;
      }
      stage = decoded(simplified);
      if (stage.equals(simplified)) {
        return null;
      }
      simplified = simplified(stage);
    }
    return "is percent-encoded more than " + MOST_DECODINGS + " times";
  }

  /** What is wrong with the name after a number of hops have each decoded it. */
  private static String problemOfStage(String stage, String simplified) {
    if (stage.codePoints().anyMatch(Character::isISOControl)) {
      return "contains a control character";
    }
    if (OVERLONG.matcher(simplified).find()) {
      return "contains percent-escapes that are not UTF-8 and could be read as a dot or a slash";
    }
    String[] parts = SLASHES.split(simplified, -1);
    for (int i = 0; i < parts.length; i++) {
      String part = BLANKS.matcher(PARAMETERS.matcher(parts[i]).replaceFirst("")).replaceAll("");
      if (part.isEmpty()) {
        return "has a part that is empty, or could arrive empty";
      }
      if (part.equals(".") || part.equals("..")) {
        return "has \"" + part + "\" for a part, which could move the request to another path";
      }
      if (i > 0 && RESOURCES.contains(part.toLowerCase(Locale.ROOT))) {
        return "has \""
            + part
            + "\" for a part, which could move the request to a resource of another conference";
      }
    }
    return null;
  }

  /** Without differences that a server may ignore. */
  private static String simplified(String text) {
    return IGNORED.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
  }

  /** Decoded once as a lenient server does; anything that is not an escape stays. */
  private static String decoded(String text) {
    return ESCAPES
        .matcher(text)
        .replaceAll(
            escapes -> {
              String digits = escapes.group().replace("%", "");
              return Matcher.quoteReplacement(
                  digits.startsWith("u") || digits.startsWith("U")
                      ? String.valueOf((char) HexFormat.fromHexDigits(digits, 1, 5))
                      : new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8));
            });
  }
}
