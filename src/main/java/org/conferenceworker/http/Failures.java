package org.conferenceworker.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Says why an exchange failed, as a clause that can follow a colon. */
final class Failures {

  static final String NO_ANSWER = "no answer within the response timeout";

  private Failures() {}

  static String causeOf(IOException failure) {
    return switch (failure) {
      case NotSentException e -> e.getMessage();
      case UnknownHostException e -> "the host name could not be resolved";
      case ConnectionRequestTimeoutException e -> "all connections to the API are in use";
      case ConnectTimeoutException e -> "no connection within the connect timeout";
      case NoRouteToHostException e -> "no route to the host";
      case ConnectException e -> "connection refused";
      case ClientProtocolException e -> "the answer was not valid HTTP";
      case SSLException e when CertificateAlert.in(e) != null -> CertificateAlert.in(e);
      case SSLException e when e.getCause() instanceof IOException broken ->
          "TLS failed (" + broken.getMessage() + ")";
      case SSLException e -> "TLS failed (" + e.getMessage() + ")";
      case SocketTimeoutException e -> NO_ANSWER;
      default -> "the connection broke off (" + failure.getClass().getSimpleName() + ")";
    };
  }
}
