package org.conferenceworker.vobiz;

import java.io.IOException;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * The last gate before the wire: a connection stands, nothing has been written.
 *
 * <p>What passes is a DELETE for exactly the path that was asked for, still wanted, on a connection
 * on which nobody has answered in advance; and before it, the request to a proxy for a tunnel,
 * which carries nothing of it.
 */
final class GuardedRequestExecutor extends HttpRequestExecutor {

  /** The shortest wait that a socket can be asked for. */
  private static final Timeout ONE_LOOK = Timeout.ofMilliseconds(1);

  private static final String CLOSED =
      "the server closed the connection before the request was sent";

  static final String NO_ANSWER = "no answer within the response timeout";

  /** Thrown in place of sending; nothing was written. */
  static final class NotSentException extends IOException {
    NotSentException(String message) {
      super(message);
    }
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      HttpResponseInformationCallback informationCallback,
      HttpContext context)
      throws IOException, HttpException {
    HangUpCall call = HangUpCall.of(context);
    if (isForTunnel(request)) {
      call.openedTunnel();
      return super.execute(request, connection, informationCallback, context);
    }
    if (!Method.DELETE.isSame(request.getMethod()) || !call.path().equals(request.getPath())) {
      throw new IllegalStateException("The request is not the one that was asked for.");
    }
    // Bytes after a bodiless 204 would be read as the answer to the next request: a success that
    // was never given.
    boolean first = call.isFirstOn(connection);
    if (!first && connection.isDataAvailable(ONE_LOOK)) {
      throw new NotSentException("the API had sent data on this connection without being asked");
    }
    ClassicHttpResponse response;
    Timeout patience = connection.getSocketTimeout();
    var alarm = call.breakOffAfter(patience.toMilliseconds(), NO_ANSWER);
    // A read with a time-out sets a timer of its own and takes it back, which costs more than all
    // else about a read.
    connection.setSocketTimeout(Timeout.DISABLED);
    SSLSession tls = connection.getSSLSession();
    EndpointDetails traffic = connection.getEndpointDetails();
    long sent = traffic.getSentBytesCount();
    long received = traffic.getReceivedBytesCount();
    try {
      if (!call.mayBeSentNow()) {
        throw new NotSentException("the request was given up before it could be sent");
      }
      response = super.execute(request, connection, informationCallback, context);
    } catch (IOException e) {
      if (first && traffic.getSentBytesCount() == sent) {
        // The first write failed, so that what arrived, if anything, is no whole request.
        call.wasNotAccepted();
        throw new NotSentException(tls == null ? CLOSED : CLOSED + CertificateAlert.MAYBE);
      }
      if (first
          && traffic.getReceivedBytesCount() == received
          && CertificateAlert.provesThatNothingWasRead(e, tls)) {
        call.wasNotAccepted();
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

  /** Whether a proxy is asked for a tunnel, with nothing in the request that is for the API. */
  static boolean isForTunnel(ClassicHttpRequest request) {
    return Method.CONNECT.isSame(request.getMethod()) && !request.containsHeader(VobizClient.TOKEN);
  }
}
