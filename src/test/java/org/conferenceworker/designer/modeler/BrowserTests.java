package org.conferenceworker.designer.modeler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs tests that play a person in a real browser, with Node.js. */
public final class BrowserTests {

  private static final Path MODELER = Path.of("src/test/modeler");

  private BrowserTests() {}

  /** Gets the browser and the packages that drive it, if they are not there. */
  public static void prepare() throws IOException, InterruptedException {
    run(MODELER, Map.of(), "./prepare.sh");
  }

  /**
   * Runs all tests below {@code test/} of a folder.
   *
   * @param environment further variables for them
   */
  public static void run(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    run(
        folder,
        environment,
        "node",
        "--test",
        "--test-concurrency=1",
        "--test-reporter=spec",
        "test/");
  }

  private static void run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    Thread.ofVirtual().start(() -> copy(process.getInputStream()));
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
    assertThat(process.exitValue())
        .as(String.join(" ", command) + " in " + folder + "; see its output above")
        .isZero();
  }

  /** Not by inheriting: what a test's JVM itself writes to its standard output gets lost. */
  private static void copy(InputStream output) {
    try {
      output.transferTo(System.out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
