package org.conferenceworker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.VobizConferenceWorker;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What the worker says to settings that it cannot start with. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpTest {

  private static final String TOKEN = "s3cr3t-t0ken";
  private static final String EVENTS_URL = "https://hooks.example.com/vobiz";

  /** Starts as with these environment variables, which need no engine to be there. */
  private static ConfigurableApplicationContext start(Map<String, String> environment) {
    var variables = new HashMap<String, Object>(environment);
    variables.put("SERVER_PORT", "0");
    variables.put("SERVER_ADDRESS", "127.0.0.1");
    variables.put("CAMUNDA_CLIENT_GRPCADDRESS", "http://127.0.0.1:1");
    var standard = new StandardEnvironment();
    standard
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    return new SpringApplicationBuilder(VobizConferenceWorker.class).environment(standard).run();
  }

  private static Map<String, String> with(String... keysAndValues) {
    var variables = new HashMap<>(Map.of("VOBIZ_AUTH_ID", "MA_1", "VOBIZ_AUTH_TOKEN", TOKEN));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (keysAndValues[i + 1] == null) {
        variables.remove(keysAndValues[i]);
      } else {
        variables.put(keysAndValues[i], keysAndValues[i + 1]);
      }
    }
    return variables;
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        argumentSet(
            "no credentials",
            with("VOBIZ_AUTH_ID", null, "VOBIZ_AUTH_TOKEN", null),
            List.of("VOBIZ_AUTH_ID", "VOBIZ_AUTH_TOKEN")),
        argumentSet("no auth id", with("VOBIZ_AUTH_ID", null), List.of("VOBIZ_AUTH_ID is missing")),
        argumentSet("blank token", with("VOBIZ_AUTH_TOKEN", " "), List.of("VOBIZ_AUTH_TOKEN")),
        argumentSet(
            "token with a line end",
            with("VOBIZ_AUTH_TOKEN", TOKEN + "\n"),
            List.of("VOBIZ_AUTH_TOKEN")),
        argumentSet(
            "auth id that is a path", with("VOBIZ_AUTH_ID", "../MA_2"), List.of("VOBIZ_AUTH_ID")),
        argumentSet(
            "half an account",
            with("VOBIZ_ACCOUNTS_SALES_AUTHID", "MA_2"),
            List.of("vobiz.accounts.sales.auth-token")),
        argumentSet(
            "default account twice",
            with("VOBIZ_ACCOUNTS_DEFAULT_AUTHID", "MA_2", "VOBIZ_ACCOUNTS_DEFAULT_AUTHTOKEN", "x"),
            List.of("vobiz.accounts.default")),
        argumentSet(
            "no URL",
            with("VOBIZ_BASE_URL", "not a url"),
            List.of("VOBIZ_BASE_URL", "is not a URL")),
        argumentSet("empty URL", with("VOBIZ_BASE_URL", ""), List.of("VOBIZ_BASE_URL")),
        argumentSet("no scheme", with("VOBIZ_BASE_URL", "api.vobiz.ai"), List.of("VOBIZ_BASE_URL")),
        argumentSet(
            "other scheme",
            with("VOBIZ_BASE_URL", "ftp://api.vobiz.ai"),
            List.of("VOBIZ_BASE_URL")),
        argumentSet("no host", with("VOBIZ_BASE_URL", "https://"), List.of("VOBIZ_BASE_URL")),
        argumentSet(
            "with a path",
            with("VOBIZ_BASE_URL", "https://api.vobiz.ai/api/v1"),
            List.of("VOBIZ_BASE_URL")),
        argumentSet(
            "with user info",
            with("VOBIZ_BASE_URL", "https://u:" + TOKEN + "@api.vobiz.ai"),
            List.of("VOBIZ_BASE_URL")),
        argumentSet(
            "unencrypted",
            with("VOBIZ_BASE_URL", "http://api.vobiz.ai"),
            List.of("VOBIZ_BASE_URL", "unencrypted")),
        argumentSet(
            "no duration",
            with("VOBIZ_HTTP_TOTALTIMEOUT", "soon"),
            List.of("vobiz.http.total-timeout", "soon")),
        argumentSet(
            "zero", with("VOBIZ_HTTP_CONNECTTIMEOUT", "0s"), List.of("vobiz.http.connect-timeout")),
        argumentSet(
            "a call longer than the lease",
            with("VOBIZ_HTTP_TOTALTIMEOUT", "55s"),
            List.of("vobiz.http.total-timeout", "camunda.client.worker.defaults.timeout")),
        argumentSet(
            "a lease shorter than the call",
            with("CAMUNDA_CLIENT_WORKER_DEFAULTS_TIMEOUT", "PT20S"),
            List.of("vobiz.http.total-timeout", "camunda.client.worker.defaults.timeout")),
        argumentSet(
            "unknown setting",
            with("VOBIZ_HTTP_TOTLTIMEOUT", "5s"),
            List.of("VOBIZ_HTTP_TOTLTIMEOUT", "vobiz.http.total-timeout")),
        argumentSet(
            "setting without its separators",
            with("VOBIZ_HTTPTOTALTIMEOUT", "5s"),
            List.of("VOBIZ_HTTPTOTALTIMEOUT")),
        argumentSet(
            "account name that no variable can spell",
            with(
                "VOBIZ_ACCOUNTS_SALES_EU_AUTHID", "MA_2", "VOBIZ_ACCOUNTS_SALES_EU_AUTHTOKEN", "x"),
            List.of("VOBIZ_ACCOUNTS_SALES_EU_AUTHID")),
        argumentSet(
            "guard of an unknown account",
            with("VOBIZ_GUARD_ACCOUNTS_SALES_MAXPERMINUTE", "5"),
            List.of("vobiz.guard.accounts.sales", "not configured", "default")),
        argumentSet(
            "spelling that Spring would not read",
            with("VOBIZ_GUARD_MAX_PERMINUTE", "5"),
            List.of("Unknown setting: VOBIZ_GUARD_MAX_PERMINUTE")),
        argumentSet(
            "one entry of a list",
            with("VOBIZ_GUARD_PROTECTEDNAMES_0", "Board*"),
            List.of("Unknown setting: VOBIZ_GUARD_PROTECTEDNAMES_0")),
        argumentSet(
            "guard rail without a value",
            with("VOBIZ_GUARD_PROTECTEDNAMES", " "),
            List.of("VOBIZ_GUARD_PROTECTEDNAMES is empty")),
        argumentSet(
            "brake without a value",
            with("VOBIZ_GUARD_MAXPERMINUTE", ""),
            List.of("VOBIZ_GUARD_MAXPERMINUTE is empty")),
        argumentSet(
            "proxy that is no host",
            with("VOBIZ_HTTP_PROXY_URL", "http://prox_y:3128"),
            List.of("vobiz.http.proxy.url")),
        argumentSet(
            "proxy without a port",
            with("VOBIZ_HTTP_PROXY_URL", "http://proxy:99999"),
            List.of("vobiz.http.proxy.url")),
        argumentSet(
            "brake that lets nothing through",
            with("VOBIZ_GUARD_MAXPERMINUTE", "0"),
            List.of("vobiz.guard.max-per-minute is 0")),
        argumentSet(
            "limits of an unknown account",
            with("VOBIZ_LIMIT_ACCOUNTS_SALES_CALLSPERSECOND", "5"),
            List.of("vobiz.limit.accounts.sales", "not configured", "default")),
        argumentSet(
            "no call at a time",
            with("VOBIZ_LIMIT_MAXCONCURRENTCALLS", "0"),
            List.of("vobiz.limit.max-concurrent-calls is 0")),
        argumentSet(
            "no call in a second",
            with("VOBIZ_LIMIT_CALLSPERSECOND", "NaN"),
            List.of("vobiz.limit.calls-per-second is NaN")),
        argumentSet(
            "unknown guard rail",
            with("VOBIZ_GUARD_FORBIDDENNAMES", "x"),
            List.of("VOBIZ_GUARD_FORBIDDENNAMES", "vobiz.guard.protected-names")),
        argumentSet(
            "neither wet nor dry", with("VOBIZ_DRYRUN", "perhaps"), List.of("vobiz.dry-run")),
        argumentSet(
            "no proxy URL",
            with("VOBIZ_HTTP_PROXY_URL", "http://user:" + TOKEN + "@proxy:3128"),
            List.of("vobiz.http.proxy.url", "http://host:port")),
        argumentSet(
            "half a proxy",
            with("VOBIZ_HTTP_PROXY_URL", "http://proxy:3128", "VOBIZ_HTTP_PROXY_USERNAME", "u"),
            List.of("vobiz.http.proxy.username", "vobiz.http.proxy.password")),
        argumentSet(
            "a proxy that would see the token",
            with("VOBIZ_HTTP_PROXY_URL", "http://proxy:3128", "VOBIZ_BASE_URL", "http://localhost"),
            List.of("VOBIZ_BASE_URL", "proxy")),
        argumentSet(
            "no such SSL bundle",
            with("VOBIZ_HTTP_SSLBUNDLE", "private"),
            List.of("vobiz.http.ssl-bundle", "\"private\"", "spring.ssl.bundle.pem.private")),
        argumentSet(
            "absurd duration",
            with("VOBIZ_HTTP_TOTALTIMEOUT", "PT9223372036854775807S"),
            List.of("vobiz.http.total-timeout")),
        argumentSet(
            "unknown account setting",
            with("VOBIZ_ACCOUNTS_SALES_TOKEN", "5s"),
            List.of("VOBIZ_ACCOUNTS_SALES_TOKEN")),
        argumentSet(
            "duration without a unit",
            with("VOBIZ_HTTP_TOTALTIMEOUT", "3"),
            List.of("VOBIZ_HTTP_TOTALTIMEOUT is 3, a duration without a unit", "3s or 3ms")),
        argumentSet(
            "duration whose placeholder has no unit",
            with("VOBIZ_HTTP_RESPONSE_TIMEOUT", "${SECONDS}", "SECONDS", "3"),
            List.of("VOBIZ_HTTP_RESPONSE_TIMEOUT is 3, a duration without a unit")),
        argumentSet(
            "job timeout without a unit",
            with("CAMUNDA_CLIENT_WORKER_DEFAULTS_TIMEOUT", "60000"),
            List.of("CAMUNDA_CLIENT_WORKER_DEFAULTS_TIMEOUT is 60000, a duration without a unit")),
        argumentSet(
            "request timeout without a unit",
            with("CAMUNDA_CLIENT_REQUEST_TIMEOUT", "10"),
            List.of("CAMUNDA_CLIENT_REQUEST_TIMEOUT is 10, a duration without a unit")),
        argumentSet(
            "stop without a unit",
            with("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE", "25"),
            List.of("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE is 25")),
        argumentSet(
            "events without URL",
            with("VOBIZ_EVENTS_PORT", "0"),
            List.of("vobiz.events.port is there", "vobiz.events.public-url is not")),
        argumentSet(
            "events without port",
            with("VOBIZ_EVENTS_PUBLICURL", EVENTS_URL),
            List.of("vobiz.events.public-url is there", "vobiz.events.port is not")),
        argumentSet(
            "events on no port",
            with("VOBIZ_EVENTS_PORT", "70000", "VOBIZ_EVENTS_PUBLICURL", EVENTS_URL),
            List.of("vobiz.events.port is 70000")),
        argumentSet(
            "events on a service of Kubernetes",
            with("VOBIZ_EVENTS_PORT", "tcp://10.0.0.1:80", "VOBIZ_EVENTS_PUBLICURL", EVENTS_URL),
            List.of("vobiz.events.port", "tcp://10.0.0.1:80")),
        argumentSet(
            "events in plain sight",
            with("VOBIZ_EVENTS_PORT", "0", "VOBIZ_EVENTS_PUBLICURL", "http://hooks.example.com"),
            List.of("vobiz.events.public-url is not encrypted", "https://hooks.example.com/vobiz")),
        argumentSet(
            "events at a URL with a query",
            with("VOBIZ_EVENTS_PORT", "0", "VOBIZ_EVENTS_PUBLICURL", EVENTS_URL + "?a=b"),
            List.of(
                "vobiz.events.public-url has more than scheme, credentials, host, port and path")),
        argumentSet(
            "events at a URL with a password and no host",
            with("VOBIZ_EVENTS_PORT", "0", "VOBIZ_EVENTS_PUBLICURL", "https://u:p/" + TOKEN + "@h"),
            List.of("vobiz.events.public-url names no host", "https://***@h")),
        argumentSet(
            "events at a URL that is not escaped",
            with("VOBIZ_EVENTS_PORT", "0", "VOBIZ_EVENTS_PUBLICURL", "https://h/v\u00F6biz"),
            List.of("vobiz.events.public-url has characters that have to be percent-encoded")),
        argumentSet(
            "events at a URL that a proxy would change",
            with("VOBIZ_EVENTS_PORT", "0", "VOBIZ_EVENTS_PUBLICURL", "https://h/a/../b"),
            List.of("vobiz.events.public-url has a path with")),
        argumentSet(
            "events at no URL",
            with("VOBIZ_EVENTS_PORT", "0", "VOBIZ_EVENTS_PUBLICURL", "hooks.example.com/vobiz"),
            List.of("vobiz.events.public-url is not an http or https URL")),
        argumentSet(
            "events that do not exist",
            with("VOBIZ_EVENTS_PUBLISH", "empty,left"),
            List.of("vobiz.events.publish is \"empty, left\"", "member-joined")),
        argumentSet(
            "messages that live for ever",
            with("VOBIZ_EVENTS_MESSAGETTL", "2h"),
            List.of("vobiz.events.message-ttl is PT2H", "1h")),
        argumentSet(
            "messages that the engine forgets at once",
            with("VOBIZ_EVENTS_MESSAGETTL", "0s"),
            List.of("vobiz.events.message-ttl is PT0S", "10s")),
        argumentSet(
            "messages without a unit",
            with("VOBIZ_EVENTS_MESSAGETTL", "120"),
            List.of("VOBIZ_EVENTS_MESSAGETTL is 120, a duration without a unit")),
        argumentSet(
            "two tokens of the main account",
            with("VOBIZ_EVENTS_MAINAUTHTOKEN", TOKEN, "VOBIZ_EVENTS_MAINAUTHTOKENFILE", "/x"),
            List.of("vobiz.events.main-auth-token", "Keep one of the two")),
        argumentSet(
            "no file with the main account's token",
            with("VOBIZ_EVENTS_MAINAUTHTOKENFILE", "/no/such/file"),
            List.of("The token file of the main account, /no/such/file, cannot be read")),
        argumentSet(
            "token of the main account with a line end",
            with("VOBIZ_EVENTS_MAINAUTHTOKEN", TOKEN + "\nx"),
            List.of("vobiz.events.main-auth-token contains")),
        argumentSet(
            "more calls at a time than can be",
            with("VOBIZ_LIMIT_MAXCONCURRENTCALLS", "2147483647"),
            List.of("vobiz.limit.max-concurrent-calls is 2147483647", "from 1 to 100000")),
        argumentSet(
            "more calls at a time of an account than can be",
            with("VOBIZ_LIMIT_ACCOUNTS_DEFAULT_MAXCONCURRENTCALLS", "1073741825"),
            List.of("vobiz.limit.accounts.default.max-concurrent-calls is 1073741825")),
        argumentSet(
            "more connections than can be",
            with("VOBIZ_HTTP_MAXCONNECTIONS", "2147483647"),
            List.of("vobiz.http.max-connections is 2147483647", "from 1 to 100000")),
        argumentSet(
            "names whose placeholder comes to nothing",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "${ROOMS:}"),
            List.of("VOBIZ_GUARD_PROTECTEDNAMES is empty, because its placeholder")),
        argumentSet(
            "names whose placeholder is empty",
            with("VOBIZ_GUARD_ALLOWEDNAMES", "${ROOMS}", "ROOMS", ""),
            List.of("VOBIZ_GUARD_ALLOWEDNAMES is empty, because its placeholder")),
        argumentSet(
            "one name whose placeholder comes to nothing",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "Crisis,${ROOMS:}"),
            List.of("vobiz.guard.protected-names has an entry without a visible character")),
        argumentSet(
            "names whose placeholder is not set",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "${ROOMS}"),
            List.of("VOBIZ_GUARD_PROTECTEDNAMES has a placeholder", "not set")),
        argumentSet(
            "brake whose placeholder comes to nothing",
            with("VOBIZ_GUARD_MAXPERMINUTE", "${MOST:}"),
            List.of("VOBIZ_GUARD_MAXPERMINUTE is empty, because its placeholder")),
        argumentSet(
            "names on several lines",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "Board*\nCrisis room\n"),
            List.of("vobiz.guard.protected-names has a line break", "on one line")),
        argumentSet(
            "names on several lines of Windows",
            with("VOBIZ_GUARD_ACCOUNTS_DEFAULT_PROTECTEDNAMES", "Board*,\r\nA\r\nB"),
            List.of("vobiz.guard.accounts.default.protected-names has a line break")),
        argumentSet(
            "quoted names",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "'Board*,Crisis room'"),
            List.of("VOBIZ_GUARD_PROTECTEDNAMES has quotes around its value")),
        argumentSet(
            "names, each in quotes",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "Fair, \"Board*\""),
            List.of("vobiz.guard.protected-names has quotes around a name")),
        argumentSet(
            "names in a letter's quotes",
            with("VOBIZ_GUARD_ALLOWEDNAMES", "\u201CBoard*\u201D"),
            List.of("vobiz.guard.allowed-names has quotes around a name")),
        argumentSet(
            "names in brackets",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "[Board*, Crisis room]"),
            List.of("vobiz.guard.protected-names is in brackets")),
        argumentSet(
            "names that the locale cannot spell",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "B\uFFFD\uFFFDro*"),
            List.of("VOBIZ_GUARD_PROTECTEDNAMES has characters", "LC_ALL=C.UTF-8")),
        argumentSet(
            "names in the wrong encoding",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "B\u00C3\u00BCro*"),
            List.of("vobiz.guard.protected-names has letters", "wrong encoding")),
        argumentSet(
            "names with an escape",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "B\\u00FCro*"),
            List.of("vobiz.guard.protected-names has an escape")),
        argumentSet(
            "a name that nobody sees",
            with("VOBIZ_GUARD_PROTECTEDNAMES", "Board*,\u00A0\u200B"),
            List.of("vobiz.guard.protected-names has an entry without a visible character")),
        argumentSet(
            "quoted token",
            with("VOBIZ_AUTH_TOKEN", "\"" + TOKEN + "\""),
            List.of("VOBIZ_AUTH_TOKEN has quotes around its value")),
        argumentSet(
            "half-quoted token",
            with("VOBIZ_AUTH_TOKEN", "\"" + TOKEN),
            List.of("VOBIZ_AUTH_TOKEN has a quote")),
        argumentSet(
            "token with a placeholder",
            with("VOBIZ_AUTH_TOKEN", TOKEN + "${HOME}", "HOME", "/root"),
            List.of("VOBIZ_AUTH_TOKEN contains ${")),
        argumentSet(
            "token with a placeholder for nothing",
            with("VOBIZ_AUTH_TOKEN", "${" + TOKEN + "}"),
            List.of("VOBIZ_AUTH_TOKEN has a placeholder")),
        argumentSet(
            "token with the beginning of a placeholder",
            with("VOBIZ_AUTH_TOKEN", TOKEN + "${x"),
            List.of("VOBIZ_AUTH_TOKEN contains ${")),
        argumentSet(
            "token that refers to itself",
            with("VOBIZ_AUTH_TOKEN", "${VOBIZ_AUTH_TOKEN}"),
            List.of("VOBIZ_AUTH_TOKEN contains ${")),
        argumentSet(
            "token elsewhere with a placeholder",
            with("VOBIZ_AUTH_TOKEN", "${OTHER}", "OTHER", TOKEN + "${HOME}", "HOME", "/root"),
            List.of("VOBIZ_AUTH_TOKEN contains ${")),
        argumentSet(
            "setting that refers to itself",
            with("VOBIZ_BASE_URL", "${VOBIZ_BASE_URL}"),
            List.of("VOBIZ_BASE_URL has a placeholder")),
        argumentSet(
            "one setting in two spellings",
            with("VOBIZ_DRY_RUN", "true", "VOBIZ_DRYRUN", "false"),
            List.of("VOBIZ_DRYRUN", "VOBIZ_DRY_RUN", "the same setting with different values")),
        argumentSet(
            "one token in two spellings",
            with("VOBIZ_AUTHTOKEN", "another"),
            List.of("VOBIZ_AUTHTOKEN", "VOBIZ_AUTH_TOKEN", "the same setting")),
        argumentSet(
            "one setting in upper and lower case",
            with("vobiz_dryrun", "true", "VOBIZ_DRYRUN", "false"),
            List.of("VOBIZ_DRYRUN", "vobiz_dryrun", "the same setting")),
        argumentSet(
            "settings in place of the worker's own",
            with("SPRING_CONFIG_LOCATION", "optional:file:/etc/worker/"),
            List.of("spring.config.location")),
        argumentSet(
            "settings of another name",
            with("SPRING_CONFIG_NAME", "worker"),
            List.of("application.yaml in the jar, were not read", "additional-location")),
        argumentSet(
            "token file at a place that cannot be",
            with("VOBIZ_AUTH_TOKEN", null, "VOBIZ_AUTH_TOKEN_FILE", "/run/\0/token"),
            List.of("token file of account \"default\"", "UTF-8 locale")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void stopsWithASentenceThatNamesTheSetting(
      Map<String, String> environment, List<String> sentences, CapturedOutput output) {
    assertThatThrownBy(() -> start(environment).close()).isNotNull();

    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START", "Description:", "Action:")
        .contains(sentences)
        .doesNotContain("\tat ")
        .doesNotContain(TOKEN);
  }

  @Test
  void refusesReflectionThroughNativeCode_withWhichNoJobWouldEnd(CapturedOutput output) {
    System.setProperty("jdk.reflect.useNativeAccessorOnly", "true");
    try {
      assertThatThrownBy(() -> start(with()).close()).isNotNull();
    } finally {
      System.clearProperty("jdk.reflect.useNativeAccessorOnly");
    }

    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START", "Start it without this option (JAVA_OPTS")
        .doesNotContain("\tat ");
  }

  static Stream<Arguments> refusedFiles() {
    return Stream.of(
        file("application.yaml", "vobiz.guard.protected-names: 0123", " is not a text", "quotes"),
        file("application.yaml", "vobiz.guard.protected-names: 12:30", " is not a text"),
        file("application.yaml", "vobiz.guard.allowed-names: [a, no]", "[1] is not a text"),
        file(
            "application.yaml",
            "vobiz: {guard: {accounts: {default: {protected-names: 1.10}}}}",
            " is not a text"),
        file("application.yaml", "vobiz.auth-token: 01234567", "vobiz.auth-token is not a text"),
        file(
            "application.yaml", "vobiz.guard.protected-names: |\n  Board*\n  Crisis", "line break"),
        file(
            "application.yaml",
            "vobiz.guard.protected-names: []",
            "vobiz.guard.protected-names is empty"),
        file(
            "application.yaml",
            "vobiz.guard.protected-names:",
            "vobiz.guard.protected-names is empty"),
        file("application.yaml", "vobiz.http.total-timeout: 3", "a duration without a unit"),
        file(
            "application.yaml",
            "vobiz.http.total-timeout: 1:30",
            "is 90, a duration without a unit"),
        file("application.yaml", "vobiz: {dry-run: true, dryRun: false}", "the same setting"),
        file(
            "application.yaml",
            "vobiz.accounts: {branch-eu: {auth-id: MA_1, auth-token: x}, brancheu: {auth-id: MA_1, auth-token: x}}",
            "\"branch-eu\" and \"brancheu\""),
        file(
            "application.yaml",
            "vobiz.accounts.Default: {auth-id: MA_1, auth-token: x}",
            "\"default\" and \"Default\""),
        file(
            "application.properties",
            "vobiz.guard.protected-names=B\u00FCro*",
            "wrong encoding",
            "UTF-8"),
        file(
            "application.properties",
            "\uFEFFvobiz.guard.protected-names=Board*",
            "Unknown setting"),
        file(
            "application.yaml",
            "vobiz.guard.protected-names: *Board",
            "line 1, column 30",
            "in quotes"),
        file(
            "application.yaml",
            "vobiz:\n  dry-run: true\n  dry-run: false\n",
            "YAML",
            "line 3, column 3"),
        file(
            "application.properties",
            "vobiz.dry-run=true\nvobiz.dry-run=false",
            "vobiz.dry-run occurs twice in one file"),
        file(
            "application.properties",
            "vobiz.guard.max-per-minute=30 # in a minute",
            "vobiz.guard.max-per-minute"));
  }

  private static Arguments file(String name, String content, String... sentences) {
    return argumentSet(content, name, content, List.of(sentences));
  }

  @ParameterizedTest
  @MethodSource("refusedFiles")
  void stopsWithASentence_whenAFileHasWhatCannotBeMeant(
      String name,
      String content,
      List<String> sentences,
      @TempDir Path directory,
      CapturedOutput output)
      throws IOException {
    Files.writeString(directory.resolve(name), content);

    assertThatThrownBy(
            () ->
                start(with("SPRING_CONFIG_ADDITIONAL_LOCATION", "file:" + directory + "/")).close())
        .isNotNull();

    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START")
        .contains(sentences)
        .doesNotContain("\tat ")
        .doesNotContain(TOKEN);
  }

  @Test
  void starts_withSettingsThatLookAlikeButAreMeant(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("application.properties"),
        """
        vobiz.guard.accounts.default.protected-names=B\\u00FCro*,\\
          's-Hertogenbosch, Yesterday's call, $5 lunch, {x}, 12:30
        """);
    try (var worker =
        start(
            with(
                "VOBIZ_AUTH_TOKEN", "${MY_TOKEN}",
                "MY_TOKEN", "a\\${b}",
                "VOBIZ_AUTHTOKEN", "${MY_TOKEN}",
                "VOBIZ_GUARD_PROTECTEDNAMES", "B\u00FCro [2], The \"X\" and \"Y\"!,\u00C9t\u00E9",
                "vobiz_dryrun", "true",
                "SPRING_CONFIG_ADDITIONAL_LOCATION", "file:" + directory + "/"))) {
      assertThat(worker.getBean(VobizAccounts.class).find("default").orElseThrow().authToken())
          .isEqualTo("a${b}");
      var settings = worker.getBean(VobizProperties.class);
      assertThat(settings.dryRun()).isTrue();
      assertThat(settings.guard().of("default").protectedNames())
          .containsExactly(
              "B\u00FCro [2]",
              "The \"X\" and \"Y\"!",
              "\u00C9t\u00E9",
              "B\u00FCro*",
              "'s-Hertogenbosch",
              "Yesterday's call",
              "$5 lunch",
              "{x}",
              "12:30");
    }
  }

  @Test
  void starts_withEverySpellingOfTheSettings_andWhatKubernetesAdds() {
    try (var worker =
        start(
            with(
                "VOBIZ_HTTP_TOTAL_TIMEOUT", "7s",
                "VOBIZ_HTTP_RESPONSETIMEOUT", "6s",
                "VOBIZ_ACCOUNTS_SALES_AUTHID", "MA_2",
                "VOBIZ_ACCOUNTS_SALES_AUTHTOKEN", "t2",
                "VOBIZ_ACCOUNTS_SUPPORT_AUTH_ID", "MA_3",
                "VOBIZ_ACCOUNTS_SUPPORT_AUTH_TOKEN", "t3",
                "VOBIZ_BASE_URL", "https://[::1]:8443/",
                "VOBIZ_GUARD_PROTECTEDNAMES", "Board*,Crisis",
                "VOBIZ_GUARD_ALLOWED_NAMES", "test-*",
                "VOBIZ_GUARD_ACCOUNTS_SALES_MAX_PER_MINUTE", "5",
                "VOBIZ_DRY_RUN", "true",
                "VOBIZ_HTTP_CONNECTIONTIMETOLIVE", "8s",
                "VOBIZ_LIMIT_CALLSPERSECOND", "58.5",
                "VOBIZ_LIMIT_ACCOUNTS_SALES_MAX_CONCURRENT_CALLS", "5",
                "VOBIZ_HTTP_PROXY_URL", "http://proxy:3128",
                "VOBIZ_CONFERENCE_WORKER_SERVICE_HOST", "10.0.0.1",
                "VOBIZ_CONFERENCE_WORKER_PORT", "tcp://10.0.0.1:9600",
                "VOBIZ_CONFERENCE_WORKER_PORT_9600_TCP_ADDR", "10.0.0.1"))) {
      assertThat(worker.getBean(VobizAccounts.class).names())
          .containsExactly("default", "sales", "support");
      var settings = worker.getBean(VobizProperties.class);
      assertThat(settings.dryRun()).isTrue();
      assertThat(settings.guard().protectedNames()).containsExactly("Board*", "Crisis");
      assertThat(settings.guard().allowedNames()).containsExactly("test-*");
      assertThat(settings.guard().of("sales").maxPerMinute()).isEqualTo(5);
      assertThat(settings.http().proxy().url()).isEqualTo("http://proxy:3128");
      assertThat(settings.http().totalTimeout()).isEqualTo(Duration.ofSeconds(7));
      assertThat(settings.http().responseTimeout()).isEqualTo(Duration.ofSeconds(6));
      assertThat(settings.http().connectionTimeToLive()).isEqualTo(Duration.ofSeconds(8));
    }
  }

  @Test
  void sendsTheTokenUnencrypted_onlyIfSomebodySaysSo() {
    try (var worker =
        start(with("VOBIZ_BASE_URL", "http://api.example", "VOBIZ_ALLOWUNENCRYPTED", "true"))) {
      assertThat(worker.isRunning()).isTrue();
    }
  }

  /** Spring reads such names from the environment only; elsewhere they would mean nothing. */
  @Test
  void refusesTheNameOfAVariable_whereItIsNone(CapturedOutput output) {
    assertThatThrownBy(
            () ->
                new SpringApplicationBuilder(VobizConferenceWorker.class)
                    .run(
                        "--VOBIZ_DRYRUN=true",
                        "--vobiz.auth-id=MA_1",
                        "--vobiz.auth-token=t",
                        "--server.port=0")
                    .close())
        .isNotNull();

    assertThat(output.getAll()).contains("Unknown setting: VOBIZ_DRYRUN");
  }

  @Test
  void refusesAPortForEventsThatIsTaken(CapturedOutput output) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
          () ->
              start(
                  with(
                      "VOBIZ_EVENTS_PORT",
                      Integer.toString(taken.getLocalPort()),
                      "VOBIZ_EVENTS_ADDRESS",
                      "127.0.0.1",
                      "VOBIZ_EVENTS_PUBLICURL",
                      EVENTS_URL)));

      assertThat(output.getAll())
          .contains("cannot listen on port " + taken.getLocalPort() + " of 127.0.0.1: ")
          .contains("Set vobiz.events.port to a free port");
    }
  }
}
