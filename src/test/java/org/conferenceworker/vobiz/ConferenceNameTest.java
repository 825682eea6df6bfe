package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConferenceNameTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "room-1_a.b~c,room-1_a.b~c",
        "My Conf Room,My%20Conf%20Room",
        " outer blanks ,%20outer%20blanks%20",
        "a+b,a%2Bb",
        "50%,50%25",
        "a%2Fb,a%252Fb",
        "%2e%2e,%252e%252e",
        "sales/emea,sales%2Femea",
        "a\\b,a%5Cb",
        "what?now#then,what%3Fnow%23then",
        "a&b=c;d@e:f!,a%26b%3Dc%3Bd%40e%3Af%21",
        "...,...",
        ".hidden,.hidden",
        "Besprechung Süd,Besprechung%20S%C3%BCd",
        "会議,%E4%BC%9A%E8%AD%B0",
        "📞,%F0%9F%93%9E",
      })
  void encodesOnce_asOneSegmentOfUnreservedCharacters(String name, String encoded) {
    assertThat(new ConferenceName(name).encoded()).isEqualTo(encoded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        "\u00a0",
        "\u2003 \u3000",
        "\u200b",
        "\ufeff",
        "\u2028",
        ".",
        "..",
        " .. ",
        "/",
        "//",
        "/a",
        "a/",
        "a//b",
        "../x",
        "x/..",
        "x/../y",
        "a/./b",
        "..\\x",
        "\\",
        "a\\..",
        "a\u0000b",
        "a\r\nb",
        "a\nb",
        "a\u007fb",
        "a\u0085b",
        "\ud800",
        "a\udc00b",
        "\udc00\ud800",
      })
  void refusesWhatCouldMeanAnotherResource(String name) {
    assertThatThrownBy(() -> new ConferenceName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNoName() {
    assertThatThrownBy(() -> new ConferenceName(null)).hasMessage("is missing");
  }

  @Test
  void keepsTheNameExactly() {
    assertThat(new ConferenceName(" Team MEETING ").value()).isEqualTo(" Team MEETING ");
  }

  @Property(tries = 5000)
  void decodesToExactlyTheName_orIsRefused(@ForAll("anyText") String name) {
    ConferenceName conference;
    try {
      conference = new ConferenceName(name);
    } catch (IllegalArgumentException refused) {
      return;
    }
    String segment = conference.encoded();
    assertThat(segment).matches("[A-Za-z0-9._~-]|([A-Za-z0-9._~-]|%[0-9A-F]{2})+");
    assertThat(segment).isNotIn(".", "..");
    assertThat(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .isEqualTo(name);
  }

  /** Many servers and proxies decode, merge slashes and resolve dot segments, in this order. */
  @Property(tries = 5000)
  void staysOneNonEmptyResource_evenBehindAProxyThatNormalisesPaths(
      @ForAll("pathTricks") String name) {
    ConferenceName conference;
    try {
      conference = new ConferenceName(name);
    } catch (IllegalArgumentException refused) {
      return;
    }
    String decoded =
        URLDecoder.decode(conference.encoded().replace("+", "%2B"), StandardCharsets.UTF_8)
            .replace('\\', '/');
    String normalised =
        java.nio.file.Path.of("/Conference/" + decoded.replace("\u0000", ""))
            .normalize()
            .toString();
    assertThat(normalised).isEqualTo("/Conference/" + decoded);
  }

  @Property
  void acceptsEveryOrdinaryName(@ForAll("ordinaryNames") String name) {
    Assume.that(!name.isBlank());
    assertThat(new ConferenceName(name).value()).isEqualTo(name);
  }

  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMinLength(0).ofMaxLength(40),
        Arbitraries.strings().all().ofMinLength(1).ofMaxLength(10_000),
        Arbitraries.strings().withCharRange('\ud800', '\udfff').ofMaxLength(10),
        pathTricks());
  }

  @Provide
  Arbitrary<String> pathTricks() {
    return Arbitraries.of("/", "\\", ".", "..", "a", " ", "%2F", "%2e", ";", "?", "#", "ü", "📞")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> ordinaryNames() {
    return Arbitraries.strings()
        .withChars("abcXYZ0189 -_+%&'()äß会📞")
        .excludeChars('\ud83d', '\udcde')
        .ofMinLength(1)
        .ofMaxLength(500);
  }
}
