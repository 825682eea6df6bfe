package org.conferenceworker.designer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeHeader;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeOutput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeProperty;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.tasks.hangup.HangUpResult;
import org.conferenceworker.vobiz.ConferenceName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The template is valid, and template, worker and shipped process speak of the same things. */
class TemplateTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMA =
      Path.of("src/test/resources/schema/zeebe-element-templates-0.46.0.json");

  private static JsonNode template;
  private static BpmnModelInstance process;

  @BeforeAll
  static void read() throws IOException {
    template = JSON.readTree(new File("element-templates/hang-up-conference.json"));
    process = Bpmn.readModelFromFile(new File("bpmn/hang-up-conference.bpmn"));
  }

  private static Stream<JsonNode> properties() {
    return StreamSupport.stream(template.get("properties").spliterator(), false);
  }

  private static JsonNode property(String bindingType, String field, String value) {
    return properties()
        .filter(p -> p.at("/binding/type").asText().equals(bindingType))
        .filter(p -> p.at("/binding/" + field).asText().equals(value))
        .findFirst()
        .orElseThrow();
  }

  private static ServiceTask task() {
    return process.getModelElementsByType(ServiceTask.class).iterator().next();
  }

  @Test
  void templateFitsTheSchema() throws IOException {
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(SCHEMA));

    assertThat(schema.validate(template)).isEmpty();
    // That the schema does look: a key that it does not know.
    var broken = template.deepCopy();
    ((ObjectNode) broken.get("properties").get(1)).put("type", "Strnig");
    assertThat(schema.validate(broken)).isNotEmpty();
  }

  @Test
  void templateSpeaksOfWhatTheWorkerReads() {
    assertThat(property("zeebe:taskDefinition", "property", "type").get("value").asText())
        .isEqualTo("vobiz:hang-up-conference:1");
    assertThat(
            properties()
                .filter(p -> p.at("/binding/type").asText().equals("zeebe:input"))
                .map(p -> p.at("/binding/name").asText()))
        .containsExactlyInAnyOrder(
            Inputs.CONFERENCE_NAME,
            Inputs.ACCOUNT,
            Inputs.VALID_FOR,
            Inputs.REQUESTED_AT,
            Inputs.RETRY_BACKOFF);
    assertThat(
            properties()
                .filter(p -> p.at("/binding/type").asText().equals("zeebe:taskHeader"))
                .map(p -> p.at("/binding/key").asText()))
        .containsExactlyInAnyOrder(
            Inputs.ON_NOT_FOUND, "elementTemplateId", "elementTemplateVersion");
    assertThat(
            property("zeebe:taskHeader", "key", Inputs.ON_NOT_FOUND)
                .get("choices")
                .findValuesAsText("value"))
        .containsExactlyElementsOf(
            Arrays.stream(OnNotFound.values()).map(OnNotFound::headerValue).toList());
    assertThat(property("zeebe:input", "name", Inputs.REQUESTED_AT).get("value").asText())
        .isEqualTo("=now()");
    assertThat(properties().filter(p -> p.at("/binding/type").asText().equals("zeebe:output")))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.at("/binding/source").asText()).isEqualTo("=" + "hangUpResult");
              assertThat(p.get("value").asText()).isEqualTo("hangUpResult");
            });
  }

  @Test
  void templateKnowsItsId() {
    assertThat(template.get("id").asText()).isEqualTo("org.conferenceworker.HangUpConference.v1");
  }

  @Test
  void templateNamesTheErrorCodes_whereTheyAreChosen() {
    assertThat(property("zeebe:taskHeader", "key", Inputs.ON_NOT_FOUND).get("description").asText())
        .contains("CONFERENCE_NOT_FOUND");
    assertThat(property("zeebe:input", "name", Inputs.VALID_FOR).get("description").asText())
        .contains("HANG_UP_TOO_LATE");
  }

  @Test
  void exampleOutput_hasTheShapeOfTheResult() throws IOException {
    JsonNode example =
        JSON.readTree(
                property("zeebe:property", "name", "camundaModeler:exampleOutputJson")
                    .get("value")
                    .asText())
            .get("hangUpResult");

    HangUpResult result = JSON.treeToValue(example, HangUpResult.class);
    assertThat(JSON.valueToTree(result).equals(example)).isTrue();
  }

  private static boolean takes(String input, String literal) {
    String pattern =
        property("zeebe:input", "name", input).at("/constraints/pattern/value").asText();
    return Pattern.compile(pattern).matcher(literal).find();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Team meeting",
        "sales/emea",
        "a\\b",
        "...",
        "a/.b",
        "100%",
        "Sales;EMEA",
        "a?b",
        "Room #1",
        " x ",
        "📞 Süd",
        "a%2Fb",
        "Member",
        "Members/Berlin",
        "x/Memberships"
      })
  void takesAName_thatTheWorkerTakes(String name) {
    assertThat(takes(Inputs.CONFERENCE_NAME, name)).isTrue();
    assertThat(new ConferenceName(name).value()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u00a0",
        "\u200b",
        "tab\tin it",
        ".",
        "..",
        " .. ",
        "/",
        "//",
        "a//b",
        "/a",
        "a/",
        "a/..",
        "../a",
        "a\\..",
        "a/ /b",
        "?x",
        "#42",
        ";v=1",
        "; drop",
        ".;x",
        "..;",
        "a/..;b",
        "a/?b",
        "%2e%2e",
        "%2F",
        "a/%2e%2e",
        "a/%252E%252e",
        "%20",
        "%3Bx",
        "a%2f..",
        "a%5c..",
        "a/Member/17",
        "a/member/all",
        "a/Record",
        "a/PLAY",
        "a%2FMember",
        "a/Kick;x",
        "a/Recordings",
        "a/unmute",
        "a/hangup",
        "a/+/b",
        "a\u2215.."
      })
  void refusesAName_thatTheWorkerRefuses(String name) {
    assertThat(takes(Inputs.CONFERENCE_NAME, name)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new ConferenceName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PT1S",
        "PT10M",
        "PT1H",
        "P1D",
        "P1DT12H",
        "PT90S",
        "PT36H",
        "PT1H30M",
        "P0DT1S",
        "P90DT48H",
        "P364DT23H59M59S",
        "P365D",
        "PT999H",
        "PT1000H",
        "PT8760H",
        "PT525600M",
        "PT31536000S"
      })
  void takesADuration_aboveZeroAndUpTo365Days(String duration) {
    assertThat(takes(Inputs.VALID_FOR, duration)).isTrue();
    assertThat(takes(Inputs.RETRY_BACKOFF, duration)).isTrue();
    assertThat(Duration.parse(duration)).isBetween(Duration.ofSeconds(1), Duration.ofDays(365));
  }

  /** The panel has no switch to an expression here, which would make null of a duration. */
  @ParameterizedTest
  @ValueSource(strings = {"=\"\"", "=\"PT10M\"", "=limit", "=Period", "=if a then \"PT1H\" else b"})
  void takesAnExpressionForADuration(String expression) {
    assertThat(property("zeebe:input", "name", Inputs.VALID_FOR).has("feel")).isFalse();
    assertThat(takes(Inputs.VALID_FOR, expression)).isTrue();
    assertThat(takes(Inputs.RETRY_BACKOFF, expression)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=",
        "=PT10M",
        "= PT1H ",
        "=P1D",
        "",
        "P",
        "PT",
        "P1DT",
        "1h",
        "60",
        "P1W",
        "P1M",
        "PT1.5H",
        "-PT1H",
        "PT-1H",
        "PT1H30",
        "PT0S",
        "P0D",
        "PT00H",
        "P0DT0H0M0S",
        "P366D",
        "P365DT1S",
        "P364DT24H",
        "PT8761H",
        "PT525601M",
        "PT31536001S",
        "P1000D",
        "PT99999H"
      })
  void refusesAnyOtherDuration(String duration) {
    assertThat(takes(Inputs.VALID_FOR, duration)).isFalse();
    assertThat(takes(Inputs.RETRY_BACKOFF, duration)).isFalse();
  }

  @Test
  void shippedProcess_isWhatTheTemplateMakes() {
    ServiceTask task = task();
    assertThat(attribute(task, "modelerTemplate")).isEqualTo(template.get("id").asText());
    assertThat(attribute(task, "modelerTemplateVersion"))
        .isEqualTo(template.get("version").asText());
    assertThat(attribute(task, "modelerTemplateIcon"))
        .isEqualTo(template.at("/icon/contents").asText());

    ZeebeTaskDefinition definition = task.getSingleExtensionElement(ZeebeTaskDefinition.class);
    assertThat(definition.getType()).isEqualTo("vobiz:hang-up-conference:1");
    assertThat(definition.getRetries())
        .isEqualTo(property("zeebe:taskDefinition", "property", "retries").get("value").asText());

    Map<String, String> inputs =
        task.getSingleExtensionElement(ZeebeIoMapping.class).getInputs().stream()
            .collect(Collectors.toMap(ZeebeInput::getTarget, ZeebeInput::getSource));
    Map<String, String> expected =
        properties()
            .filter(p -> p.at("/binding/type").asText().equals("zeebe:input"))
            .collect(
                Collectors.toMap(
                    p -> p.at("/binding/name").asText(),
                    // The name is the one thing that the designer has to fill in.
                    p -> p.has("value") ? p.get("value").asText() : "=conferenceName"));
    assertThat(inputs).isEqualTo(expected);

    assertThat(
            process.getModelElementsByType(ZeebeHeader.class).stream()
                .collect(Collectors.toMap(ZeebeHeader::getKey, ZeebeHeader::getValue)))
        .isEqualTo(
            properties()
                .filter(p -> p.at("/binding/type").asText().equals("zeebe:taskHeader"))
                .collect(
                    Collectors.toMap(
                        p -> p.at("/binding/key").asText(), p -> p.get("value").asText())));
    assertThat(
            process.getModelElementsByType(ZeebeProperty.class).stream()
                .map(ZeebeProperty::getValue))
        .containsExactly(
            property("zeebe:property", "name", "camundaModeler:exampleOutputJson")
                .get("value")
                .asText());
  }

  @Test
  void shippedProcess_catchesEveryErrorOfTheWorker_andTakesItsVariable() {
    var codes = new TreeMap<String, String>();
    for (BoundaryEvent event : process.getModelElementsByType(BoundaryEvent.class)) {
      var error = (ErrorEventDefinition) event.getEventDefinitions().iterator().next();
      ZeebeOutput output =
          event.getSingleExtensionElement(ZeebeIoMapping.class).getOutputs().iterator().next();
      codes.put(error.getError().getErrorCode(), output.getSource());
    }

    assertThat(codes)
        .isEqualTo(
            Map.of(
                "CONFERENCE_NOT_FOUND", "=" + "hangUpError",
                "HANG_UP_TOO_LATE", "=" + "hangUpError"));
  }

  @Test
  void shippedProcess_saysForWhichEngineItIs() {
    assertThat(
            process
                .getDefinitions()
                .getAttributeValueNs(
                    "http://camunda.org/schema/modeler/1.0", "executionPlatformVersion"))
        .isEqualTo("8.8.0");
    assertThat(template.at("/engines/camunda").asText()).isEqualTo("^8.8");
  }

  @Test
  void iconIsSmallEnoughToBeCopiedIntoEveryDiagram() {
    assertThat(template.at("/icon/contents").asText())
        .startsWith("data:image/svg+xml")
        .doesNotContain("#")
        .hasSizeLessThan(8 * 1024);
  }

  private static String attribute(ServiceTask task, String name) {
    return task.getAttributeValueNs("http://camunda.org/schema/zeebe/1.0", name);
  }
}
