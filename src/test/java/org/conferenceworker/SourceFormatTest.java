package org.conferenceworker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The formatter check. It is a test because google-java-format parses with the JDK that runs it:
 * Maven itself may run on a JDK that does not know the language level of the sources, the tests run
 * on the one that the toolchain selects.
 */
class SourceFormatTest {

  /** {@code ./mvnw test -Dtest=SourceFormatTest -Dformat.apply=true} formats the sources. */
  private static final boolean APPLY = Boolean.getBoolean("format.apply");

  @Test
  void everySource_isFormattedByGoogleJavaFormat() throws Exception {
    var formatter = new Formatter();
    List<Path> differing = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        String source = Files.readString(file);
        String formatted =
            formatter.formatSource(
                ImportOrderer.reorderImports(
                    RemoveUnusedImports.removeUnusedImports(source),
                    JavaFormatterOptions.Style.GOOGLE));
        if (!formatted.equals(source)) {
          differing.add(file);
          if (APPLY) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    if (!APPLY) {
      assertThat(differing)
          .as("run ./mvnw test -Dtest=SourceFormatTest -Dformat.apply=true")
          .isEmpty();
    }
  }
}
