package org.conferenceworker.vobiz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.net.PercentCodec;

/**
 * The parts of a request that a response may repeat. A text in which the word "conference" comes
 * only from these says nothing about a conference.
 *
 * @param parts those that contain the word, in lower case
 */
record Echoes(List<String> parts) {

  private static final String WORD = "conference";
  private static final String SLASH = "(?:[/\\\\]|%2f|&#x2f;|&#47;|\\\\u002f)";

  private static final Pattern BETWEEN_PATHS = Pattern.compile("[\\s\"]+");

  /** Text that looks like a path with the word in it, in any encoding. */
  private static final Pattern PATH = Pattern.compile("%2$s%1$s|%1$s%2$s".formatted(WORD, SLASH));

  /**
   * The parts of a request.
   *
   * @param path a path of the API, ending in a conference's name and a slash
   */
  static Echoes of(String host, String path) {
    int name = path.lastIndexOf('/', path.length() - 2) + 1;
    String decoded =
        PercentCodec.decode(path.substring(name, path.length() - 1), StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT);
    return new Echoes(
        Stream.of(
                WORD + "/" + decoded,
                // A conference named "conference" would remove the word from its own response.
                decoded.equals(WORD) ? "" : decoded,
                path.substring(0, name).split("/")[4].toLowerCase(Locale.ROOT),
                host.toLowerCase(Locale.ROOT))
            .filter(part -> part.contains(WORD))
            .toList());
  }

  /** Whether the text contains the word elsewhere, too. */
  boolean leaveTheWordIn(String text) {
    String rest = text.toLowerCase(Locale.ROOT);
    for (String part : parts) {
      rest = rest.replace(part, "/");
    }
    return BETWEEN_PATHS
        .splitAsStream(rest)
        .anyMatch(token -> token.contains(WORD) && !PATH.matcher(token).find());
  }
}
