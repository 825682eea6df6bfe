package org.conferenceworker.http;

import java.io.IOException;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * The last check before sending: the connection is open, nothing has been written.
 *
 * <p>It lets through exactly the request that was asked for, if it is still wanted, on a connection
 * without data that nobody asked for; and before it, the request to a proxy for a tunnel, which
 * contains nothing of it.
 */
final class Gate extends HttpRequestExecutor {

  /** The shortest timeout that a socket accepts. */
  private static final Timeout ONE_LOOK = Timeout.ofMilliseconds(1);

  private static final String CLOSED =
      "the server closed the connection before the request was sent";

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      HttpResponseInformationCallback informationCallback,
      HttpContext context)
      throws IOException, HttpException {
    Exchange exchange = Exchange.of(context);
    if (exchange.isForTunnel(request)) {
      exchange.openedTunnel();
      return super.execute(request, connection, informationCallback, context);
    }
    if (!exchange.isAskedFor(request)) {
      throw new IllegalStateException("The request is not the one that was asked for.");
    }
    // Bytes after an empty 204 would be read as the response to the next request: a success that
    // never happened.
    boolean first = exchange.isFirstOn(connection);
    if (!first && connection.isDataAvailable(ONE_LOOK)) {
      throw new NotSentException("the API had sent data on this connection without being asked");
    }
    ClassicHttpResponse response;
    Timeout patience = connection.getSocketTimeout();
    var alarm = exchange.breakOffAfter(patience.toMilliseconds(), Failures.NO_ANSWER);
    // A read with a timeout sets and cancels a timer, which costs more than the rest of the read.
    connection.setSocketTimeout(Timeout.DISABLED);
    SSLSession tls = connection.getSSLSession();
    EndpointDetails traffic = connection.getEndpointDetails();
    long sent = traffic.getSentBytesCount();
    long received = traffic.getReceivedBytesCount();
    try {
      if (!exchange.mayBeSentNow()) {
        throw new NotSentException("the request was given up before it could be sent");
      }
      response = super.execute(request, connection, informationCallback, context);
    } catch (IOException e) {
      if (first && traffic.getSentBytesCount() == sent) {
        // The first write failed, so the server cannot have got a whole request.
        exchange.wasNotAccepted();
        throw new NotSentException(tls == null ? CLOSED : CLOSED + CertificateAlert.MAYBE);
      }
      if (first
          && traffic.getReceivedBytesCount() == received
          && CertificateAlert.provesThatNothingWasRead(e, tls)) {
        exchange.wasNotAccepted();
      }
      throw e;
    } finally {
      alarm.cancel();
      connection.setSocketTimeout(patience);
    }
    // The client would answer a challenge by sending the request again; such a response is treated
    // like any other.
    response.removeHeaders(HttpHeaders.WWW_AUTHENTICATE);
    response.removeHeaders(HttpHeaders.PROXY_AUTHENTICATE);
    return response;
  }
}
