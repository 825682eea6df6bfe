package org.conferenceworker.settings;

import java.net.URI;
import java.util.regex.Pattern;

/** Tells what kind of origin (scheme, host and port, RFC 6454) a URL has. */
public final class Origins {

  private static final Pattern LOOPBACK =
      Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private Origins() {}

  /** Whether a URL with a host has nothing but scheme, host and an optional port. */
  static boolean isOriginOnly(URI uri) {
    return (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/")) && hasPathOnly(uri);
  }

  /** Whether a URL with a host has nothing after its path, and nobody's name before its host. */
  static boolean hasPathOnly(URI uri) {
    return uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null
        && uri.getPort() != 0
        && uri.getPort() <= 65535;
  }

  /** The same URL without a name and password before its host. */
  public static URI withoutCredentials(URI uri) {
    return uri.getRawUserInfo() == null
        ? uri
        : URI.create(uri.toString().replaceFirst("//[^@/]*@", "//"));
  }

  static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  static boolean isHttp(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme());
  }

  /** Whether a URL with a host names this machine itself. */
  static boolean isLoopback(URI uri) {
    return LOOPBACK.matcher(uri.getHost()).matches();
  }

  /** A URL for a message, without a name and password before its host. */
  static String withoutUserInfo(String url) {
    return url.replaceFirst("//.*@", "//***@");
  }
}
