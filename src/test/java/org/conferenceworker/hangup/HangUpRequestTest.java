package org.conferenceworker.hangup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.conferenceworker.guard.GuardedNames;
import org.conferenceworker.hangup.HangUpRequest.Invalid;
import org.conferenceworker.hangup.HangUpRequest.Valid;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HangUpRequestTest {

  private static final Instant NOW = Instant.parse("2026-11-22T19:32:12.364Z");

  private static final VobizAccounts ACCOUNTS =
      new VobizAccounts(
          Settings.vobiz(
              "vobiz.auth-id=MA_1",
              "vobiz.auth-token=token",
              "vobiz.accounts.sales.auth-id=MA_2",
              "vobiz.accounts.sales.auth-token=token2"));

  private static final GuardedNames NO_GUARD = new GuardedNames(Settings.vobiz().guard(), ACCOUNTS);

  private static HangUpRequest.Reading read(Map<String, Object> inputs) {
    return HangUpRequest.read(inputs, Map.of(), ACCOUNTS, NO_GUARD, NOW);
  }

  private static HangUpRequest valid(String input, Object value) {
    var inputs = new HashMap<String, Object>(Map.of("conferenceName", "room"));
    inputs.put(input, value);
    return ((Valid) read(inputs)).request();
  }

  @Test
  void hasADefaultForEverythingButTheName() {
    HangUpRequest request = ((Valid) read(Map.of("conferenceName", "Team meeting"))).request();

    assertThat(request.conference().value()).isEqualTo("Team meeting");
    assertThat(request.account().name()).isEqualTo("default");
    assertThat(request.requestedAt()).isEqualTo(NOW);
    assertThat(request.validUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(request.retryBackoff()).isEqualTo(Duration.ofSeconds(10));
    assertThat(request.onNotFound()).isEqualTo(OnNotFound.ERROR);
  }

  @Test
  void takesEveryInput() {
    HangUpRequest request =
        ((Valid)
                HangUpRequest.read(
                    Map.of(
                        "conferenceName", " Team ",
                        "account", "sales",
                        "requestedAt", "2026-11-22T10:00:00+01:00",
                        "validFor", "P1DT2H",
                        "retryBackoff", "PT2M"),
                    Map.of("onNotFound", "complete"),
                    ACCOUNTS,
                    NO_GUARD,
                    NOW))
            .request();

    assertThat(request.conference().value()).isEqualTo(" Team ");
    assertThat(request.account().authId()).isEqualTo("MA_2");
    assertThat(request.requestedAt()).isEqualTo("2026-11-22T09:00:00Z");
    assertThat(request.validUntil()).isEqualTo("2026-11-23T11:00:00Z");
    assertThat(request.retryBackoff()).isEqualTo(Duration.ofMinutes(2));
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
  void understandsEveryWayInWhichTheEngineWritesADateAndTime(String text, Instant expected) {
    assertThat(valid("requestedAt", text).requestedAt()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"PT10M, 600", "PT0.5S, 0.5", "P2D, 172800", "P365D, 31536000", "' PT1H ', 3600"})
  void understandsDurations(String text, double seconds) {
    assertThat(Duration.between(NOW, valid("validFor", text).validUntil()).toMillis())
        .isEqualTo((long) (seconds * 1000));
  }

  @Test
  void hasNoLimit_whenTheDurationIsEmpty() {
    assertThat(valid("validFor", "").validUntil()).isNull();
  }

  @Test
  void takesTheDefault_whenATextIsEmpty() {
    assertThat(valid("account", "").account().name()).isEqualTo("default");
    assertThat(valid("requestedAt", " ").requestedAt()).isEqualTo(NOW);
    assertThat(valid("retryBackoff", "").retryBackoff()).isEqualTo(Duration.ofSeconds(10));
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
        argumentSet("a number for a name", "conferenceName", 42, "is no text"),
        argumentSet("a list for a name", "conferenceName", List.of("a"), "is no text"),
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

    assertThat(read(inputs))
        .asInstanceOf(type(Invalid.class))
        .extracting(Invalid::message)
        .asString()
        .contains("\"" + input + "\"", allowed, "allowed is", "Nothing was sent", "conference")
        .doesNotContain("\n", "\r");
  }

  @Test
  void refusesAJobWithoutAName() {
    assertThat(read(Map.of("room", "x")))
        .asInstanceOf(type(Invalid.class))
        .extracting(Invalid::message)
        .asString()
        .contains("\"conferenceName\" is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ignore", "", " ", "Error", "complete "})
  void refusesAnUnknownChoice(String choice) {
    assertThat(
            HangUpRequest.read(
                Map.of("conferenceName", "room"),
                Map.of("onNotFound", choice),
                ACCOUNTS,
                NO_GUARD,
                NOW))
        .asInstanceOf(type(Invalid.class))
        .extracting(Invalid::message)
        .asString()
        .contains("\"onNotFound\"", "\"" + choice + "\"", "error, complete, incident");
  }

  @Property
  void neverThrows_whateverTheInputsAre(
      @ForAll String name, @ForAll String requestedAt, @ForAll String validFor) {
    assertThat(
            read(Map.of("conferenceName", name, "requestedAt", requestedAt, "validFor", validFor)))
        .isNotNull();
  }

  @Test
  void refusesWhatAGuardRailForbids() {
    var guard =
        new GuardedNames(Settings.vobiz("vobiz.guard.protected-names=Board*").guard(), ACCOUNTS);

    assertThat(
            HangUpRequest.read(
                Map.of("conferenceName", "board call"), Map.of(), ACCOUNTS, guard, NOW))
        .asInstanceOf(type(Invalid.class))
        .extracting(Invalid::message)
        .asString()
        .contains(
            "\"conferenceName\" (\"board call\") is protected",
            "vobiz.guard.protected-names (pattern \"Board*\")",
            "Nothing was sent");
  }
}
