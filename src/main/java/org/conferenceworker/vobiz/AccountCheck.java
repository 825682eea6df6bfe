package org.conferenceworker.vobiz;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.io.Closer;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * Asks the API for the list of an account's conferences, which changes nothing, to see whether base
 * URL and credentials are right. What is in the list is not looked at, only that it is one.
 */
final class AccountCheck implements AutoCloseable {

  enum Kind {
    GOOD,
    /** Something answers that is not the Vobiz API. */
    ANOTHER_SERVER,
    FAILED
  }

  /**
   * What was found.
   *
   * @param detail what tells it from other findings of its kind: a status, or a cause
   * @param sentence what it means and what to do; free of the token
   */
  record Finding(Kind kind, String detail, String sentence) {

    boolean good() {
      return kind == Kind.GOOD;
    }

    /** Whether it is nothing new; sentences may differ by an id or a time that the API told. */
    boolean isLike(Finding other) {
      return other != null && kind == other.kind && detail.equals(other.detail);
    }
  }

  private final CloseableHttpClient http;
  private final URI baseUrl;

  /**
   * @param http with {@link CheckRequestExecutor} for its gate
   */
  AccountCheck(CloseableHttpClient http, URI baseUrl) {
    this.http = http;
    this.baseUrl = baseUrl;
  }

  Finding check(VobizAccount account) {
    var request =
        new HttpGet(baseUrl.resolve("/api/v1/Account/" + account.authId() + "/Conference/"));
    VobizClient.identify(request, account);
    var context = HttpClientContext.create();
    ClassicHttpResponse response = null;
    try {
      response = http.executeOpen(null, request, context);
      return CheckRequestExecutor.wasSent(context)
          ? finding(response, account)
          : unreachable(account, VobizClient.answeredByProxy(response));
    } catch (IOException e) {
      return unreachable(account, VobizClient.causeOf(e, account));
    } finally {
      request.cancel();
      Closer.closeQuietly(response);
    }
  }

  Finding unreachable(VobizAccount account, String cause) {
    return new Finding(
        Kind.FAILED,
        cause,
        "Vobiz at %s could not be reached with account \"%s\": %s. Until it can, hang-ups are tried again."
            .formatted(baseUrl, account.name(), cause));
  }

  private Finding finding(ClassicHttpResponse response, VobizAccount account) throws IOException {
    int status = response.getCode();
    boolean success = status >= 200 && status < 300;
    ErrorBody body = BodyReader.read(response.getEntity(), success);
    String message = VobizClient.clean(body.message(), account);
    String said = "HTTP " + status + (message == null ? "" : " (\"" + message + "\")");
    if (success && !body.tellsOfAFailure()) {
      return body.hasList("conferences")
          ? new Finding(
              Kind.GOOD,
              "HTTP " + status,
              "Vobiz accepts the credentials of account \"%s\".".formatted(account.name()))
          : anotherServer(
              status,
              "The server at %s answered account \"%s\" with %s, but with no list of conferences. Check that VOBIZ_BASE_URL is the Vobiz API itself."
                  .formatted(baseUrl, account.name(), said));
    }
    return switch (status) {
      case 401, 403 ->
          new Finding(
              Kind.FAILED,
              "HTTP " + status,
              "Vobiz refused the credentials of account \"%s\": %s. Check %s and %s, and that nothing at %s rewrites the path."
                  .formatted(
                      account.name(), said, account.idSetting(), account.tokenSetting(), baseUrl));
      case 404 ->
          anotherServer(
              status,
              "The server at %s knows no such path: %s for account \"%s\". Check that VOBIZ_BASE_URL is the Vobiz API itself."
                  .formatted(baseUrl, said, account.name()));
      case 301, 302, 303, 307, 308 ->
          anotherServer(
              status,
              "The server at %s answered account \"%s\" with a redirect, %s, which was not followed. Check VOBIZ_BASE_URL."
                  .formatted(baseUrl, account.name(), said));
      default ->
          new Finding(
              Kind.FAILED,
              "HTTP " + status,
              "Vobiz at %s answered the check of account \"%s\" with %s, which says nothing about its credentials."
                  .formatted(baseUrl, account.name(), said));
    };
  }

  private static Finding anotherServer(int status, String sentence) {
    return new Finding(Kind.ANOTHER_SERVER, "HTTP " + status, sentence);
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
