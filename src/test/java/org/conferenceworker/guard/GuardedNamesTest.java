package org.conferenceworker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedNamesTest {

  private static boolean mayEnd(String account, String name, String... settings) {
    var vobiz = Settings.withTwoAccounts(settings);
    return new GuardedNames(vobiz.guard(), new VobizAccounts(vobiz))
        .objectionToRemoving(account, new ConferenceName(name))
        .isEmpty();
  }

  @Test
  void letsEveryNamePass_ifNothingIsSet() {
    assertThat(mayEnd("default", "Board call")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "Board call,false",
        "board CALL,false",
        " Board call ,false",
        "Boarding,false",
        "Crisis,false",
        "Crisis 2,true",
        "On Board,true",
      })
  void protectsNames_evenInAnotherSpelling(String name, boolean mayEnd) {
    assertThat(mayEnd("default", name, "vobiz.guard.protected-names=Board*,Crisis"))
        .isEqualTo(mayEnd);
  }

  /** What a person would take for the same name, however it is encoded. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "B\u00FCro Nord",
        "B\u00DCRO NORD",
        "Bu\u0308ro Nord",
        "BU\u0308RO NORD",
        "\u00A0B\u00FCro Nord\u00A0",
        "B\u00FCro\u00A0Nord",
        "B\u00FCro\u2003 Nord",
        "\u200BB\u00FCro\u200D Nord\uFEFF",
        "B\u00FC\u00ADro Nord",
        "B\u00FCro\uFE0F Nord",
        "\u2066B\u00FCro Nord\u2069",
        "\uFF22\u00FC\uFF52o Nord",
      })
  void protectsNames_inAnySpellingOfTheirLetters(String name) {
    assertThat(mayEnd(name, "B\u00FCro Nord")).isFalse();
    assertThat(mayEnd("B\u00FCro Nord", name)).isFalse();
    assertThat(mayEnd(name + " 2", "B\u00FCro*")).isFalse();
    assertThat(mayEnd("Buro Nord", "B\u00FCro Nord")).isTrue();
  }

  private static boolean mayEnd(String name, String protectedName) {
    return mayEnd("default", name, "vobiz.guard.protected-names=" + protectedName);
  }

  @ParameterizedTest
  @CsvSource({
    "Stra\u00DFe,STRASSE",
    "\u0130stanbul,istanbul",
    "\u0130stanbul,ISTANBUL",
    "\u03A3\u0391\u03A3*,\u03C3\u03B1\u03C3\u03B1",
    "Cafe*,Caf\u00E9 Nord",
  })
  void protectsNames_inEachCase(String pattern, String name) {
    assertThat(mayEnd(name, pattern)).isFalse();
  }

  @Test
  void protectsAndAllows_forAllProfilesOfAnAuthId_whatIsSetForOne() {
    String[] settings = {
      "vobiz.accounts.sales.auth-id=MA_1",
      "vobiz.guard.accounts.sales.protected-names=*board",
      "vobiz.guard.accounts.sales.allowed-names=test-*",
      "vobiz.guard.accounts.default.allowed-names=*-1,*board"
    };
    for (String account : new String[] {"default", "sales"}) {
      assertThat(mayEnd(account, "test-1", settings)).isTrue();
      assertThat(mayEnd(account, "test-2", settings)).isFalse();
      assertThat(mayEnd(account, "demo-1", settings)).isFalse();
      assertThat(mayEnd(account, "test-board", settings)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"test-1,true", "Test-1,false", "a test-1,false", "demo,true", "demo2,false"})
  void allowsOnlyTheNamesThatWereAllowed_toTheLetter(String name, boolean mayEnd) {
    assertThat(mayEnd("default", name, "vobiz.guard.allowed-names=test-*,demo")).isEqualTo(mayEnd);
  }

  @Test
  void allowsWhatTheAccountAllows_inPlaceOfWhatIsAllowedInGeneral() {
    String[] settings = {
      "vobiz.guard.allowed-names=test-*", "vobiz.guard.accounts.sales.allowed-names=demo*"
    };
    assertThat(mayEnd("default", "test-1", settings)).isTrue();
    assertThat(mayEnd("sales", "test-1", settings)).isFalse();
    assertThat(mayEnd("sales", "demo 1", settings)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Team meeting,true",
    "Sales;EMEA,false",
    "Sales/EMEA,false",
    "Sales%2FEMEA,false",
    "50%,false",
    "why?,false",
  })
  void allowsPlainNamesOnly_ofEveryAccount(String name, boolean mayEnd) {
    String[] settings = {
      "vobiz.guard.plain-names-only=true", "vobiz.guard.accounts.sales.max-per-minute=1"
    };
    assertThat(mayEnd("default", name, settings)).isEqualTo(mayEnd);
    assertThat(mayEnd("sales", name, settings)).isEqualTo(mayEnd);
    assertThat(mayEnd("default", name)).isTrue();
  }

  /** As the simplest matcher does, which takes for ever with some names. */
  @Property
  void matchesStarsAsAnyCharacters(
      @ForAll("patterns") String pattern, @ForAll("names") String name) {
    String[] parts = pattern.split("\\*", -1);
    boolean expected =
        name.matches(Arrays.stream(parts).map(Pattern::quote).collect(Collectors.joining(".*")));

    assertThat(NamePattern.exact(pattern).matches(name)).isEqualTo(expected);
  }

  @Test
  void decidesAtOnce_howeverManyStarsThereAre() {
    String odd = "-".repeat(10_000);
    assertThat(mayEnd("default", odd, "vobiz.guard.protected-names=*-*-*-*-*-*x")).isTrue();
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab*.").ofMinLength(1).ofMaxLength(6);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("ab.").ofMinLength(1).ofMaxLength(8);
  }

  @Test
  void protectsEvenWhatIsAllowed() {
    assertThat(
            mayEnd(
                "default",
                "test-board",
                "vobiz.guard.allowed-names=test-*",
                "vobiz.guard.protected-names=*board"))
        .isFalse();
  }

  @Test
  void protectsWhatIsProtectedInGeneral_andWhatIsInOneAccount() {
    String[] settings = {
      "vobiz.guard.protected-names=Board*", "vobiz.guard.accounts.sales.protected-names[0]=Fair*"
    };
    assertThat(mayEnd("default", "Board call", settings)).isFalse();
    assertThat(mayEnd("default", "Fair", settings)).isTrue();
    assertThat(mayEnd("sales", "Board call", settings)).isFalse();
    assertThat(mayEnd("sales", "Fair", settings)).isFalse();
  }
}
