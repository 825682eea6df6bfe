package org.conferenceworker.tasks.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
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

class AnnounceRequestTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:32:12.364Z");

  private static AnnounceRequest read(
      Map<String, Object> inputs, Map<String, String> headers, String... settings)
      throws InvalidInput {
    var variables = new HashMap<String, Object>(LEAST);
    variables.putAll(inputs);
    variables.values().removeIf(value -> value == MISSING);
    return AnnounceRequest.read(
        Contexts.of(Settings.withTwoAccounts(settings)).of(variables, headers, NOW, NOW));
  }

  /** In place of a value: there is no such input. */
  private static final Object MISSING = new Object();

  private static final Map<String, Object> LEAST =
      Map.of("conferenceName", "room", "announcementUrl", "https://example.com/a.mp3");

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
    AnnounceRequest request = read(Map.of(), Map.of());

    assertThat(request.recording().members().isAll()).isTrue();
    assertThat(request.duration()).isEmpty();
    assertThat(request.asked().timing().validUntil()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    assertThat(request.onNotFound()).isEqualTo(OnNotFound.COMPLETE);
    assertThat(request.onFailure()).isEqualTo(AnnounceRequest.OnFailure.COMPLETE);
    assertThat(request.call())
        .hasToString("POST /api/v1/Account/MA_1/Conference/room/Member/all/Play/");
  }

  @Test
  void takesEveryInput() throws InvalidInput {
    AnnounceRequest request =
        read(
            Map.of(
                "account", "sales",
                "members", List.of(17, "18"),
                "duration", "PT20S",
                "validFor", ""),
            Map.of("onNotFound", "error", "onFailure", "incident"));

    assertThat(request.duration()).contains(Duration.ofSeconds(20));
    assertThat(request.asked().timing().validUntil()).isNull();
    assertThat(request.onNotFound()).isEqualTo(OnNotFound.ERROR);
    assertThat(request.onFailure()).isEqualTo(AnnounceRequest.OnFailure.INCIDENT);
    assertThat(request.call())
        .hasToString("POST /api/v1/Account/SA_2/Conference/room/Member/17,18/Play/");
    assertThat(request.asked().subject().parts())
        .isEqualTo(
            Map.of(
                "conferenceName", "room",
                "account", "sales",
                "members", List.of("17", "18"),
                "announcementUrl", "https://example.com/a.mp3"));
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of("announcementUrl", MISSING, "is missing"),
        Arguments.of("announcementUrl", null, "is null"),
        Arguments.of("announcementUrl", 5, "is not a string"),
        Arguments.of("announcementUrl", "http://example.com/a.mp3", "is not an https address"),
        Arguments.of("members", null, "is null"),
        Arguments.of("members", "", "has a blank id"),
        Arguments.of("members", List.of(), "is empty"),
        Arguments.of("members", "ALL", "has \"all\""),
        Arguments.of("members", List.of("all", 17), "has \"all\""),
        Arguments.of("members", "../17", "has a character"),
        Arguments.of("duration", null, "is null"),
        Arguments.of("duration", 20, "is not a duration"),
        Arguments.of("duration", "20s", "is not a duration"),
        Arguments.of("duration", "PT0S", "is not longer than zero"),
        Arguments.of("duration", "PT1H1S", "is too long"),
        Arguments.of("conferenceName", "..", "has \"..\""));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void refusesWhatItCannotUse(String name, Object value, String problem) {
    assertRefused(
        input(name, value), Map.of(), "the input \"" + name + "\"", problem, "; allowed is");
  }

  @Test
  void takesABlankDurationForNone() throws InvalidInput {
    assertThat(read(input("duration", " "), Map.of()).duration()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Complete", "error"})
  void refusesAnUnknownChoice(String choice) {
    assertRefused(
        Map.of(), Map.of("onFailure", choice), "\"onFailure\"", "one of: complete, incident");
  }

  @Test
  void mayBeHeardInAProtectedConference_butOnlyInAllowedOnes() throws InvalidInput {
    assertThat(read(Map.of(), Map.of(), "vobiz.guard.protected-names=room").call()).isNotNull();
    for (String rail : List.of("allowed-names=x*", "plain-names-only=true")) {
      assertThatExceptionOfType(InvalidInput.class)
          .isThrownBy(() -> read(input("conferenceName", "a+b"), Map.of(), "vobiz.guard." + rail))
          .withMessageContaining("\"conferenceName\" (\"a+b\") is not");
    }
  }
}
