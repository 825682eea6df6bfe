package org.conferenceworker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents: short where they are to be short, and without a link that leads nowhere. */
class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|src=\"([^\"]+)\"");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT))((?:\\.\\w+)*)(…?)`");
  private static final Pattern CODE = Pattern.compile("```.*?```", Pattern.DOTALL);

  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(Path.of(""));
        Stream<Path> docs = Files.walk(Path.of("docs"));
        Stream<Path> deploy = Files.walk(Path.of("deploy"))) {
      return Stream.of(top, docs, deploy)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }

  @Test
  void theReadme_hasAtMost150Lines() throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(150);
  }

  @Test
  void everyLink_leadsSomewhere() throws IOException {
    var broken = new ArrayList<String>();
    for (Path document : documents()) {
      LINK.matcher(CODE.matcher(Files.readString(document)).replaceAll(""))
          .results()
          .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
          .filter(link -> !link.matches("[a-z]+:.*"))
          .filter(link -> !leadsSomewhere(document, link))
          .forEach(link -> broken.add(document + " -> " + link));
    }
    assertThat(broken).isEmpty();
  }

  /** So that a test that is renamed, or goes, takes the promise that rests on it along. */
  @Test
  void everyTestNamed_isThere() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    var missing = new ArrayList<String>();
    for (Path document : documents()) {
      TEST.matcher(Files.readString(document))
          .results()
          .filter(test -> !isThere(test, sources.get(test.group(1))))
          .forEach(test -> missing.add(document + " names " + test.group()));
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isThere(MatchResult test, String source) {
    String end = test.group(3).isEmpty() ? "\\b" : "";
    return source != null
        && Arrays.stream(test.group(2).split("\\."))
            .allMatch(member -> Pattern.compile("\\b" + member + end).matcher(source).find());
  }

  private static boolean leadsSomewhere(Path document, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** As hosting makes them of headings: lower case, dashes for spaces, no punctuation. */
  private static Set<String> anchors(Path document) {
    try (Stream<String> lines = Files.lines(document)) {
      return lines
          .filter(line -> line.matches("#+ .*"))
          .map(
              line ->
                  line.replaceFirst("#+ ", "")
                      .toLowerCase(Locale.ROOT)
                      .replaceAll("[^\\p{L}\\p{N} _-]", "")
                      .replace(' ', '-'))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
