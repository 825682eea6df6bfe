package org.conferenceworker.camunda.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class CausesTest {

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
    assertThat(Causes.isMissingToken(first)).isFalse();
  }

  @Test
  void quoteNothingThatCouldNotBeRead() {
    var failure = new IOException("no token", new JsonParseException(null, "Unrecognized 'eyJ'"));

    assertThat(Causes.of(failure)).isEqualTo("no token; JsonParseException");
  }

  @Test
  void nameTheIdentityProviderAlone() {
    var failure =
        new IllegalStateException(
            "CANCELLED", new NoAccessTokenException("The identity provider is not there"));

    assertThat(Causes.of(failure)).isEqualTo("The identity provider is not there");
    assertThat(Causes.isMissingToken(failure)).isTrue();
  }
}
