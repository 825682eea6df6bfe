package org.conferenceworker.vobiz;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.conferenceworker.http.Request;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * A request to the API. There are no others than those that the methods of this class make, and
 * each has the method and the shape of path of its kind: what ends one conference cannot reach
 * {@code DELETE /Conference/}, which ends all of an account.
 *
 * <p>Facts about the API: <a href="https://docs.vobiz.ai">Vobiz documentation</a>.
 */
public final class ApiRequest {

  /** What a request asks for. */
  public enum Kind {
    /** Ends one conference, with all its members. */
    HANG_UP(Method.DELETE, "/Conference/[^/]+/"),

    /** Asks for the list of an account's conferences, which changes nothing. */
    LIST_CONFERENCES(Method.GET, "/Conference/");

    private final Method method;
    private final Pattern path;

    Kind(Method method, String path) {
      this.method = method;
      this.path = Pattern.compile("/api/v1/Account/[A-Za-z0-9_-]{1,100}" + path);
    }
  }

  private final Kind kind;
  private final VobizAccount account;
  private final String path;

  private ApiRequest(Kind kind, VobizAccount account, String resource) {
    this.kind = kind;
    this.account = account;
    path = "/api/v1/Account/" + account.authId() + resource;
    if (!kind.path.matcher(path).matches()) {
      throw new IllegalArgumentException("This is no path of a request to " + kind + ".");
    }
  }

  /** Ends the conference of this name, with all its members. */
  public static ApiRequest hangUp(VobizAccount account, ConferenceName name) {
    return new ApiRequest(Kind.HANG_UP, account, "/Conference/" + name.encoded() + "/");
  }

  /** Asks for the list of the account's conferences. */
  public static ApiRequest listConferences(VobizAccount account) {
    return new ApiRequest(Kind.LIST_CONFERENCES, account, "/Conference/");
  }

  public Kind kind() {
    return kind;
  }

  public VobizAccount account() {
    return account;
  }

  String method() {
    return kind.method.name();
  }

  String path() {
    return path;
  }

  /** As it goes over the wire. */
  Request onTheWire(Instant sendBefore) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Auth-ID", account.authId());
    headers.put("X-Auth-Token", account.authToken());
    headers.put(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON.getMimeType());
    headers.put(HttpHeaders.ACCEPT_ENCODING, "identity");
    if (kind.method != Method.GET) {
      headers.put(HttpHeaders.CONTENT_TYPE, ContentType.APPLICATION_JSON.getMimeType());
    }
    return new Request(method(), path, headers, null, sendBefore);
  }

  @Override
  public String toString() {
    return method() + " " + path;
  }
}
