package org.conferenceworker.vobiz;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The address of a recording that Vobiz fetches and plays, exactly as given. */
public record AnnouncementUrl(String value) {

  /** What is allowed, for the person who has to correct the address. */
  public static final String ALLOWED =
      "allowed is an https address of at most 2,000 ASCII characters, such as"
          + " https://example.com/goodbye.mp3, without user name and password";

  private static final int MOST_CHARACTERS = 2_000;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E]+");

  /**
   * @throws IllegalArgumentException if the address is not allowed; its message says what is wrong
   */
  public AnnouncementUrl {
    String problem = problemOf(value);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
  }

  private static String problemOf(String value) {
    if (value == null) {
      return "is missing";
    }
    if (value.isBlank()) {
      return "is blank";
    }
    if (value.length() > MOST_CHARACTERS) {
      return "is too long";
    }
    if (!VISIBLE_ASCII.matcher(value).matches()) {
      return "has a space or another character that must be percent-encoded";
    }
    URI uri;
    try {
      uri = new URI(value);
    } catch (URISyntaxException e) {
      return "is not a URL";
    }
    if (!"https".equalsIgnoreCase(uri.getScheme())) {
      return "is not an https address";
    }
    // It would be read in incidents and sent to a third party.
    if (uri.getRawUserInfo() != null) {
      return "has a user name or password";
    }
    return uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT
        ? "has no usable host or port"
        : null;
  }

  /** Hides in a text what may be a secret: all of this address but the host. */
  String mask(String text) {
    URI uri = URI.create(value);
    String masked = text.replace(value, uri.getScheme() + "://" + uri.getHost() + "/***");
    return uri.getRawQuery() == null ? masked : masked.replace(uri.getRawQuery(), "***");
  }

  @Override
  public String toString() {
    return value;
  }
}
