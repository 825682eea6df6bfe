package org.conferenceworker.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The endpoint that turns Vobiz's callbacks into BPMN messages.
 *
 * @param port the port that it listens on, which serves nothing else; the endpoint is off unless it
 *     is set
 * @param address the address that it listens on; every address of the machine by default
 * @param publicUrl the URL under which Vobiz reaches the endpoint, without the account's name: what
 *     signatures are checked against; https, unless it is a loopback address; with credentials if
 *     the call flow's callbackUrl has them
 * @param publish which events become messages: empty, member-joined, member-left
 * @param includeNumbers add phone numbers, which are personal data, to the messages
 * @param messageTtl how long the engine keeps a message that nobody waits for yet; a message that
 *     is kept for long is taken for one of the next conference of that name
 * @param mainAuthToken auth token of the main account, with which Vobiz signs callbacks of
 *     sub-accounts, too
 * @param mainAuthTokenFile a file with the main account's token instead of the token itself
 * @param allowUnsigned accept callbacks without a signature; anybody who knows the URL can then
 *     tell processes that a conference is empty
 * @param allowGet accept callbacks by GET, with the fields in the query, where logs of proxies show
 *     them
 */
public record EventSettings(
    Integer port,
    String address,
    String publicUrl,
    @DefaultValue("empty") List<String> publish,
    boolean includeNumbers,
    @DefaultValue("2m") Duration messageTtl,
    String mainAuthToken,
    String mainAuthTokenFile,
    boolean allowUnsigned,
    boolean allowGet) {

  public static final String EMPTY = "empty";
  public static final String MEMBER_JOINED = "member-joined";
  public static final String MEMBER_LEFT = "member-left";

  private static final Set<String> EVENTS = Set.of(EMPTY, MEMBER_JOINED, MEMBER_LEFT);

  /** While the engine has a message, it knows a copy of it. */
  private static final Duration SHORTEST_TTL = Duration.ofSeconds(10);

  private static final Duration LONGEST_TTL = Duration.ofHours(1);

  /**
   * @throws InvalidSettingException if the settings cannot be used
   */
  public EventSettings {
    if (port != null && (port < 0 || port > 65535)) {
      throw new InvalidSettingException(
          "The setting vobiz.events.port is " + port + ".",
          "Set a free port, such as 8085, or remove the setting to switch the endpoint off.");
    }
    if (port != null && publicUrl == null) {
      throw new InvalidSettingException(
          "The setting vobiz.events.port is there, but vobiz.events.public-url is not: without it no"
              + " signature can be checked.",
          "Set vobiz.events.public-url to the URL under which Vobiz reaches the endpoint, such as"
              + " https://hooks.example.com/vobiz, or remove the port to switch the endpoint off.");
    }
    if (port == null && publicUrl != null) {
      throw new InvalidSettingException(
          "The setting vobiz.events.public-url is there, but vobiz.events.port is not, so that"
              + " nothing would listen.",
          "Set vobiz.events.port to a free port, such as 8085, or remove the URL.");
    }
    if (publish.isEmpty() || !EVENTS.containsAll(publish)) {
      throw new InvalidSettingException(
          "The setting vobiz.events.publish is \"" + String.join(", ", publish) + "\".",
          "List one or more of: empty, member-joined, member-left; or remove the setting for its"
              + " default, empty.");
    }
    if (messageTtl.compareTo(SHORTEST_TTL) < 0 || messageTtl.compareTo(LONGEST_TTL) > 0) {
      throw new InvalidSettingException(
          "The setting vobiz.events.message-ttl is " + messageTtl + ".",
          "Set a duration from 10s to 1h, or remove the setting for its default, 2m.");
    }
    if (publicUrl != null) {
      requireUsable(publicUrl);
    }
  }

  private static void requireUsable(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw invalid(url, "is not a URL");
    }
    if (!Origins.isHttps(uri) && !Origins.isHttp(uri)) {
      throw invalid(url, "is not an http or https URL");
    }
    if (uri.getHost() == null) {
      throw invalid(url, "names no host");
    }
    if (!Origins.hasPathOnly(Origins.withoutCredentials(uri))) {
      throw invalid(url, "has more than scheme, credentials, host, port and path");
    }
    if (!url.equals(uri.toASCIIString())) {
      throw invalid(url, "has characters that have to be percent-encoded");
    }
    if (!uri.normalize().equals(uri)) {
      throw invalid(url, "has a path with \".\", \"..\" or \"//\"");
    }
    if (Origins.isHttp(uri) && !Origins.isLoopback(uri)) {
      throw invalid(url, "is not encrypted");
    }
  }

  private static InvalidSettingException invalid(String url, String problem) {
    return new InvalidSettingException(
        "The setting vobiz.events.public-url "
            + problem
            + ": \""
            + Origins.withoutUserInfo(url)
            + "\".",
        "Set it to what stands in the call flow's callbackUrl before \"/\" and the account's name,"
            + " such as https://hooks.example.com/vobiz (plain http for loopback addresses only).");
  }

  /** The methods of requests, as the field Allow has them (RFC 9110). */
  public String allowedMethods() {
    return allowGet ? "POST, GET" : "POST";
  }

  /** The public URL without a slash at its end; it may have credentials. */
  public String callbackBase() {
    return publicUrl.replaceFirst("/+$", "");
  }

  @Override
  public String toString() {
    return "EventSettings[port=%s, address=%s, publicUrl=***, publish=%s, messageTtl=%s, mainAuthToken=***, allowUnsigned=%s, allowGet=%s]"
        .formatted(port, address, publish, messageTtl, allowUnsigned, allowGet);
  }
}
