package org.conferenceworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.vobiz.VobizAccounts;
import org.conferenceworker.vobiz.VobizProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
            "quoted token", with("VOBIZ_AUTH_TOKEN", TOKEN + "\n"), List.of("VOBIZ_AUTH_TOKEN")),
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
            "no URL", with("VOBIZ_BASE_URL", "not a url"), List.of("VOBIZ_BASE_URL", "is no URL")),
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
            List.of("VOBIZ_ACCOUNTS_SALES_TOKEN")));
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
}
