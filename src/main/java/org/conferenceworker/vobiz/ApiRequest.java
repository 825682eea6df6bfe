package org.conferenceworker.vobiz;

import com.fasterxml.jackson.databind.json.JsonMapper;
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
 * method, the form of path and the form of body of its kind: a request that ends one conference
 * cannot reach {@code DELETE /Conference/}, which ends all conferences of an account.
 *
 * <p>Facts about the API: <a href="https://docs.vobiz.ai">Vobiz documentation</a>.
 */
public final class ApiRequest {

  private static final JsonMapper JSON = new JsonMapper();

  /** A path segment in which every other character is percent-encoded. */
  private static final String NAME = "(?!\\.{1,2}/)[A-Za-z0-9._~%-]+";

  private static final String CONFERENCE = "/Conference/" + NAME + "/";
  private static final String ALL_CONFERENCES = "/Conference/";
  private static final String MEMBERS = CONFERENCE + "Member/[A-Za-z0-9_-]+(?:,[A-Za-z0-9_-]+)*/";

  /** What a request asks for. */
  public enum Kind {
    /** Ends one conference for all its members. */
    HANG_UP(Method.DELETE, CONFERENCE, "ENDED", true),

    /** Asks who is in one conference, which changes nothing. */
    LOOK_UP(Method.GET, CONFERENCE, "FOUND", false),

    /** Plays a recording to members of one conference. */
    PLAY(Method.POST, MEMBERS + "Play/ \\{\"url\":\"(?i:https)://[^\"]+\"}", "QUEUED", false),

    /** Removes members from one conference; their calls go on. */
    KICK(Method.POST, MEMBERS + "Kick/ \\{}", "REMOVED", true),

    /** Ends the calls of members of one conference. */
    HANG_UP_MEMBERS(Method.DELETE, MEMBERS, "REMOVED", true),

    /** Ends every conference of an account. */
    HANG_UP_ALL(Method.DELETE, ALL_CONFERENCES, "ALL_ENDED", true),

    /** Asks for the list of an account's conferences, which changes nothing. */
    LIST_CONFERENCES(Method.GET, ALL_CONFERENCES, "LISTED", false);

    private final Method method;
    private final Pattern form;
    private final String success;
    private final boolean removesPeople;

    /**
     * @param form the path below the account, and after a space the body, if there is one
     * @param success what a success counts as, in metrics
     */
    Kind(Method method, String form, String success, boolean removesPeople) {
      this.method = method;
      this.form = Pattern.compile("/api/v1/Account/[A-Za-z0-9_-]{1,100}" + form);
      this.success = success;
      this.removesPeople = removesPeople;
    }

    private String body(AnnouncementUrl url) {
      return switch (this) {
        case PLAY -> JSON.createObjectNode().put("url", url.value()).toString();
        case KICK -> "{}";
        default -> null;
      };
    }

    String success() {
      return success;
    }

    /** What the successes of the tasks' requests count as; the check is not measured. */
    static Stream<String> successes() {
      return Stream.of(values())
          .filter(kind -> kind != LIST_CONFERENCES)
          .map(Kind::success)
          .distinct();
    }

    /**
     * Whether a body can be the answer to such a request: one that describes conferences answers a
     * question, as when something on the way has changed the method.
     */
    boolean fits(ErrorBody body) {
      return method == Method.GET || !body.hasList("conferences") && !body.hasList("members");
    }

    /** Whether it disconnects members, so that the limit per minute counts it. */
    public boolean removesPeople() {
      return removesPeople;
    }
  }

  private final Kind kind;
  private final VobizAccount account;
  private final String path;

  /** {@code null} if there is none. */
  private final String body;

  /** {@code null} if there is none. */
  private final AnnouncementUrl url;

  private ApiRequest(Kind kind, VobizAccount account, String resource, AnnouncementUrl url) {
    this.kind = kind;
    this.account = account;
    this.url = url;
    body = kind.body(url);
    path = "/api/v1/Account/" + account.authId() + resource;
    if (!kind.form.matcher(body == null ? path : path + " " + body).matches()) {
      throw new IllegalArgumentException("This is not a request to " + kind + ".");
    }
  }

  /** Ends the conference of this name for all its members. */
  public static ApiRequest hangUp(VobizAccount account, ConferenceName name) {
    return new ApiRequest(Kind.HANG_UP, account, pathOf(name), null);
  }

  /** Asks who is in the conference of this name. */
  public static ApiRequest lookUp(VobizAccount account, ConferenceName name) {
    return new ApiRequest(Kind.LOOK_UP, account, pathOf(name), null);
  }

  /** Plays a recording to these members. */
  public static ApiRequest play(
      VobizAccount account, ConferenceName name, MemberIds members, AnnouncementUrl url) {
    return new ApiRequest(Kind.PLAY, account, pathOf(name, members) + "Play/", url);
  }

  /** Removes these members; their calls go on with the next instruction of their call flow. */
  public static ApiRequest kick(VobizAccount account, ConferenceName name, MemberIds members) {
    return new ApiRequest(Kind.KICK, account, pathOf(name, members) + "Kick/", null);
  }

  /** Ends the calls of these members. */
  public static ApiRequest hangUpMembers(
      VobizAccount account, ConferenceName name, MemberIds members) {
    return new ApiRequest(Kind.HANG_UP_MEMBERS, account, pathOf(name, members), null);
  }

  /** Ends every conference of the account for which both keys were turned. */
  public static ApiRequest hangUpAll(BothKeys keys) {
    return new ApiRequest(Kind.HANG_UP_ALL, keys.account(), ALL_CONFERENCES, null);
  }

  /** Asks for the list of the account's conferences. */
  public static ApiRequest listConferences(VobizAccount account) {
    return new ApiRequest(Kind.LIST_CONFERENCES, account, ALL_CONFERENCES, null);
  }

  private static String pathOf(ConferenceName name) {
    return "/Conference/" + name.encoded() + "/";
  }

  private static String pathOf(ConferenceName name, MemberIds members) {
    return pathOf(name) + "Member/" + members.encoded() + "/";
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

  /** Hides in a text from outside what is secret: the token, and the address of a recording. */
  String mask(String text) {
    String masked = account.mask(text);
    return url == null ? masked : url.mask(masked);
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
    return new Request(method(), path, headers, body, sendBefore);
  }

  @Override
  public String toString() {
    return method() + " " + path;
  }
}
