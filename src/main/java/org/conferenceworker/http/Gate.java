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
 * The last gate before the wire: a connection stands, nothing has been written.
 *
 * <p>What passes is exactly the request that was asked for, still wanted, on a connection on which
 * nobody has answered in advance; and before it, the request to a proxy for a tunnel, which carries
 * nothing of it.
 */
final class Gate extends HttpRequestExecutor {

  /** The shortest wait that a socket can be asked for. */
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
    // Bytes after an empty 204 would be read as the answer to the next request: a success that
    // was never given.
    boolean first = exchange.isFirstOn(connection);
    if (!first && connection.isDataAvailable(ONE_LOOK)) {
      throw new NotSentException("the API had sent data on this connection without being asked");
    }
    ClassicHttpResponse response;
    Timeout patience = connection.getSocketTimeout();
    var alarm = exchange.breakOffAfter(patience.toMilliseconds(), Failures.NO_ANSWER);
    // A read with a time-out sets a timer of its own and takes it back, which costs more than all
    // else about a read.
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
        // The first write failed, so that what arrived, if anything, is no whole request.
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
    // The client would answer a challenge by sending the request again; what the API says with
    // such a status is an answer like any other.
    response.removeHeaders(HttpHeaders.WWW_AUTHENTICATE);
    response.removeHeaders(HttpHeaders.PROXY_AUTHENTICATE);
    return response;
  }
}
