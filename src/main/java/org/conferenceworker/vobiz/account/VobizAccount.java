package org.conferenceworker.vobiz.account;

import java.util.regex.Pattern;
import org.conferenceworker.settings.InvalidSettingException;

/**
 * An account profile: the name that tasks use, and its credentials.
 *
 * @param name the profile's name, for example {@code default}
 * @param authId Vobiz's id of the account ({@code MA_…}) or sub-account ({@code SA_…})
 * @param authToken the secret
 * @param tokenFile the file with the token; {@code null} if the token itself was set
 */
public record VobizAccount(String name, String authId, String authToken, String tokenFile) {

  /** The profile of tasks that name none. */
  public static final String DEFAULT = "default";

  private static final Pattern AUTH_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7E]+");
  private static final Pattern QUOTED = Pattern.compile("[\"'`].*|.*[\"'`]");

  /**
   * Characters. Shorter tokens are masked only as whole words, because they occur inside others.
   */
  private static final int LONG_TOKEN = 8;

  /**
   * @throws InvalidSettingException if a credential is missing or cannot be sent as it is
   */
  public VobizAccount {
    if (authId == null || authId.isBlank()) {
      throw missing(idSetting(name));
    }
    if (authToken == null || authToken.isBlank()) {
      throw missing(tokenSetting(name, tokenFile));
    }
    if (!AUTH_ID.matcher(authId).matches()) {
      throw new InvalidSettingException(
          "The setting "
              + idSetting(name)
              + " is not a Vobiz auth id: it becomes part of the path.",
          "Set it to the auth id from the Vobiz console: letters, digits, '_' and '-' only.");
    }
    if (!HEADER_VALUE.matcher(authToken).matches()) {
      throw new InvalidSettingException(
          "The setting "
              + tokenSetting(name, tokenFile)
              + " contains a space, a line break or a non-ASCII character.",
          "Set it to the auth token from the Vobiz console; look for a stray quote or line end.");
    }
    if (QUOTED.matcher(authToken).matches()) {
      throw new InvalidSettingException(
          "The setting " + tokenSetting(name, tokenFile) + " has a quote at its beginning or end.",
          "Remove the quotes: they are part of the value there.");
    }
  }

  public VobizAccount(String name, String authId, String authToken) {
    this(name, authId, authToken, null);
  }

  private static InvalidSettingException missing(String setting) {
    return new InvalidSettingException(
        "The setting " + setting + " is missing.",
        "Set it to the value that the Vobiz console shows for this account.");
  }

  /** The setting of this profile's auth id, as an operator writes it. */
  public String idSetting() {
    return idSetting(name);
  }

  /** The setting of this profile's token, as an operator writes it. */
  public String tokenSetting() {
    return tokenSetting(name, tokenFile);
  }

  private static String idSetting(String name) {
    return name.equals(DEFAULT) ? "VOBIZ_AUTH_ID" : "vobiz.accounts." + name + ".auth-id";
  }

  private static String tokenSetting(String name, String tokenFile) {
    if (tokenFile != null) {
      return "(the content of the file " + tokenFile + ")";
    }
    return name.equals(DEFAULT) ? "VOBIZ_AUTH_TOKEN" : "vobiz.accounts." + name + ".auth-token";
  }

  /** Masks this account's token in a text from outside; a short token only as a whole word. */
  public String mask(String text) {
    if (!text.contains(authToken)) {
      return text;
    }
    String token = Pattern.quote(authToken);
    return text.replaceAll(
        authToken.length() < LONG_TOKEN
            ? "(?<![\\p{L}\\p{N}])" + token + "(?![\\p{L}\\p{N}])"
            : token,
        "***");
  }

  @Override
  public String toString() {
    return "VobizAccount[name=" + name + ", authId=" + authId + ", authToken=***]";
  }
}
