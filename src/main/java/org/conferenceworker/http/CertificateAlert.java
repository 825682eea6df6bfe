package org.conferenceworker.http;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;

/**
 * A TLS alert with which a server refuses the connection, because it demands a client certificate
 * and got none that it trusts.
 *
 * <p>With TLS 1.2 it arrives during the handshake. With TLS 1.3 the client finishes the handshake
 * before the server has checked its certificate, and may have written a request by then: it reads
 * the alert in place of a response.
 */
final class CertificateAlert {

  /** The alerts of RFC 8446 about certificates; from a server, they concern the client's. */
  private static final Pattern ALERT =
      Pattern.compile(
          "Received fatal alert: (certificate_required|bad_certificate|unsupported_certificate"
              + "|certificate_revoked|certificate_expired|certificate_unknown|unknown_ca)");

  /** For a connection that the server closed before the reason could be read. */
  static final String MAYBE =
      ", which it may do if it demands a client certificate; see vobiz.http.ssl-bundle";

  private CertificateAlert() {}

  /** What happened, as a clause; {@code null} if it was not such an alert. */
  static String in(IOException failure) {
    Matcher alert = ALERT.matcher(String.valueOf(failure.getMessage()));
    return alert.find()
        ? "the server demands a client certificate that it trusts, and refused the TLS connection"
            + " (%s); see vobiz.http.ssl-bundle".formatted(alert.group(1))
        : null;
  }

  /**
   * Whether it is certain that the server did not read a request that ended this way, as the first
   * on its connection and without a byte of a response. With TLS 1.3 it is: the alert ends the
   * handshake, and until then no server may process what follows (RFC 8446, 4.4.2.4 and 4.4.4).
   * Older versions let a server ask for a certificate after reading the request.
   */
  static boolean provesThatNothingWasRead(IOException failure, SSLSession session) {
    return session != null && session.getProtocol().equals("TLSv1.3") && in(failure) != null;
  }
}
