package org.conferenceworker.settings;

import java.net.URI;

/** Looks at URLs that are to be scheme, host and port, and no more (RFC 6454). */
final class Origins {

  private Origins() {}

  /** Whether a URL that names a host has only scheme, host and a possible port beside it. */
  static boolean isOriginOnly(URI uri) {
    return (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null
        && uri.getPort() != 0
        && uri.getPort() <= 65535;
  }
}
