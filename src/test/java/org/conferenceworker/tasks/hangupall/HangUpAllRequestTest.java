package org.conferenceworker.tasks.hangupall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.attempt.Contexts;
import org.conferenceworker.attempt.InvalidInput;
import org.conferenceworker.standin.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HangUpAllRequestTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:32:12.364Z");

  private static HangUpAllRequest read(
      Map<String, Object> inputs, Map<String, String> headers, String... settings)
      throws InvalidInput {
    var variables = new HashMap<String, Object>(LEAST);
    variables.putAll(inputs);
    variables.values().removeIf(value -> value == MISSING);
    return HangUpAllRequest.read(
        Contexts.of(Settings.withTwoAccounts(settings)).of(variables, headers, NOW, NOW));
  }

  /** In place of a value: there is no such input. */
  private static final Object MISSING = new Object();

  private static final Map<String, Object> LEAST =
      Map.of(
          "account", "sales",
          "expectedAuthId", "SA_2",
          "reason", "Maintenance",
          "requestedBy", "Ada");

  private static void assertRefused(
      Map<String, Object> inputs, Map<String, String> headers, String... words) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> read(inputs, headers))
        .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
  }

  private static Map<String, Object> input(String name, Object value) {
    return Collections.singletonMap(name, value);
  }

  private static final String KEY = "vobiz.hang-up-all.accounts=sales";

  private static void assertRefusedInSpiteOfTheKey(String name, Object value, String... words) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> read(input(name, value), Map.of(), KEY))
        .satisfies(
            e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n", "SA_2", "MA_1"));
  }

  @Test
  void fillsInEveryDefault_whenBothKeysAreTurned() throws InvalidInput {
    HangUpAllRequest request = read(Map.of(), Map.of(), KEY);

    assertThat(request.asked().timing().validUntil()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    assertThat(request.asked().subject().parts()).isEqualTo(Map.of("account", "sales"));
    assertThat(request.call()).hasToString("DELETE /api/v1/Account/SA_2/Conference/");
  }

  @Test
  void refusesWithoutTheOperatorsKey_andNamesTheSetting() {
    assertRefused(Map.of(), Map.of(), "vobiz.hang-up-all.accounts", "\"sales\"");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () -> read(Map.of("account", "default", "expectedAuthId", "MA_1"), Map.of(), KEY))
        .withMessageContaining("vobiz.hang-up-all.accounts does not list the account \"default\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sa_2", "SA_2 ", "SA_", "MA_1", "default", "*"})
  void refusesAnotherAuthId_withoutTellingTheRightOne(String authId) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> read(input("expectedAuthId", authId), Map.of(), KEY))
        .satisfies(
            e ->
                assertThat(e.getMessage().replace(authId, ""))
                    .contains("\"expectedAuthId\" is not the auth id of the account \"sales\"")
                    .doesNotContain("SA_2", "MA_1"));
  }

  static Stream<Arguments> unusable() {
    return Stream.of("expectedAuthId", "reason", "requestedBy")
        .flatMap(
            name ->
                Stream.of(
                    Arguments.of(name, MISSING, "is missing"),
                    Arguments.of(name, null, "is null"),
                    Arguments.of(name, 5, "is not a string"),
                    Arguments.of(name, "", "is blank"),
                    Arguments.of(name, " \u00a0\u200b", "is blank"),
                    Arguments.of(name, "x".repeat(501), "is too long"),
                    Arguments.of(name, "a\nb", "contains a control character"),
                    Arguments.of(name, "a\u0007", "contains a control character"),
                    Arguments.of(name, "a\u0085b", "contains a control character"),
                    Arguments.of(name, "a\u2028b", "contains a control character")));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void refusesWhatCannotStandInTheAuditTrail(String name, Object value, String problem) {
    assertRefusedInSpiteOfTheKey(
        name, value, "the input \"" + name + "\"", problem, "; allowed is");
  }

  @Test
  void takesAReasonOfFiveHundredCharacters() throws InvalidInput {
    assertThat(read(input("reason", "x".repeat(500)), Map.of(), KEY)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "PT5M1S", "P1D", "PT0S", "-PT1M", "1m"})
  void refusesAValidityBeyondFiveMinutes_orNone(String validFor) {
    assertRefusedInSpiteOfTheKey("validFor", validFor, "\"validFor\"", "up to PT5M such as PT1M");
  }

  @Test
  void takesAValidityOfFiveMinutes() throws InvalidInput {
    assertThat(read(input("validFor", "PT5M"), Map.of(), KEY).asked().timing().validUntil())
        .isEqualTo(NOW.plus(Duration.ofMinutes(5)));
  }

  /** It would stretch the validity beyond its limit. */
  @Test
  void refusesARequestTimeInTheFuture() throws InvalidInput {
    assertRefusedInSpiteOfTheKey(
        "requestedAt", NOW.plusSeconds(61).toString(), "\"requestedAt\"", "is in the future");
    assertThat(read(input("requestedAt", NOW.plusSeconds(59).toString()), Map.of(), KEY))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vobiz.guard.protected-names=Board*",
        "vobiz.guard.allowed-names=*",
        "vobiz.guard.accounts.sales.protected-names=x",
        "vobiz.guard.accounts.sales.allowed-names=x"
      })
  void refuses_whenAGuardRailForNamesCannotBeHonoured(String rail) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> read(Map.of(), Map.of(), KEY, rail))
        .withMessageContaining(
            rail.replaceAll(".*(protected|allowed)-names.*", "vobiz.guard.$1-names"));
  }

  @Test
  void refuses_whenAGuardRailIsSetForAnotherProfileOfTheSameAuthId() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () ->
                read(
                    Map.of(),
                    Map.of(),
                    KEY,
                    "vobiz.accounts.support.auth-id=sa_2",
                    "vobiz.accounts.support.auth-token=token",
                    "vobiz.guard.accounts.support.protected-names=x"))
        .withMessageContaining("vobiz.guard.protected-names");
  }

  @Test
  void isNotHeldBackByAGuardRailOfAnotherAccount() throws InvalidInput {
    assertThat(
            read(Map.of(), Map.of(), KEY, "vobiz.guard.accounts.default.protected-names=x").call())
        .isNotNull();
  }
}
