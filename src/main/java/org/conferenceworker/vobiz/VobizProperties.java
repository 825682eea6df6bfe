package org.conferenceworker.vobiz;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.conferenceworker.settings.InvalidSettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the Vobiz API is reached.
 *
 * @param authId auth id of the account profile {@code default}, {@code MA_…} or {@code SA_…}
 * @param authToken auth token of the account profile {@code default}
 * @param baseUrl scheme, host and port of the API; plain http is accepted for loopback only
 * @param http time limits of a call
 * @param accounts further account profiles by name
 */
@ConfigurationProperties(VobizProperties.PREFIX)
public record VobizProperties(
    String authId,
    String authToken,
    @DefaultValue("https://api.vobiz.ai") String baseUrl,
    @DefaultValue Http http,
    @DefaultValue Map<String, Credentials> accounts) {

  static final String PREFIX = "vobiz";

  private static final Pattern LOOPBACK =
      Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  /**
   * @param connectTimeout longest wait for a TCP connection and for its TLS handshake
   * @param responseTimeout longest silence of the API while an answer is awaited or read
   * @param totalTimeout longest time of a whole call, from the look-up of the host to the last byte
   * @param maxConnections most connections to the API at a time; a call waits for a free one no
   *     longer than the connect timeout
   */
  public record Http(
      @DefaultValue("2s") Duration connectTimeout,
      @DefaultValue("10s") Duration responseTimeout,
      @DefaultValue("15s") Duration totalTimeout,
      @DefaultValue("64") int maxConnections) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * @throws InvalidSettingException if one of them is out of bounds
     */
    public Http {
      requirePositive("vobiz.http.connect-timeout", connectTimeout);
      requirePositive("vobiz.http.response-timeout", responseTimeout);
      requirePositive("vobiz.http.total-timeout", totalTimeout);
      if (maxConnections <= 0) {
        throw new InvalidSettingException(
            "The setting vobiz.http.max-connections is " + maxConnections + ".",
            "Set a number above zero, or remove the setting for its default.");
      }
    }

    private static void requirePositive(String setting, Duration value) {
      if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
        throw new InvalidSettingException(
            "The setting "
                + setting
                + " is "
                + value
                + ", but a time limit is between a millisecond and an hour.",
            "Set a duration such as 2s or 500ms, or remove the setting for its default.");
      }
    }
  }

  /**
   * @param authId auth id of this account, {@code MA_…} or {@code SA_…}
   * @param authToken auth token of this account
   */
  public record Credentials(String authId, String authToken) {
    @Override
    public String toString() {
      return "Credentials[authId=" + authId + ", authToken=***]";
    }
  }

  /**
   * The base URL, checked.
   *
   * @throws InvalidSettingException if it is none, has more than scheme, host and port, or would
   *     send the token unencrypted over a network
   */
  public URI baseUri() {
    URI uri;
    try {
      uri = new URI(baseUrl);
    } catch (URISyntaxException e) {
      throw invalidBaseUrl("is no URL");
    }
    boolean https = "https".equalsIgnoreCase(uri.getScheme());
    if (!https && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw invalidBaseUrl("is no http or https URL");
    }
    if (uri.getHost() == null) {
      throw invalidBaseUrl("names no host");
    }
    boolean onlyOrigin =
        (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null;
    if (!onlyOrigin || uri.getPort() == 0 || uri.getPort() > 65535) {
      throw invalidBaseUrl("has more than scheme, host and port");
    }
    if (!https && !LOOPBACK.matcher(uri.getHost()).matches()) {
      throw invalidBaseUrl("would send the token unencrypted");
    }
    return uri;
  }

  private InvalidSettingException invalidBaseUrl(String problem) {
    return new InvalidSettingException(
        "The setting VOBIZ_BASE_URL " + problem + ": \"" + withoutUserInfo(baseUrl) + "\".",
        "Set scheme, host and port only, such as https://api.vobiz.ai (plain http is accepted for"
            + " loopback addresses), or remove the setting for its default.");
  }

  private static String withoutUserInfo(String url) {
    return url.replaceFirst("//[^/]*@", "//***@");
  }

  @Override
  public String toString() {
    return "VobizProperties[authId=%s, authToken=***, baseUrl=%s, http=%s, accounts=%s]"
        .formatted(authId, withoutUserInfo(baseUrl), http, accounts);
  }
}
