package org.conferenceworker.vobiz;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.conferenceworker.http.Request;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * A request to the API. Only the factory methods of this class create requests, and each has the
 * method and the form of path of its kind: a request that ends one conference cannot reach {@code
 * DELETE /Conference/}, which ends all conferences of an account.
 *
 * <p>Facts about the API: <a href="https://docs.vobiz.ai">Vobiz documentation</a>.
 */
public final class ApiRequest {

  /** What a request asks for. */
  public enum Kind {
    /** Ends one conference for all its members. */
    HANG_UP(Method.DELETE, "/Conference/[^/]+/", "ENDED", true),

    /** Asks who is in one conference, which changes nothing. */
    LOOK_UP(Method.GET, "/Conference/[^/]+/", "FOUND", false),

    /** Asks for the list of an account's conferences, which changes nothing. */
    LIST_CONFERENCES(Method.GET, "/Conference/", "LISTED", false);

    private final Method method;
    private final Pattern path;
    private final String success;
    private final boolean removesPeople;

    /**
     * @param success what a success counts as, in metrics
     */
    Kind(Method method, String path, String success, boolean removesPeople) {
      this.method = method;
      this.success = success;
      this.removesPeople = removesPeople;
      this.path = Pattern.compile("/api/v1/Account/[A-Za-z0-9_-]{1,100}" + path);
    }

    String success() {
      return success;
    }

    /** What the successes of the tasks' requests count as; the check is not measured. */
    static Stream<String> successes() {
      return Stream.of(values()).filter(kind -> kind != LIST_CONFERENCES).map(Kind::success);
    }

    /** Whether it disconnects members, so that the limit per minute counts it. */
    public boolean removesPeople() {
      return removesPeople;
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
      throw new IllegalArgumentException("This is not a path of a request to " + kind + ".");
    }
  }

  /** Ends the conference of this name for all its members. */
  public static ApiRequest hangUp(VobizAccount account, ConferenceName name) {
    return new ApiRequest(Kind.HANG_UP, account, "/Conference/" + name.encoded() + "/");
  }

  /** Asks who is in the conference of this name. */
  public static ApiRequest lookUp(VobizAccount account, ConferenceName name) {
    return new ApiRequest(Kind.LOOK_UP, account, "/Conference/" + name.encoded() + "/");
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

  /** The request as it is sent. */
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
