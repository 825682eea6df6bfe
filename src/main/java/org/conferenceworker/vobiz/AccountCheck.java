package org.conferenceworker.vobiz;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.io.Closer;

/**
 * Asks the API for the list of an account's conferences, which changes nothing, to see whether base
 * URL and credentials are right. What is in the list is not looked at.
 */
final class AccountCheck implements AutoCloseable {

  /**
   * What was found.
   *
   * @param sentence what it means and what to do; free of the token
   */
  record Finding(boolean good, String sentence) {}

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
    ClassicHttpResponse response = null;
    try {
      response = http.executeOpen(null, request, null);
      return finding(response, account);
    } catch (IOException e) {
      return new Finding(false, unreachable(account, VobizClient.causeOf(e, account)));
    } finally {
      request.cancel();
      Closer.closeQuietly(response);
    }
  }

  String unreachable(VobizAccount account, String cause) {
    return "Vobiz at %s could not be reached with account \"%s\": %s. Until it can, hang-ups are tried again."
        .formatted(baseUrl, account.name(), cause);
  }

  private Finding finding(ClassicHttpResponse response, VobizAccount account) throws IOException {
    int status = response.getCode();
    if (status >= 200 && status < 300) {
      return new Finding(
          true, "Vobiz accepts the credentials of account \"%s\".".formatted(account.name()));
    }
    ErrorBody body = BodyReader.read(response.getEntity(), false);
    String message = VobizClient.clean(body.message(), account);
    String said = "HTTP " + status + (message == null ? "" : " (\"" + message + "\")");
    return new Finding(
        false,
        switch (status) {
          case 401, 403 ->
              "Vobiz refused the credentials of account \"%s\": %s. Check %s and %s, and that nothing at %s rewrites the path."
                  .formatted(
                      account.name(), said, account.idSetting(), account.tokenSetting(), baseUrl);
          case 404 ->
              "The server at %s knows no such path: %s for account \"%s\". Check that VOBIZ_BASE_URL is the Vobiz API itself."
                  .formatted(baseUrl, said, account.name());
          case 301, 302, 303, 307, 308 ->
              "The server at %s answered account \"%s\" with a redirect, %s, which was not followed. Check VOBIZ_BASE_URL."
                  .formatted(baseUrl, account.name(), said);
          default ->
              "Vobiz at %s answered the check of account \"%s\" with %s, which says nothing about its credentials."
                  .formatted(baseUrl, account.name(), said);
        });
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
