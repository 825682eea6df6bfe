package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
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
        "sales/emea,sales%2Femea",
        "Sales;EMEA,Sales%3BEMEA",
        "Sales%2FEMEA,Sales%252FEMEA",
        "100% sure,100%25%20sure",
        "50%des Umsatzes,50%25des%20Umsatzes",
        "%zz,%25zz",
        "C++,C%2B%2B",
        "Member,Member",
        "Member/Sales,Member%2FSales",
        "sales/membership,sales%2Fmembership",
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
        // Path parameters, query and fragment
        ";",
        ";v=1",
        "; drop",
        ".;x",
        "..;",
        "a/..;b",
        "a/;b",
        "?x",
        "#42",
        " ?",
        "a/?x",
        ".#",
        // Escapes, once, twice, upside down and half
        "%2F",
        "%2e%2e",
        "%252e",
        "a/%2e%2e",
        "a%2f..",
        "a%5C..",
        "%3bx",
        "%253Fx",
        "%%32%65",
        "%2%65%2e",
        "%20",
        "a%2F%20",
        "%25252525252525252525252e",
        "%2525252525252525252525252525x",
        // Below a conference
        "a/Member/17",
        "a/Member/all",
        "a/Record",
        "a/RECORD;x",
        "a/ record ",
        "a\\Play",
        "a%2fMember%2F17",
        "a%252f%4dember",
        "a/Spea\u212A",
        "a/Ｍember",
        "a/mem\u200bber",
        // Read leniently
        "%c0%ae",
        "%C0%2E",
        "%e0%80%af",
        "%f0%80%80%ae",
        "%25c0%25af",
        "%u002e",
        "%U002F",
        "%uFF0E",
        "．",
        "‥",
        "a／",
        "a⁄",
        "a∕..",
        "．%ef%bc%8e",
        "％2e",
        "%２Ｅ",
        "；x",
        "\u037Ex",
        "？x",
        "＃x",
        "＼",
        ".\u200b.",
        "%e2%80%8b",
        ".\ufe0f",
        "\u3164",
        ".%ff.",
        "%a0",
        "%00",
        "a%00",
        "a%09b",
        "x%0d%0aDELETE",
        "x%250a",
        "a%C2%85",
        "+",
        ".+",
        "a/+",
      })
  void refusesWhatCouldMeanAnotherResource(String name) {
    assertThatThrownBy(() -> new ConferenceName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNoName() {
    assertThatThrownBy(() -> new ConferenceName(null)).hasMessage("is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "room-1_a.b~c",
        "Team meeting",
        "Besprechung Süd",
        "会議",
        "📞",
        "a&b=c@d, e!",
        "..."
      })
  void isPlain_whenEveryHopLeavesItAsItIs(String name) {
    assertThat(new ConferenceName(name).isPlain()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sales;EMEA",
        "Sales/EMEA",
        "Sales\\EMEA",
        "Sales%2FEMEA",
        "50%",
        "why?",
        "case #42",
        "C++",
        " Team",
        "Team ",
        "Team  meeting",
        "Team\u00a0meeting",
        "Team\u200bmeeting",
        "Ｔeam",
        "Su\u0308d",
        "❤\ufe0f",
      })
  void isNotPlain_whenAHopCouldMakeItAnotherName(String name) {
    assertThat(new ConferenceName(name).isPlain()).isFalse();
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

  /** What one hop may do to the part of the path behind {@code /Conference/}. */
  private enum Hop implements UnaryOperator<String> {
    DECODES(Hop::decoded),
    DECODES_AS_A_FORM(path -> decoded(path.replace('+', ' '))),
    DROPS_PATH_PARAMETERS(path -> path.replaceAll(";[^/]*", "")),
    TAKES_A_SEMICOLON_FOR_THE_END(path -> path.replaceAll("(?s);.*", "")),
    TAKES_THE_QUERY_OFF(path -> path.replaceAll("(?s)\\?.*", "")),
    TAKES_THE_FRAGMENT_OFF(path -> path.replaceAll("(?s)#.*", "")),
    TURNS_BACKSLASHES(path -> path.replace('\\', '/')),
    NORMALISES_CHARACTERS(path -> Normalizer.normalize(path, Normalizer.Form.NFKC)),
    DROPS_WHAT_IS_INVISIBLE(path -> path.replaceAll("[\\p{Cc}\\p{Cf}\uFFFD]", "")),
    TRIMS(path -> path.replaceAll("(?<=^|/)[\\p{Z}\\s]+|[\\p{Z}\\s]+(?=$|/)", ""));

    private final UnaryOperator<String> what;

    Hop(UnaryOperator<String> what) {
      this.what = what;
    }

    @Override
    public String apply(String path) {
      return what.apply(path);
    }

    private static String decoded(String path) {
      return Pattern.compile("(?:%\\p{XDigit}{2})+")
          .matcher(path)
          .replaceAll(
              run ->
                  Matcher.quoteReplacement(
                      new String(
                          HexFormat.of().parseHex(run.group().replace("%", "")),
                          StandardCharsets.UTF_8)));
    }
  }

  @Property(tries = 20_000)
  void staysOneConference_whateverTheHopsDo(
      @ForAll("pathTricks") String name, @ForAll @Size(max = 8) List<Hop> hops) {
    ConferenceName conference;
    try {
      conference = new ConferenceName(name);
    } catch (IllegalArgumentException refused) {
      return;
    }
    String path = conference.encoded();
    for (Hop hop : hops) {
      path = hop.apply(path);
    }
    String[] parts = path.split("/", -1);
    assertThat(parts).allSatisfy(part -> assertThat(part.strip()).isNotIn("", ".", ".."));
    assertThat(Arrays.stream(parts).skip(1).map(part -> part.strip().toLowerCase()))
        .doesNotContain("member", "record", "play");
  }

  @Property
  void acceptsEveryOrdinaryName(@ForAll("ordinaryNames") String name) {
    Assume.that(!name.replace('+', ' ').isBlank());
    Assume.that(!name.matches(".*%\\p{XDigit}{2}.*"));
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
    return Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.of("a", "Sales", "é", "📞", " ", "+")),
            Tuple.of(
                1, Arbitraries.of("/", "\\", ".", "..", ";", "?", "#", "%", "2", "e", "f", "25")),
            Tuple.of(1, Arbitraries.of("%2F", "%2e", "%5c", "%3B", "%3f", "%23", "%20", "%2B")),
            Tuple.of(1, Arbitraries.of("%252F", "%252e", "%253b", "%e2%80%8b", "%ef%bc%8f", "%ff")),
            Tuple.of(1, Arbitraries.of("／", "．", "‥", "％", "；", "？", "\u200b", "\u00a0", "％2e")),
            Tuple.of(1, Arbitraries.of("Member", "record", "%4d", "ember", "Ｐlay")))
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
