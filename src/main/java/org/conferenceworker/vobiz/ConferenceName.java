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
 * The name of one conference, exactly as it was given, safe to be one segment of a URL path.
 *
 * <p>A name that could make the request reach beyond one conference does not become an instance:
 * {@code DELETE /Conference/} ends <em>every</em> conference of the account, and there are proxies
 * and servers that decode a path once more, drop what follows a semicolon, merge empty segments and
 * resolve dot segments. Decision 3 has the rule and the servers that it was tried with.
 */
public record ConferenceName(String value) {

  /** What is allowed, in words for the person who has to correct the name. */
  public static final String ALLOWED =
      "allowed is a text of at most 10,000 characters, at least one of them visible and none of them"
          + " a control character, in which no part between slashes is empty, \".\" or \"..\", and"
          + " none but the first is \"Member\", \"Record\" or the like; percent-escapes count as what"
          + " they stand for, and of each part only what comes before \";\", \"?\" or \"#\"";

  /** What makes a name plain, in words. */
  public static final String PLAIN =
      "none of the characters % / \\ ; ? # +, no blanks but single ones between words, nothing"
          + " invisible, no compatibility characters such as full-width letters";

  private static final int MOST_CHARACTERS = 10_000;
  private static final int MOST_DECODINGS = 10;

  /** What is below a conference at Vobiz and at APIs like it; decision 3 says where it is from. */
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

  /** Those beyond ASCII become slashes where a text is forced into an older encoding. */
  private static final Pattern SLASHES = Pattern.compile("[/\\\\⁄∕∖⧵⧸⧹]");

  private static final Pattern PARAMETERS = Pattern.compile("[;?#].*", Pattern.DOTALL);

  /** What is not seen, Unicode's default ignorable characters: the class of a pattern. */
  public static final String INVISIBLE =
      "[\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0"
          + "\\x{E0000}-\\x{E0FFF}]";

  /** Those, and what bytes become that are no UTF-8. */
  private static final Pattern IGNORED = Pattern.compile("[" + INVISIBLE + "\\uFFFD]+");

  /** A server that takes a plus for a blank, as in forms, trims it as one. */
  private static final Pattern BLANKS = Pattern.compile("[\\p{Z}+]+");

  private static final Pattern ESCAPES =
      Pattern.compile("%u\\p{XDigit}{4}|(?:%\\p{XDigit}{2})+", Pattern.CASE_INSENSITIVE);

  /** UTF-8 that is longer than it need be, which lenient decoders read as a dot or a slash. */
  private static final Pattern OVERLONG =
      Pattern.compile("%c[01]|%e0(?!%[ab])|%f0(?!%[9ab])|%f[8c]%", Pattern.CASE_INSENSITIVE);

  private static final Pattern NOT_PLAIN =
      Pattern.compile("[%/\\\\;?#+]|[\\p{Z}&&[^ ]]|^ | \\z|  |" + IGNORED.pattern());

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

  /**
   * Whether no character of it means anything in a path: a hop that decodes, cuts or normalises
   * paths then leaves it as it is. One that is not plain may arrive as the name of another single
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
    // UTF-8 has no bytes for half a surrogate pair; an encoder would send "?", another name.
    if (value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      return "contains half of a surrogate pair, which is no character";
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

  /** What is wrong with the name as it is after so many hops have each decoded it. */
  private static String problemOfStage(String stage, String simplified) {
    if (stage.codePoints().anyMatch(Character::isISOControl)) {
      return "contains a control character";
    }
    if (OVERLONG.matcher(simplified).find()) {
      return "contains percent-escapes that are no UTF-8 and could be read as a dot or a slash";
    }
    String[] parts = SLASHES.split(simplified, -1);
    for (int i = 0; i < parts.length; i++) {
      String part = BLANKS.matcher(PARAMETERS.matcher(parts[i]).replaceFirst("")).replaceAll("");
      if (part.isEmpty()) {
        return "has a part that is empty, or could arrive as such";
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

  /** Without differences that a server may make nothing of. */
  private static String simplified(String text) {
    return IGNORED.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
  }

  /** As a lenient server decodes it, once; what is no escape stays as it is. */
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
