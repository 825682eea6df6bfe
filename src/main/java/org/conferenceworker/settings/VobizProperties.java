package org.conferenceworker.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the Vobiz API is reached.
 *
 * @param authId auth id of the account profile 'default', MA_… or SA_…
 * @param authToken auth token of the account profile 'default'
 * @param authTokenFile a file with the token, such as a mounted secret, instead of the token
 *     itself; read at every call, so that a new token is used without a restart
 * @param baseUrl scheme, host and port of the API; plain http is accepted for loopback only, unless
 *     vobiz.allow-unencrypted says otherwise
 * @param allowUnencrypted accept a plain http base URL outside loopback: anybody on the way can
 *     then read the token in every request
 * @param dryRun do everything except the call; tasks complete with the outcome DRY_RUN
 * @param http how connections are made, and the time limits of a call
 * @param guard guard rails: where nothing must be done, and how much per minute; off by default
 * @param limit how many calls at a time and per second
 * @param check the check of credentials and base URL
 * @param announcement announcements
 * @param hangUpAll the operator's key for ending all conferences of an account
 * @param events the endpoint that turns Vobiz's callbacks into BPMN messages; off by default
 * @param tasks which tasks this worker carries out; all by default
 * @param accounts further account profiles by name, each with auth-id and auth-token or
 *     auth-token-file
 */
@ConfigurationProperties(VobizProperties.PREFIX)
public record VobizProperties(
    String authId,
    String authToken,
    String authTokenFile,
    @DefaultValue("https://api.vobiz.ai") String baseUrl,
    boolean allowUnencrypted,
    boolean dryRun,
    @DefaultValue @NestedConfigurationProperty HttpSettings http,
    @DefaultValue @NestedConfigurationProperty GuardSettings guard,
    @DefaultValue @NestedConfigurationProperty LimitSettings limit,
    @DefaultValue @NestedConfigurationProperty CheckSettings check,
    @DefaultValue @NestedConfigurationProperty AnnouncementSettings announcement,
    @DefaultValue @NestedConfigurationProperty HangUpAllSettings hangUpAll,
    @DefaultValue @NestedConfigurationProperty EventSettings events,
    @DefaultValue @NestedConfigurationProperty TaskSettings tasks,
    @DefaultValue Map<String, Credentials> accounts) {

  public static final String PREFIX = "vobiz";

  /**
   * @param authId auth id of this account, {@code MA_…} or {@code SA_…}
   * @param authToken auth token of this account
   * @param authTokenFile a file with the token, instead of the token itself; read at every call
   */
  public record Credentials(String authId, String authToken, String authTokenFile) {
    @Override
    public String toString() {
      return "Credentials[authId=" + authId + ", authToken=***]";
    }
  }

  /**
   * The validated base URL.
   *
   * @throws InvalidSettingException if it is not a URL, has more than scheme, host and port, or
   *     would send the token unencrypted over a network
   */
  public URI baseUri() {
    URI uri;
    try {
      uri = new URI(baseUrl);
    } catch (URISyntaxException e) {
      throw invalidBaseUrl("is not a URL");
    }
    boolean https = Origins.isHttps(uri);
    if (!https && !Origins.isHttp(uri)) {
      throw invalidBaseUrl("is not an http or https URL");
    }
    if (uri.getHost() == null) {
      throw invalidBaseUrl("names no host");
    }
    if (!Origins.isOriginOnly(uri)) {
      throw invalidBaseUrl("has more than scheme, host and port");
    }
    if (!https && !allowUnencrypted && !Origins.isLoopback(uri)) {
      throw invalidBaseUrl("would send the token unencrypted");
    }
    if (!https && http.proxy().url() != null) {
      throw invalidBaseUrl("would show the token to the proxy vobiz.http.proxy.url");
    }
    return uri;
  }

  private InvalidSettingException invalidBaseUrl(String problem) {
    return new InvalidSettingException(
        "The setting VOBIZ_BASE_URL " + problem + ": \"" + Origins.withoutUserInfo(baseUrl) + "\".",
        "Set scheme, host and port only, such as https://api.vobiz.ai (plain http is accepted for"
            + " loopback addresses without a proxy), or remove the setting for its default.");
  }

  @Override
  public String toString() {
    return "VobizProperties[authId=%s, authToken=***, baseUrl=%s, dryRun=%s, http=%s, guard=%s, limit=%s, accounts=%s]"
        .formatted(authId, Origins.withoutUserInfo(baseUrl), dryRun, http, guard, limit, accounts);
  }
}
