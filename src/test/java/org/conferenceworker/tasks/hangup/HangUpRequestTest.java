package org.conferenceworker.tasks.hangup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.conferenceworker.attempt.Contexts;
import org.conferenceworker.attempt.InvalidInput;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.standin.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HangUpRequestTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:32:12.364Z");

  private static HangUpRequest read(Map<String, Object> variables) throws InvalidInput {
    return read(variables, Map.of());
  }

  private static HangUpRequest read(
      Map<String, Object> variables, Map<String, String> headers, String... settings)
      throws InvalidInput {
    return HangUpRequest.read(
        Contexts.of(Settings.withTwoAccounts(settings)).of(variables, headers, NOW, NOW));
  }

  private static void assertRefused(ThrowingCallable reading, String... words) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(reading)
        .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n", "\r"));
  }

  private static HangUpRequest valid(String input, Object value) throws InvalidInput {
    var inputs = new HashMap<String, Object>(Map.of("conferenceName", "room"));
    inputs.put(input, value);
    return read(inputs);
  }

  @Test
  void hasADefaultForEverythingButTheName() throws InvalidInput {
    HangUpRequest request = read(Map.of("conferenceName", "Team meeting"));

    assertThat(request.conference().value()).isEqualTo("Team meeting");
    assertThat(request.asked().account().name()).isEqualTo("default");
    assertThat(request.asked().timing().requestedAt()).isEqualTo(NOW);
    assertThat(request.asked().timing().validUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(request.asked().timing().retryBackoff()).isEqualTo(Duration.ofSeconds(10));
    assertThat(request.onNotFound()).isEqualTo(OnNotFound.ERROR);
  }

  @Test
  void takesEveryInput() throws InvalidInput {
    HangUpRequest request =
        read(
            Map.of(
                "conferenceName", " Team ",
                "account", "sales",
                "requestedAt", "2026-11-22T10:00:00+01:00",
                "validFor", "P1DT2H",
                "retryBackoff", "PT2M"),
            Map.of("onNotFound", "complete"));

    assertThat(request.conference().value()).isEqualTo(" Team ");
    assertThat(request.asked().account().authId()).isEqualTo("SA_2");
    assertThat(request.asked().timing().requestedAt()).isEqualTo("2026-11-22T09:00:00Z");
    assertThat(request.asked().timing().validUntil()).isEqualTo("2026-11-23T11:00:00Z");
    assertThat(request.asked().timing().retryBackoff()).isEqualTo(Duration.ofMinutes(2));
    assertThat(request.onNotFound()).isEqualTo(OnNotFound.COMPLETE);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T19:32:12.364Z[Etc/UTC], 2026-11-22T19:32:12.364Z",
    "2026-11-22T20:32:12+01:00[Europe/Berlin], 2026-11-22T19:32:12Z",
    "2026-11-22T19:32:12Z, 2026-11-22T19:32:12Z",
    "2026-11-22T19:32:12.123456789-05:00, 2026-11-23T00:32:12.123456789Z",
    "2026-11-22T19:32Z, 2026-11-22T19:32:00Z",
    "2026-11-22T19:32:12.364@Etc/UTC, 2026-11-22T19:32:12.364Z",
    "2026-11-22T20:32:12@Europe/Berlin, 2026-11-22T19:32:12Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
  })
  void understandsEveryWayInWhichTheEngineWritesADateAndTime(String text, Instant expected)
      throws InvalidInput {
    assertThat(valid("requestedAt", text).asked().timing().requestedAt()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"PT10M, 600", "PT0.5S, 0.5", "P2D, 172800", "P365D, 31536000", "' PT1H ', 3600"})
  void understandsDurations(String text, double seconds) throws InvalidInput {
    assertThat(
            Duration.between(NOW, valid("validFor", text).asked().timing().validUntil()).toMillis())
        .isEqualTo((long) (seconds * 1000));
  }

  @Test
  void hasNoLimit_whenTheDurationIsEmpty() throws InvalidInput {
    assertThat(valid("validFor", "").asked().timing().validUntil()).isNull();
  }

  @Test
  void takesTheDefault_whenATextIsEmpty() throws InvalidInput {
    assertThat(valid("account", "").asked().account().name()).isEqualTo("default");
    assertThat(valid("requestedAt", " ").asked().timing().requestedAt()).isEqualTo(NOW);
    assertThat(valid("retryBackoff", "").asked().timing().retryBackoff())
        .isEqualTo(Duration.ofSeconds(10));
  }

  static Stream<Arguments> invalidInputs() {
    return Stream.of(
        argumentSet("a name that came to null", "conferenceName", null, "string(caseNumber)"),
        argumentSet("an account that came to null", "account", null, "is null"),
        argumentSet("a validity that came to null", "validFor", null, "is null"),
        argumentSet("a moment that came to null", "requestedAt", null, "is null"),
        argumentSet("a back-off that came to null", "retryBackoff", null, "is null"),
        argumentSet("no back-off at all", "retryBackoff", "PT0S", "PT10S"),
        argumentSet("a number for a back-off", "retryBackoff", 10, "PT10S"),
        argumentSet("a moment in no zone", "requestedAt", "2026-11-22T19:32@Nowhere/Land", "now()"),
        argumentSet("blank name", "conferenceName", "  ", "is blank"),
        argumentSet("dots", "conferenceName", "..", "visible"),
        argumentSet("line break", "conferenceName", "a\r\nb", "control character"),
        argumentSet("a number for a name", "conferenceName", 42, "is not a string"),
        argumentSet("a list for a name", "conferenceName", List.of("a"), "is not a string"),
        argumentSet("unknown account", "account", "Sales", "default, sales"),
        argumentSet("a number for an account", "account", 1, "default, sales"),
        argumentSet("no duration", "validFor", "1h", "PT1H"),
        argumentSet("months", "validFor", "P1M", "PT1H"),
        argumentSet("a number of seconds", "validFor", 3600, "PT1H"),
        argumentSet("zero", "validFor", "PT0S", "PT1H"),
        argumentSet("negative", "validFor", "-PT1H", "PT1H"),
        argumentSet("too long", "validFor", "P366D", "365 days"),
        argumentSet("much too long", "validFor", "PT9223372036854775807S", "365 days"),
        argumentSet("overflow", "validFor", "P99999999999999999999D", "PT1H"),
        argumentSet("local date and time", "requestedAt", "2026-11-22T19:32:12", "now()"),
        argumentSet("a date", "requestedAt", "2026-11-22", "now()"),
        argumentSet("a number", "requestedAt", 1763839932, "now()"),
        argumentSet("no date at all", "requestedAt", "yesterday", "now()"),
        argumentSet("end of time", "requestedAt", "+999999999-12-31T23:59:59Z", "now()"));
  }

  @ParameterizedTest
  @MethodSource("invalidInputs")
  void refusesAnInputByItsName_andSaysWhatIsAllowed(String input, Object value, String allowed) {
    var inputs = new HashMap<String, Object>(Map.of("conferenceName", "room"));
    inputs.put(input, value);

    assertRefused(() -> read(inputs), "\"" + input + "\"", allowed, "allowed is");
  }

  @Test
  void refusesAJobWithoutAName() {
    assertRefused(() -> read(Map.of("room", "x")), "\"conferenceName\" is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ignore", "", " ", "Error", "complete "})
  void refusesAnUnknownChoice(String choice) {
    assertRefused(
        () -> read(Map.of("conferenceName", "room"), Map.of("onNotFound", choice)),
        "\"onNotFound\"",
        "\"" + choice + "\"",
        "error, complete, incident");
  }

  @Property
  void isReadOrRefused_whateverTheInputsAre(
      @ForAll String name, @ForAll String requestedAt, @ForAll String validFor) {
    try {
      var request =
          read(Map.of("conferenceName", name, "requestedAt", requestedAt, "validFor", validFor));
      assertThat(request.conference().value()).isEqualTo(name);
    } catch (InvalidInput e) {
      assertThat(e.getMessage()).contains("the input \"", "; allowed is");
    }
  }

  @Test
  void refusesWhatAGuardRailForbids() {
    assertRefused(
        () ->
            read(
                Map.of("conferenceName", "board call"),
                Map.of(),
                "vobiz.guard.protected-names=Board*"),
        "\"conferenceName\" (\"board call\") is protected",
        "vobiz.guard.protected-names (pattern \"Board*\")");
  }
}
