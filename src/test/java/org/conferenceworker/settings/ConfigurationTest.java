package org.conferenceworker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.client.spring.properties.CamundaClientProperties;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.conferenceworker.VobizConferenceWorker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The settings as they are described: complete, and true. */
class ConfigurationTest {

  /** {@code ./mvnw test -Dtest=ConfigurationTest -Ddocs.apply=true} writes the table. */
  private static final boolean APPLY = Boolean.getBoolean("docs.apply");

  private static final Path TABLE = Path.of("docs", "configuration.md");

  private static final String ABOUT =
      """
      # Every vobiz.* setting

      Generated from the metadata in the jar with which development environments complete settings; a test keeps them equal. Do not edit
      it; change the documentation of `VobizProperties` and run `./mvnw test -Dtest=ConfigurationTest -Ddocs.apply=true`.

      A dash of a setting may be left out of its environment variable, as below, or be an underscore: `VOBIZ_AUTH_ID`.

      The settings of the connection to Camunda are the starter's own
      [`camunda.client.*`](https://docs.camunda.io/docs/apis-tools/camunda-spring-boot-starter/configuration/). `max-connections` follows
      `camunda.client.worker.defaults.max-jobs-active` unless it is set.

      ## How to write values

      | Where | How |
      |---|---|
      | shell | `export VOBIZ_GUARD_PROTECTEDNAMES='Board*,Crisis room'`: the shell takes the quotes away |
      | `docker run --env-file` | `VOBIZ_GUARD_PROTECTEDNAMES=Board*,Crisis room`: without quotes, which would be part of the value |
      | systemd `EnvironmentFile` | `VOBIZ_GUARD_PROTECTEDNAMES="Board*,Crisis room"`: systemd takes the quotes away |
      | Kubernetes | `VOBIZ_GUARD_PROTECTEDNAMES: "Board*,Crisis room"`: as in YAML, on one line |
      | YAML file | `protected-names: ["Board*", "0123", "no"]`: every name in quotes, or YAML makes numbers, times and yes/no of some; a name with a comma is an entry of such a list |
      | `.properties` file | `vobiz.guard.protected-names=Board*,B\\u00FCro*`: without quotes, letters beyond ASCII as escapes |

      - Letters beyond ASCII in environment variables need a UTF-8 locale, such as `LC_ALL=C.UTF-8`. What [`deploy/`](../deploy/README.md) has sets it.
      - A duration has a unit: `500ms`, `3s`, `2m`, or `PT3S`. Without one it is refused, also in `camunda.client.*` and
        `spring.lifecycle.timeout-per-shutdown-phase`.
      - `${NAME}` stands for another setting or variable; one that is not set, or comes to nothing, is refused. A token may be such a reference as a whole; a `${` that is
        part of a token is written `\\${`. In the file that `auth-token-file` names it is left as it is.
      - A token file is UTF-8, with or without byte order mark, and has the token alone; line ends and spaces around it do not count.
      - A setting is written in one way: two spellings in one place with different values are refused, and so are two accounts whose names differ in case or
        punctuation only.
      - Files of your own are added with `SPRING_CONFIG_ADDITIONAL_LOCATION`; `SPRING_CONFIG_LOCATION` would leave out the worker's own settings, and is refused.
      - Account profiles with the same auth id are one account at Vobiz. They share limits, of which the lowest counts, and guard rails: a name is protected if it is for
        one of them, and allowed if it is for each of them.
      - What the worker has understood is in its log at the start, a line for each account, and under `/actuator/info`.

      ## For single tasks

      - A task whose `vobiz.tasks.<task>.enabled` is `false` is [left to other workers](operations/run.md#which-tasks): its jobs wait in the engine. At least one task must stay on.
      - *Hang up all conferences* does nothing for an account that `vobiz.hang-up-all.accounts` does not list by the name of its profile ([why](operations/run.md#hang-up-all)). A name in
        the list that is no account profile stops the start.
      - `vobiz.announcement.margin`, from `0s` to `5m`, is what *Play announcement* adds to the length of the audio in `announcementResult.waitFor`.

      ## For conference events

      [Conference events](events.md) explains them; these are the rules beyond the table below.

      - `vobiz.events.port` switches the endpoint on, and needs `vobiz.events.public-url`; one without the other stops the start. The port is not that of health and metrics.
      - The public URL is https, or http with a loopback address; it has a scheme, a host, perhaps a port, and a path without `.`, `..` and `//`. A slash at its end does not count.
      - `vobiz.events.publish` has one or more of `empty`, `member-joined` and `member-left`.
      - `vobiz.events.message-ttl` is from `0s` to `1h`.
      - Either `vobiz.events.main-auth-token` or `vobiz.events.main-auth-token-file`; the file is read as that of `auth-token-file`.

      ## Settings

      | Setting | Environment variable | Default | Meaning |
      |---|---|---|---|
      """;

  private record Setting(String name, boolean isMap, String defaultValue, String description) {

    String row() {
      return "| `%s` | `%s` | %s | %s |\n"
          .formatted(
              isMap ? name + ".<name>.…" : name,
              name.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_')
                  + (isMap ? "_<NAME>_…" : ""),
              defaultValue.isEmpty() ? "" : "`" + defaultValue + "`",
              description.replace("|", "\\|").replace("*", "\\*"));
    }
  }

