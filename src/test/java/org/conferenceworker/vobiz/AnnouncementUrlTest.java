package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/goodbye.mp3",
        "HTTPS://example.com/goodbye.wav",
        "https://example.com:8443/a%20b.mp3?token=x&y=%22#t=10",
        "https://[2001:db8::1]/a.mp3",
        "https://xn--bcher-kva.example/a.mp3"
      })
  void keepsAnAddressAsItIs(String url) {
    assertThat(new AnnouncementUrl(url).value()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '|',
      value = {
        "''|is blank",
        "  |is blank",
        "http://example.com/a.mp3|is not an https address",
        "ftp://example.com/a.mp3|is not an https address",
        "file:///etc/passwd|is not an https address",
        "javascript:alert(1)|is not an https address",
        "//example.com/a.mp3|is not an https address",
        "/a.mp3|is not an https address",
        "goodbye.mp3|is not an https address",
        "https:///a.mp3|has no usable host or port",
        "https:a.mp3|has no usable host or port",
        "https:/a.mp3|has no usable host or port",
        "https://example.com:0/a.mp3|has no usable host or port",
        "https://example.com:65536/a.mp3|has no usable host or port",
        "https://exa_mple.com/a.mp3|has no usable host or port",
        "https://me:secret@example.com/a.mp3|has a user name or password",
        "https://me@example.com/a.mp3|has a user name or password",
        "https://example.com/good bye.mp3|has a space or another character",
        " https://example.com/a.mp3|has a space or another character",
        "https://example.com/für.mp3|has a space or another character",
        "https://example.com/a\"b.mp3|is not a URL",
        "https://example.com/a\\b.mp3|is not a URL",
        "https://example.com/%zz.mp3|is not a URL",
        "https://[example|is not a URL"
      })
  void refusesAnyOther(String url, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnnouncementUrl(url))
        .withMessageStartingWith(problem);
  }

  @ParameterizedTest
  @NullSource
  void refusesNone(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnnouncementUrl(url))
        .withMessage("is missing");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_981, 5_000})
  void refusesALongOne(int characters) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnnouncementUrl("https://example.com/" + "x".repeat(characters)))
        .withMessage("is too long");
  }

  @Provide
  Arbitrary<String> addresses() {
    return Arbitraries.strings()
        .withChars("https://example.com\"\\{}@:?#%[]\u00fc\n ")
        .ofMaxLength(30)
        .map(rest -> "https://" + rest);
  }

  @Property
  void canStandInAJsonString_orIsRefused(@ForAll @From("addresses") String url) {
    try {
      assertThat(new AnnouncementUrl(url).value()).matches("https://[!#-\\[\\]-~]+");
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining(url);
    }
  }
}
