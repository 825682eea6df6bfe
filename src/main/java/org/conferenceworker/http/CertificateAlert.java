package org.conferenceworker.http;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;

/**
 * A server's word that it does without our connection, because it demands a client certificate and
 * was shown none that it trusts.
 *
 * <p>With TLS 1.2 it comes during the handshake. With TLS 1.3 the client is through with the
 * handshake before the server has looked at its certificate, and may have written a request by
 * then: the alert is what it reads instead of an answer.
 */
final class CertificateAlert {

  /** The alerts of RFC 8446 about a certificate; from a server, they are about the client's. */
  private static final Pattern ALERT =
      Pattern.compile(
          "Received fatal alert: (certificate_required|bad_certificate|unsupported_certificate"
              + "|certificate_revoked|certificate_expired|certificate_unknown|unknown_ca)");

  /** For a connection that the server closed before it could be read why. */
  static final String MAYBE =
      ", which it may do if it demands a client certificate; see vobiz.http.ssl-bundle";

  private CertificateAlert() {}

  /** What happened, as a clause; {@code null} if it was something else. */
  static String in(IOException failure) {
    Matcher alert = ALERT.matcher(String.valueOf(failure.getMessage()));
    return alert.find()
        ? "the server demands a client certificate that it trusts, and refused the TLS connection"
            + " (%s); see vobiz.http.ssl-bundle".formatted(alert.group(1))
        : null;
  }

  /**
   * Whether a request that ended so, as the first on its connection and without a byte of an
   * answer, was certainly not read by the server. With TLS 1.3 it was not: such an alert ends the
   * handshake, and before the end of that no server may look at what follows (RFC 8446, 4.4.2.4 and
   * 4.4.4). Older versions let a server ask for a certificate when it has read the request.
   */
  static boolean provesThatNothingWasRead(IOException failure, SSLSession session) {
    return session != null && session.getProtocol().equals("TLSv1.3") && in(failure) != null;
  }
}
