package org.conferenceworker.playground;

import java.nio.file.Path;
import java.util.Map;
import org.conferenceworker.designer.modeler.BrowserTests;
import org.junit.jupiter.api.Test;

/** The playground, by real clicks in a real browser ({@code src/test/playground/test}). */
class PlaygroundTest {

  @Test
  void isUsedByClicks() throws Exception {
    BrowserTests.prepare();
    try (var playground = Playground.start(0)) {
      BrowserTests.run(
          Path.of("src/test/playground"), Map.of("PLAYGROUND", playground.address().toString()));
    }
  }
}
