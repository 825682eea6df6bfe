package org.conferenceworker.settings;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The HTTP proxy: it opens a tunnel (CONNECT) and sees neither path nor token.
 *
 * @param url http://host:port; no proxy if it is not set
 * @param username user name for the proxy, if it asks for one
 * @param password password for the proxy
 */
public record ProxySettings(String url, String username, String password) {

  /**
   * @throws InvalidSettingException if the URL is not just scheme, host and port, or the
   *     credentials are incomplete
   */
  public ProxySettings {
    if (url != null && !isOrigin(url)) {
      throw new InvalidSettingException(
          "The setting vobiz.http.proxy.url is not of the form http://host:port.",
          "Set it to, for example, http://proxy.example.com:3128, and the proxy's credentials, if"
              + " any, with vobiz.http.proxy.username and vobiz.http.proxy.password.");
    }
    boolean anonymous = username == null && password == null;
    if (!anonymous && (url == null || username == null || password == null)) {
      throw new InvalidSettingException(
          "The settings vobiz.http.proxy.username and vobiz.http.proxy.password need each other,"
              + " and vobiz.http.proxy.url.",
          "Set all three, or the URL alone.");
    }
  }

  private static boolean isOrigin(String url) {
    try {
      URI uri = new URI(url);
      return "http".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getPort() > 0
          && Origins.isOriginOnly(uri);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "ProxySettings[url=" + url + ", username=" + username + ", password=***]";
  }
}
