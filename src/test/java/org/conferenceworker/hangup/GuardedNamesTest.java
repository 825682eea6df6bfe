package org.conferenceworker.hangup;

import static org.assertj.core.api.Assertions.assertThat;

import org.conferenceworker.standin.Settings;
import org.conferenceworker.vobiz.ConferenceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedNamesTest {

  private static boolean mayEnd(String account, String name, String... settings) {
    return new GuardedNames(Settings.vobiz(settings).guard())
        .objectionTo(account, new ConferenceName(name))
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

  @ParameterizedTest
  @CsvSource({"test-1,true", "Test-1,false", "a test-1,false", "demo,true", "demo2,false"})
  void allowsOnlyTheNamesThatWereAllowed_toTheLetter(String name, boolean mayEnd) {
    assertThat(mayEnd("default", name, "vobiz.guard.allowed-names=test-*,demo")).isEqualTo(mayEnd);
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
  void prefersAnAccountsOwnPatterns() {
    String[] settings = {
      "vobiz.guard.protected-names=Board*", "vobiz.guard.accounts.sales.protected-names[0]=Fair*"
    };
    assertThat(mayEnd("default", "Board call", settings)).isFalse();
    assertThat(mayEnd("default", "Fair", settings)).isTrue();
    assertThat(mayEnd("sales", "Board call", settings)).isTrue();
    assertThat(mayEnd("sales", "Fair", settings)).isFalse();
  }
}
