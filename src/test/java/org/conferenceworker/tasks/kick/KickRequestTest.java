package org.conferenceworker.tasks.kick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.attempt.Contexts;
import org.conferenceworker.attempt.InvalidInput;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.standin.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KickRequestTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:32:12.364Z");

  private static KickRequest read(
      Map<String, Object> inputs, Map<String, String> headers, String... settings)
      throws InvalidInput {
    var variables = new HashMap<String, Object>(LEAST);
    variables.putAll(inputs);
    variables.values().removeIf(value -> value == MISSING);
    return KickRequest.read(
        Contexts.of(Settings.withTwoAccounts(settings)).of(variables, headers, NOW, NOW));
  }

  /** In place of a value: there is no such input. */
  private static final Object MISSING = new Object();

  private static final Map<String, Object> LEAST =
      Map.of("conferenceName", "room", "memberIds", "17");

  private static void assertRefused(
      Map<String, Object> inputs, Map<String, String> headers, String... words) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> read(inputs, headers))
        .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
  }

  private static Map<String, Object> input(String name, Object value) {
    return Collections.singletonMap(name, value);
  }

  @Test
  void fillsInEveryDefault() throws InvalidInput {
    KickRequest request = read(Map.of(), Map.of());

    assertThat(request.asked().account().name()).isEqualTo("default");
    assertThat(request.asked().timing().validUntil()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    assertThat(request.mode()).isEqualTo(KickRequest.Mode.KICK);
    assertThat(request.onNotFound()).isEqualTo(OnNotFound.ERROR);
    assertThat(request.call())
        .hasToString("POST /api/v1/Account/MA_1/Conference/room/Member/17/Kick/");
  }

  static Stream<Arguments> ids() {
    return Stream.of(
        Arguments.of("17", List.of("17")),
        Arguments.of(17, List.of("17")),
        Arguments.of(9_007_199_254_740_993L, List.of("9007199254740993")),
        Arguments.of(List.of("a-1", 18), List.of("a-1", "18")));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void takesATextANumberOrAList(Object given, List<String> ids) throws InvalidInput {
    KickRequest request = read(input("memberIds", given), Map.of("mode", "hangUp"));

    assertThat(request.members().values()).isEqualTo(ids);
    assertThat(request.asked().subject().parts())
        .isEqualTo(Map.of("conferenceName", "room", "account", "default", "members", ids));
    assertThat(request.call())
        .hasToString(
            "DELETE /api/v1/Account/MA_1/Conference/room/Member/%s/"
                .formatted(String.join(",", ids)));
  }

  static Stream<Object> unusable() {
    return Stream.of(
        MISSING,
        "",
        " ",
        "17,18",
        "17/Kick",
        true,
        17.5,
        List.of(),
        Arrays.asList("17", null),
        List.of(List.of("17")),
        Map.of("memberId", "17"),
        Collections.nCopies(101, 17),
        "all",
        "ALL",
        List.of("17", "all"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void refusesAnythingElse(Object given) {
    assertRefused(
        input("memberIds", given),
        Map.of(),
        "the input \"memberIds\"",
        "; allowed is one member id");
  }

  @Test
  void refusesNull_asAnErrorOfItsExpression() {
    assertRefused(input("memberIds", null), Map.of(), "the input \"memberIds\" is null");
  }

  @Test
  void takesAll_onlyIfAllowed_aloneAndInLowerCase() throws InvalidInput {
    var allowed = Map.of("allowAll", "true");
    assertThat(read(input("memberIds", "all"), allowed).members().isAll()).isTrue();
    assertThat(read(input("memberIds", List.of("all")), allowed).members().isAll()).isTrue();
    assertThat(read(input("memberIds", "17"), allowed).members().isAll()).isFalse();
    for (Object other : List.of("ALL", "All", List.of("all", "17"), List.of("all", "all"))) {
      assertRefused(input("memberIds", other), allowed, "the input \"memberIds\"", "for everybody");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Kick", "hangup", "HANG_UP", "hang_up", "true"})
  void refusesAnUnknownMode(String mode) {
    assertRefused(Map.of(), Map.of("mode", mode), "\"mode\"", "allowed is one of: kick, hangUp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "True", "yes", "1"})
  void refusesAnUnknownFlag(String flag) {
    assertRefused(
        Map.of(), Map.of("allowAll", flag), "\"allowAll\"", "allowed is one of: true, false");
  }

  @Test
  void passesTheGuardRailsOfAHangUp() {
    for (String rail :
        List.of(
            "protected-names=ro*", "allowed-names=x*", "accounts.default.protected-names=room")) {
      assertThatExceptionOfType(InvalidInput.class)
          .isThrownBy(() -> read(Map.of(), Map.of(), "vobiz.guard." + rail))
          .withMessageContaining("\"conferenceName\" (\"room\") is ");
    }
  }
}
