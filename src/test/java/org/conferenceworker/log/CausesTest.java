package org.conferenceworker.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class CausesTest {

  private static final class MissingToken extends Exception implements Causes.SaysItAll {
    MissingToken(String message) {
      super(message);
    }
  }

  @Test
  void sayWhatEachCauseSays_onceAndOnOneLine() {
    var failure =
        new IllegalStateException(
            "java.io.IOException: io exception", new IOException("io exception\n2026 INFO forged"));

    assertThat(Causes.of(failure)).isEqualTo("io exception 2026 INFO forged");
  }

  @Test
  void comeToAnEnd_whenTheCausesGoInACircle() {
    var first = new IOException("first");
    var second = new ConnectException("second");
    first.initCause(second);
    second.initCause(first);

    assertThat(Causes.of(first)).isEqualTo("first; second");
    assertThat(Causes.isIn(first, MissingToken.class)).isFalse();
  }

  @Test
  void quoteNothingThatCouldNotBeRead() {
    var failure = new IOException("no token", new JsonParseException(null, "Unrecognized 'eyJ'"));

    assertThat(Causes.of(failure)).isEqualTo("no token; JsonParseException");
  }

  @Test
  void areLeftOut_whenOneSaysItAll() {
    var failure =
        new IllegalStateException(
            "CANCELLED", new MissingToken("The identity provider is not there"));

    assertThat(Causes.of(failure)).isEqualTo("The identity provider is not there");
    assertThat(Causes.isIn(failure, MissingToken.class)).isTrue();
  }
}
