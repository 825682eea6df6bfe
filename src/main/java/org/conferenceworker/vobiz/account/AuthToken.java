package org.conferenceworker.vobiz.account;

import java.util.regex.Pattern;
import org.conferenceworker.settings.InvalidSettingException;

/**
 * An account's secret.
 *
 * @param setting where it was set, as an operator writes it
 */
record AuthToken(String value, String setting) {

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7E]+");
  private static final Pattern QUOTED = Pattern.compile("[\"'`].*|.*[\"'`]");

  /**
   * Characters. Shorter tokens are masked only as whole words, because they occur inside others.
   */
  private static final int LONG_TOKEN = 8;

  /**
   * @throws InvalidSettingException if it is missing or cannot be sent as it is
   */
  AuthToken {
    if (value == null || value.isBlank()) {
      throw missing(setting);
    }
    if (!HEADER_VALUE.matcher(value).matches()) {
      throw new InvalidSettingException(
          "The setting " + setting + " contains a space, a line break or a non-ASCII character.",
          "Set it to the auth token from the Vobiz console; look for a stray quote or line end.");
    }
    if (QUOTED.matcher(value).matches()) {
      throw new InvalidSettingException(
          "The setting " + setting + " has a quote at its beginning or end.",
          "Remove the quotes: they are part of the value there.");
    }
  }

  static InvalidSettingException missing(String setting) {
    return new InvalidSettingException(
        "The setting " + setting + " is missing.",
        "Set it to the value that the Vobiz console shows for this account.");
  }

  String mask(String text) {
    return mask(value, text);
  }

  /** Masks a token in a text from outside; a short token only as a whole word. */
  static String mask(String token, String text) {
    if (!text.contains(token)) {
      return text;
    }
    String quoted = Pattern.quote(token);
    return text.replaceAll(
        token.length() < LONG_TOKEN
            ? "(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])"
            : quoted,
        "***");
  }

  @Override
  public String toString() {
    return "AuthToken[setting=" + setting + ", value=***]";
  }
}
