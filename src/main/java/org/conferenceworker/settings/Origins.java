package org.conferenceworker.settings;

import java.net.URI;

/** Checks that a URL is an origin: scheme, host and port only (RFC 6454). */
final class Origins {

  private Origins() {}

  /** Whether a URL with a host has nothing but scheme, host and an optional port. */
  static boolean isOriginOnly(URI uri) {
    return (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null
        && uri.getPort() != 0
        && uri.getPort() <= 65535;
  }
}
