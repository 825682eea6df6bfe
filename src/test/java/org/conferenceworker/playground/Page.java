package org.conferenceworker.playground;

import java.io.IOException;
import java.nio.file.Path;

/** The page's files, built from their sources. */
final class Page {

  private static final Path SOURCES = Path.of("src/test/playground");
  private static final Path BUILT = Path.of("target/playground");

  private Page() {}

  /** Something that the page needs is not on this machine. */
  static final class Missing extends RuntimeException {
    private Missing(String message) {
      super(message);
    }
  }

  /**
   * Builds them with Node.js, and gets the packages for it if they are not there.
   *
   * @return the folder in which they are
   */
  static Path build() throws IOException, InterruptedException {
    Process build;
    try {
      build =
          new ProcessBuilder("node", "build.mjs", BUILT.toAbsolutePath().toString())
              .directory(SOURCES.toFile())
              .inheritIO()
              .start();
    } catch (IOException noNode) {
      throw new Missing(
          "The playground needs Node.js 20 or newer: install it, so that node and npm are on the"
              + " PATH.");
    }
    if (build.waitFor() != 0) {
      throw new Missing("The page could not be built: see above.");
    }
    return BUILT;
  }
}