  private static Map<String, Setting> metadata() throws IOException {
    var settings = new TreeMap<String, Setting>();
    try (var in =
        VobizProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : new ObjectMapper().readTree(in).get("properties")) {
        String name = property.get("name").asText();
        settings.put(
            name,
            new Setting(
                name,
                property.get("type").asText().startsWith("java.util.Map"),
                property.path("defaultValue").asText(),
                property.path("description").asText()));
      }
    }
    return settings;
  }

  @Test
  void everySetting_hasADescription_thatReadsAsText() throws IOException {
    Map<String, Setting> metadata = metadata();

    assertThat(metadata.keySet())
        .containsExactlyInAnyOrderElementsOf(names("vobiz", VobizProperties.class));
    assertThat(metadata.values())
        .allSatisfy(
            setting ->
                assertThat(setting.description())
                    .as(setting.name())
                    .isNotBlank()
                    .doesNotContain("{@", "<"));
  }

  private static List<String> names(String prefix, Class<?> properties) {
    var names = new ArrayList<String>();
    for (RecordComponent component : properties.getRecordComponents()) {
      String name =
          prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      if (component.getType().isRecord()) {
        names.addAll(names(name, component.getType()));
      } else {
        names.add(name);
      }
    }
    return names;
  }

  @Test
  void theTableInTheDocumentation_hasEverySetting() throws IOException {
    var table = new StringBuilder(ABOUT);
    metadata().values().forEach(setting -> table.append(setting.row()));
    if (APPLY) {
      Files.writeString(TABLE, table);
    }
    assertThat(TABLE)
        .as("run ./mvnw test -Dtest=ConfigurationTest -Ddocs.apply=true")
        .hasContent(table.toString());
  }

  /**
   * The variables that the shell blocks of the README and the operators' guide export, block by
   * block.
   */
  private static List<Map<String, String>> blocks() {
    try {
      String readme =
          Files.readString(Path.of("README.md"))
              + Files.readString(Path.of("docs", "operations", "run.md"));
      return Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
          .matcher(readme)
          .results()
          .map(block -> exports(block.group(1)))
          .filter(variables -> !variables.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> exports(String block) {
    var variables = new HashMap<String, String>();
    Pattern.compile("(?m)^export (\\w+)=('([^']*)'|\\S*)")
        .matcher(block)
        .results()
        .forEach(
            (MatchResult e) ->
                variables.put(e.group(1), e.group(3) == null ? e.group(2) : e.group(3)));
    return variables;
  }

  private static Map<String, String> blockWith(String variable, String value) {
    return blocks().stream()
        .filter(block -> value.equals(block.get(variable)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No block sets " + variable + "=" + value));
  }

  static Stream<Arguments> setUps() {
    var plain = blockWith("CAMUNDA_CLIENT_AUTH_METHOD", "none");
    var oidc = new HashMap<>(plain);
    oidc.putAll(blockWith("CAMUNDA_CLIENT_AUTH_METHOD", "oidc"));
    var guarded = new HashMap<>(plain);
    guarded.putAll(blockWith("VOBIZ_DRYRUN", "true"));
    return Stream.of(
        argumentSet("local", plain, "self-managed", "none"),
        argumentSet("self-managed with OIDC", oidc, "self-managed", "oidc"),
        argumentSet("SaaS", blockWith("CAMUNDA_CLIENT_MODE", "saas"), "saas", "oidc"),
        argumentSet("guard rails", guarded, "self-managed", "none"));
  }

  @ParameterizedTest
  @MethodSource("setUps")
  void everySetUpOfTheDocumentation_isTakenAsItStands(
      Map<String, String> block, String mode, String method) {
    var variables = new HashMap<String, Object>(block);
    // Where the reader has to fill in something.
    variables.replaceAll((name, value) -> value.equals("...") ? "filled-in" : value);
    variables.remove("MANAGEMENT_SERVER_PORT");
    variables.put("SERVER_PORT", "0");
    variables.put("SERVER_ADDRESS", "127.0.0.1");
    variables.put("VOBIZ_CHECK_ONSTART", "false");
    // Nobody is asked for a token, and nothing is connected to.
    variables.put("CAMUNDA_CLIENT_WORKER_DEFAULTS_ENABLED", "false");
    variables.put("LOGGING_LEVEL_IO_CAMUNDA", "off");
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));

    try (var worker =
        new SpringApplicationBuilder(VobizConferenceWorker.class).environment(environment).run()) {
      var camunda = worker.getBean(CamundaClientProperties.class);
      assertThat(camunda.getMode().name()).isEqualToIgnoringCase(mode.replace("-", ""));
      assertThat(camunda.getAuth().getMethod().name()).isEqualToIgnoringCase(method);
      if (block.containsKey("CAMUNDA_CLIENT_AUTH_CLIENTID")) {
        assertThat(camunda.getAuth().getClientId()).isNotBlank();
        assertThat(camunda.getAuth().getClientSecret()).isEqualTo("filled-in");
      }
      if (block.containsKey("CAMUNDA_CLIENT_CLOUD_REGION")) {
        assertThat(camunda.getCloud().getRegion()).isEqualTo("bru-2");
        assertThat(camunda.getCloud().getClusterId()).isEqualTo("filled-in");
      }
      if (block.containsKey("CAMUNDA_CLIENT_GRPCADDRESS")) {
        assertThat(camunda.getGrpcAddress()).hasToString(block.get("CAMUNDA_CLIENT_GRPCADDRESS"));
      }
      if (block.containsKey("VOBIZ_DRYRUN")) {
        var vobiz = worker.getBean(VobizProperties.class);
        assertThat(vobiz.dryRun()).isTrue();
        assertThat(vobiz.guard().protectedNames()).containsExactly("Board*", "Crisis room");
        assertThat(vobiz.guard().maxPerMinute()).isEqualTo(30);
      }
    }
  }
}
