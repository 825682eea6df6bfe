package org.conferenceworker.vobiz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.net.PercentCodec;

/**
 * The parts of a request that a response may repeat. A text in which the words "conference" and
 * "member" come only from these says nothing about a conference or a member.
 *
 * @param words what a text about the request's own resource would speak of
 * @param parts those that contain one of the words, in lower case
 */
record Echoes(List<String> words, List<String> parts) {

  private static final String CONFERENCE = "conference";
  private static final String MEMBER = "member";
  private static final String SLASH = "(?:[/\\\\]|%2f|&#x2f;|&#47;|\\\\u002f)";

  private static final Pattern BETWEEN_PATHS = Pattern.compile("[\\s\"]+");

  /** Text that looks like a path with one of the words in it, in any encoding. */
  private static final Pattern PATH =
      Pattern.compile("%3$s(?:%1$s|%2$s)|(?:%1$s|%2$s)%3$s".formatted(CONFERENCE, MEMBER, SLASH));

  private static final int AUTH_ID = 4;
  private static final int NAME = 6;
  private static final int MEMBERS = 8;

  /**
   * The parts of a request.
   *
   * @param path a path of the API
   */
  static Echoes of(String host, String path) {
    String[] segments = path.split("/");
    boolean aboutMembers = segments.length > MEMBERS;
    List<String> words = aboutMembers ? List.of(CONFERENCE, MEMBER) : List.of(CONFERENCE);
    String name =
        segments.length > NAME
            ? PercentCodec.decode(segments[NAME], StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)
            : "";
    var parts =
        Stream.of(
            CONFERENCE + "/" + name,
            // A conference named "conference" would remove the word from its own response.
            words.contains(name) ? "" : name,
            segments[AUTH_ID].toLowerCase(Locale.ROOT),
            host.toLowerCase(Locale.ROOT));
    var members =
        aboutMembers
            ? Stream.of(segments[MEMBERS].toLowerCase(Locale.ROOT).split(","))
                .filter(id -> !words.contains(id))
            : Stream.<String>empty();
    return new Echoes(
        words,
        Stream.concat(parts, members)
            .filter(part -> words.stream().anyMatch(part::contains))
            .toList());
  }

  /** Whether the text contains one of the words elsewhere, too. */
  boolean leaveAWordIn(String text) {
    String rest = text.toLowerCase(Locale.ROOT);
    for (String part : parts) {
      rest = rest.replace(part, "/");
    }
    return BETWEEN_PATHS
        .splitAsStream(rest)
        .anyMatch(token -> words.stream().anyMatch(token::contains) && !PATH.matcher(token).find());
  }
}
