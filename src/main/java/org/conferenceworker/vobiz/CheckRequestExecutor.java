package org.conferenceworker.vobiz;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * The last gate before the wire for the HTTP client of {@link AccountCheck}, which is not the one
 * that ends conferences.
 *
 * <p>What passes is a GET for the list of an account's conferences, and before it the request to a
 * proxy for a tunnel. A DELETE on that path would end every conference of the account.
 */
final class CheckRequestExecutor extends HttpRequestExecutor {

  private static final String SENT = CheckRequestExecutor.class.getName();

  private static final Pattern LIST =
      Pattern.compile("/api/v1/Account/[A-Za-z0-9_-]{1,100}/Conference/");

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      HttpResponseInformationCallback informationCallback,
      HttpContext context)
      throws IOException, HttpException {
    boolean list =
        request.getMethod().equals(HttpGet.METHOD_NAME)
            && LIST.matcher(request.getPath()).matches();
    if (!list && !GuardedRequestExecutor.isForTunnel(request)) {
      throw new IllegalStateException("The check may ask for the list of conferences only.");
    }
    if (list) {
      context.setAttribute(SENT, true);
    }
    return super.execute(request, connection, informationCallback, context);
  }

  /** Whether the request itself was sent; if not, an answer is the proxy's. */
  static boolean wasSent(HttpContext context) {
    return context.getAttribute(SENT) != null;
  }
}
