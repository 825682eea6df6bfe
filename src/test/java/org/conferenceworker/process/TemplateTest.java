package org.conferenceworker.process;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conferenceworker.hangup.HangUpResult;
import org.conferenceworker.hangup.HangUpTask;
import org.conferenceworker.hangup.OnNotFound;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
        .isEqualTo(HangUpTask.JOB_TYPE);
    assertThat(
            properties()
                .filter(p -> p.at("/binding/type").asText().equals("zeebe:input"))
                .map(p -> p.at("/binding/name").asText()))
        .containsExactlyInAnyOrder(
            HangUpTask.CONFERENCE_NAME,
            HangUpTask.ACCOUNT,
            HangUpTask.VALID_FOR,
            HangUpTask.REQUESTED_AT,
            "retryBackoff");
    assertThat(
            properties()
                .filter(p -> p.at("/binding/type").asText().equals("zeebe:taskHeader"))
                .map(p -> p.at("/binding/key").asText()))
        .containsExactlyInAnyOrder(
            HangUpTask.ON_NOT_FOUND, "elementTemplateId", "elementTemplateVersion");
    assertThat(
            property("zeebe:taskHeader", "key", HangUpTask.ON_NOT_FOUND)
                .get("choices")
                .findValuesAsText("value"))
        .containsExactlyElementsOf(
            Arrays.stream(OnNotFound.values()).map(OnNotFound::headerValue).toList());
    assertThat(property("zeebe:input", "name", HangUpTask.REQUESTED_AT).get("value").asText())
        .isEqualTo("=now()");
    assertThat(properties().filter(p -> p.at("/binding/type").asText().equals("zeebe:output")))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.at("/binding/source").asText()).isEqualTo("=" + HangUpTask.RESULT);
              assertThat(p.get("value").asText()).isEqualTo(HangUpTask.RESULT);
            });
  }

  @Test
  void templateKnowsItself() {
    assertThat(template.get("id").asText())
        .isEqualTo("org.conferenceworker.HangUpConference.v1")
        .isEqualTo(property("zeebe:taskHeader", "key", "elementTemplateId").get("value").asText());
    assertThat(template.get("version").asText())
        .isEqualTo(
            property("zeebe:taskHeader", "key", "elementTemplateVersion").get("value").asText());
  }

  @Test
  void templateNamesTheErrorCodes_whereTheyAreChosen() {
    assertThat(
            property("zeebe:taskHeader", "key", HangUpTask.ON_NOT_FOUND)
                .get("description")
                .asText())
        .contains(HangUpTask.CONFERENCE_NOT_FOUND);
    assertThat(property("zeebe:input", "name", HangUpTask.VALID_FOR).get("description").asText())
        .contains(HangUpTask.HANG_UP_TOO_LATE);
  }

  @Test
  void exampleOutput_hasTheShapeOfTheResult() throws IOException {
    JsonNode example =
        JSON.readTree(
                property("zeebe:property", "name", "camundaModeler:exampleOutputJson")
                    .get("value")
                    .asText())
            .get(HangUpTask.RESULT);

    HangUpResult result = JSON.treeToValue(example, HangUpResult.class);
    assertThat(JSON.valueToTree(result).equals(example)).isTrue();
  }

  @Test
  void defaultsPassTheirOwnConstraints() {
    properties()
        .filter(p -> p.has("value") && p.at("/constraints/pattern").isObject())
        .forEach(
            p ->
                assertThat(p.get("value").asText())
                    .as(p.get("id").asText())
                    .matches(Pattern.compile(p.at("/constraints/pattern/value").asText())));
    properties()
        .filter(p -> p.has("choices"))
        .forEach(
            p ->
                assertThat(p.get("choices").findValuesAsText("value"))
                    .contains(p.get("value").asText()));
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
    assertThat(definition.getType()).isEqualTo(HangUpTask.JOB_TYPE);
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
                HangUpTask.CONFERENCE_NOT_FOUND, "=" + HangUpTask.ERROR,
                HangUpTask.HANG_UP_TOO_LATE, "=" + HangUpTask.ERROR));
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
