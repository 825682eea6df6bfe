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

  /**
   * @throws InvalidSettingException if a credential is missing or cannot be sent as it is
   */
  public VobizAccount {
    if (authId == null || authId.isBlank()) {
      throw AuthToken.missing(idSetting(name));
    }
    if (!AUTH_ID.matcher(authId).matches()) {
      throw new InvalidSettingException(
          "The setting "
              + idSetting(name)
              + " is not a Vobiz auth id: it becomes part of the path.",
          "Set it to the auth id from the Vobiz console: letters, digits, '_' and '-' only.");
    }
    new AuthToken(authToken, tokenSetting(name, tokenFile));
  }

  public VobizAccount(String name, String authId, String authToken) {
    this(name, authId, authToken, null);
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
      return contentOf(tokenFile);
    }
    return name.equals(DEFAULT) ? "VOBIZ_AUTH_TOKEN" : "vobiz.accounts." + name + ".auth-token";
  }

  /** A token in a file, as the name of a setting. */
  static String contentOf(String tokenFile) {
    return "(the content of the file " + tokenFile + ")";
  }

  /** Masks this account's token in a text from outside; a short token only as a whole word. */
  public String mask(String text) {
    return AuthToken.mask(authToken, text);
  }

  @Override
  public String toString() {
    return "VobizAccount[name=" + name + ", authId=" + authId + ", authToken=***]";
  }
}
