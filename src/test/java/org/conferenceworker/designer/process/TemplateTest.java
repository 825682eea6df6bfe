package org.conferenceworker.designer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.conferenceworker.designer.ShippedEvent.CONFERENCE_IS_EMPTY;
import static org.conferenceworker.designer.ShippedTemplate.HANG_UP;
import static org.conferenceworker.designer.ShippedTemplate.HANG_UP_ALL;
import static org.conferenceworker.designer.ShippedTemplate.KICK_MEMBER;
import static org.conferenceworker.designer.ShippedTemplate.LOOK_UP;
import static org.conferenceworker.designer.ShippedTemplate.PLAY_ANNOUNCEMENT;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.designer.ShippedEvent;
import org.conferenceworker.designer.ShippedTemplate;
import org.conferenceworker.designer.TemplateFile;
import org.conferenceworker.tasks.hangup.HangUpResult;
import org.conferenceworker.tasks.lookup.LookUpResult;
import org.conferenceworker.vobiz.AnnouncementUrl;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.MemberIds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates are valid; templates, worker and shipped process speak of the same things. */
class TemplateTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMA =
      Path.of("src/test/resources/schema/zeebe-element-templates-0.46.0.json");
  private static final Pattern ERROR_CODE = Pattern.compile("\\b[A-Z_]+_(NOT_FOUND|TOO_LATE)\\b");

  private static final Map<ShippedTemplate, Class<?>> RESULTS =
      Map.of(HANG_UP, HangUpResult.class, LOOK_UP, LookUpResult.class);

  private static BpmnModelInstance process;

  @BeforeAll
  static void read() {
    process = Bpmn.readModelFromFile(new File("bpmn/hang-up-conference.bpmn"));
  }

  private static ServiceTask task() {
    return process.getModelElementsByType(ServiceTask.class).iterator().next();
  }

  private static List<String> namesOf(Stream<JsonNode> properties) {
    return properties.map(TemplateFile::nameOf).toList();
  }

  @Test
  void everyTemplateIsKnownHere() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("element-templates"))) {
      assertThat(files.filter(Files::isRegularFile))
          .containsExactlyInAnyOrderElementsOf(
              TemplateFile.all().stream().map(TemplateFile::file).toList());
    }
  }

  private static List<TemplateFile> all() {
    return TemplateFile.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void fitsTheSchema(TemplateFile template) throws IOException {
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(SCHEMA));

    assertThat(schema.validate(template.read())).isEmpty();
    // That the schema does look: a key that it does not know.
    JsonNode broken = template.read();
    ((ObjectNode) broken.get("properties").get(1)).put("type", "Strnig");
    assertThat(schema.validate(broken)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void speaksOfWhatTheWorkerReads(ShippedTemplate template) {
    assertThat(template.read().get("id").asText()).isEqualTo(template.id());
    assertThat(template.bound("zeebe:taskDefinition", "type").get("value").asText())
        .isEqualTo(template.task.jobType());
    assertThat(namesOf(template.bound("zeebe:input")))
        .containsExactlyInAnyOrderElementsOf(template.inputs);
    assertThat(namesOf(template.bound("zeebe:taskHeader")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    template.headers.keySet().stream(),
                    Stream.of("elementTemplateId", "elementTemplateVersion"))
                .toList());
    template.headers.forEach(
        (header, choices) -> {
          assertThat(template.header(header).get("value").asText()).isEqualTo(choices.getFirst());
          assertThat(template.header(header).get("choices").findValuesAsText("value"))
              .containsExactlyInAnyOrderElementsOf(choices);
        });
    assertThat(template.bound("zeebe:output"))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.at("/binding/source").asText())
                  .isEqualTo("=" + template.task.resultVariable());
              assertThat(p.get("value").asText()).isEqualTo(template.task.resultVariable());
            });
  }

  @Test
  void theChoicesForAConferenceThatIsNotFound_areThoseOfTheWorker() {
    assertThat(HANG_UP.headers.get("onNotFound"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(OnNotFound.values()).map(OnNotFound::headerValue).toList());
  }

  /** A designer who has filled in one of them knows the others. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "HANG_UP")
  void asksForTheSame_inTheSameWords(ShippedTemplate template) {
    for (String input : List.of("conferenceName", "account", "retryBackoff")) {
      if (template != HANG_UP_ALL || input.equals("retryBackoff")) {
        assertThat(template.input(input)).isEqualTo(HANG_UP.input(input));
      }
    }
    if (template.inputs.contains("requestedAt")) {
      for (String key : List.of("label", "feel", "value", "constraints", "type", "group")) {
        assertThat(template.input("requestedAt").get(key))
            .as(key)
            .isEqualTo(HANG_UP.input("requestedAt").get(key));
      }
      assertThat(template.input("validFor").get("label"))
          .isEqualTo(HANG_UP.input("validFor").get("label"));
    }
  }

  /** The elements that wait for one message have one name and icon, and say which element it is. */
  @Test
  void noTwoTemplatesAreTakenForEachOther() {
    List<TemplateFile> withoutTheOthersOfAMessage =
        all().stream()
            .filter(t -> !(t instanceof ShippedEvent) || t == CONFERENCE_IS_EMPTY)
            .toList();
    for (String sign : List.of("name", "icon")) {
      assertThat(withoutTheOthersOfAMessage.stream().map(t -> t.read().get(sign)))
          .doesNotHaveDuplicates();
    }
    assertThat(all().stream().map(t -> t.read().get("description"))).doesNotHaveDuplicates();
    assertThat(all().stream().map(t -> t.read().get("category")))
        .containsOnly(HANG_UP.read().get("category"));
  }

  @ParameterizedTest
  @EnumSource
  void namesTheErrorCodes_whereTheyAreChosen_andNoOthers(ShippedTemplate template)
      throws IOException {
    if (template.notFoundCode != null) {
      assertThat(template.header("onNotFound").get("description").asText())
          .contains("error boundary event with the error code " + template.notFoundCode);
    }
    if (template.tooLateCode != null) {
      assertThat(template.input("validFor").get("description").asText())
          .contains("the BPMN error " + template.tooLateCode);
    }
    List<String> named =
        ERROR_CODE
            .matcher(Files.readString(template.file()))
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(template.errorCodes());
    assertThat(Files.readString(template.file()).contains(template.task.errorVariable()))
        .as("says how to keep the details of an error")
        .isEqualTo(!named.isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void namesEveryOutcome(ShippedTemplate template) {
    JsonNode result = template.bound("zeebe:output").findFirst().orElseThrow();

    for (String outcome : template.outcomes()) {
      assertThat(result.get("description").asText()).containsPattern("\\b" + outcome + "\\b");
      assertThat(result.get("tooltip").asText()).contains(outcome + ": ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void exampleOutput_hasTheShapeOfTheResult(ShippedTemplate template) throws IOException {
    JsonNode example = template.exampleOutput().get(template.task.resultVariable());

    assertThat(example.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(template.resultFields());
    assertThat(example.get("outcome").asText()).isEqualTo(template.outcomes().getFirst());
    Class<?> result = RESULTS.get(template);
    if (result != null) {
      String written = JSON.writeValueAsString(JSON.treeToValue(example, result));
      assertThat(JSON.readTree(written).equals(example)).isTrue();
    }
  }

  private static boolean takes(ShippedTemplate template, String input, String literal) {
    String pattern = template.input(input).at("/constraints/pattern/value").asText();
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
    assertThat(takes(HANG_UP, "conferenceName", name)).isTrue();
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
    assertThat(takes(HANG_UP, "conferenceName", name)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new ConferenceName(name));
  }

  @Test
  void aValidityIsReadTheSame_whereverItMayBeLong() {
    for (ShippedTemplate template : List.of(PLAY_ANNOUNCEMENT, KICK_MEMBER)) {
      assertThat(template.input("validFor").get("constraints"))
          .isEqualTo(HANG_UP.input("validFor").get("constraints"));
      assertThat(template.input("validFor").get("tooltip"))
          .isEqualTo(HANG_UP.input("validFor").get("tooltip"));
    }
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
    assertThat(takes(HANG_UP, "validFor", duration)).isTrue();
    assertThat(takes(HANG_UP, "retryBackoff", duration)).isTrue();
    assertThat(Duration.parse(duration)).isBetween(Duration.ofSeconds(1), Duration.ofDays(365));
  }

  /** The panel has no switch to an expression here, which would make null of a duration. */
  @ParameterizedTest
  @ValueSource(strings = {"=\"\"", "=\"PT10M\"", "=limit", "=Period", "=if a then \"PT1H\" else b"})
  void takesAnExpressionForADuration(String expression) {
    for (ShippedTemplate template : ShippedTemplate.values()) {
      for (String input : List.of("validFor", "retryBackoff", "duration")) {
        if (template.inputs.contains(input)) {
          assertThat(template.input(input).has("feel")).isFalse();
          assertThat(takes(template, input, expression)).isTrue();
        }
      }
    }
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
    assertThat(takes(HANG_UP, "validFor", duration)).isFalse();
    assertThat(takes(HANG_UP, "retryBackoff", duration)).isFalse();
    assertThat(takes(PLAY_ANNOUNCEMENT, "duration", duration)).isFalse();
    assertThat(takes(HANG_UP_ALL, "validFor", duration)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PT1S", "PT20S", "PT05S", "PT1M30S", "PT90S", "PT4M59S", "PT5M", "PT300S"})
  void takesADuration_upToFiveMinutesAndUpToAnHour(String duration) {
    assertThat(takes(HANG_UP_ALL, "validFor", duration)).isTrue();
    assertThat(takes(PLAY_ANNOUNCEMENT, "duration", duration)).isTrue();
    assertThat(Duration.parse(duration)).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5M1S", "PT6M", "PT301S", "PT59M59S", "PT60M", "PT1H", "PT3600S"})
  void takesADuration_upToAnHour_forAnAudioAlone(String duration) {
    assertThat(takes(HANG_UP_ALL, "validFor", duration)).isFalse();
    assertThat(takes(PLAY_ANNOUNCEMENT, "duration", duration)).isTrue();
    assertThat(Duration.parse(duration)).isBetween(Duration.ofMinutes(5), Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT60M1S", "PT1H1S", "PT61M", "PT3601S", "PT2H", "P1D", "PT10000S"})
  void refusesADuration_beyondAnHour_forAnAudio(String duration) {
    assertThat(takes(HANG_UP_ALL, "validFor", duration)).isFalse();
    assertThat(takes(PLAY_ANNOUNCEMENT, "duration", duration)).isFalse();
    assertThat(Duration.parse(duration)).isGreaterThan(Duration.ofHours(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAY_ANNOUNCEMENT", "KICK_MEMBER", "HANG_UP_ALL"})
  void hasTheValidityOfTheWorker(ShippedTemplate template) {
    assertThat(template.input("validFor").get("value").asText())
        .isEqualTo(template == KICK_MEMBER ? "PT5M" : "PT1M");
  }

  /**
   * An input without a source comes to null, which is an incident; no input at all lets a variable
   * {@code duration} of the process through, which is about something else.
   */
  @Test
  void aLengthThatIsNotKnown_isAnEmptyText() {
    JsonNode length = PLAY_ANNOUNCEMENT.input("duration");

    assertThat(length.get("value").asText()).isEqualTo("=\"\"");
    assertThat(length.at("/constraints/notEmpty").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://media.example.com/goodbye.mp3",
        "https://example.com",
        "https://example.com:8443/a/b.wav?x=1&y=a@b",
        "https://192.0.2.7/a.mp3",
        "https://example.com?file=a.mp3",
        "https://example.com/a%20b/S%C3%BCd.mp3"
      })
  void takesAUrl_thatTheWorkerTakes(String url) {
    assertThat(takes(PLAY_ANNOUNCEMENT, "announcementUrl", url)).isTrue();
    assertThat(new AnnouncementUrl(url).value()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "goodbye.mp3",
        "http://example.com/a.mp3",
        "ftp://example.com/a.mp3",
        "https:///a.mp3",
        "https://",
        "https:example.com",
        "https://user:secret@example.com/a.mp3",
        "https://user@example.com/a.mp3",
        "https://example.com/a b.mp3",
        " https://example.com/a.mp3",
        "https://example.com/S\u00fcd.mp3",
        "https://example.com/a\"b",
        "https://example.com/a\\b",
        "https://example.com/%zz"
      })
  void refusesAUrl_thatTheWorkerRefuses(String url) {
    assertThat(takes(PLAY_ANNOUNCEMENT, "announcementUrl", url)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new AnnouncementUrl(url));
  }

  @Test
  void aUrlMayHave2000Characters() {
    String longest = "https://example.com/" + "a".repeat(1980);

    takesAUrl_thatTheWorkerTakes(longest);
    refusesAUrl_thatTheWorkerRefuses(longest + "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "all", "a-b_C9", "-1", "alle", "allAll"})
  void takesAMember_thatTheWorkerTakes(String member) {
    assertThat(takes(KICK_MEMBER, "memberIds", member)).isTrue();
    assertThat(takes(PLAY_ANNOUNCEMENT, "members", member)).isTrue();
    assertThat(new MemberIds(List.of(member)).values()).containsExactly(member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "17,18", "17 ", "ALL", "All", "all,17", "1/2", "..", "1%2C2", "\u0661", "\u00e4"
      })
  void refusesAMember_thatTheWorkerRefuses(String member) {
    assertThat(takes(KICK_MEMBER, "memberIds", member)).isFalse();
    assertThat(takes(PLAY_ANNOUNCEMENT, "members", member)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new MemberIds(List.of(member)));
  }

  @Test
  void takesAReason_ofOneVisibleLine() {
    for (String input : List.of("reason", "requestedBy")) {
      assertThat(takes(HANG_UP_ALL, input, "Wartung \u00fcber Nacht")).isTrue();
      assertThat(takes(HANG_UP_ALL, input, "x".repeat(500))).isTrue();
      for (String wrong : List.of("", " ", "\u00a0\u200b", "a\nb", "a\tb", "x".repeat(501))) {
        assertThat(takes(HANG_UP_ALL, input, wrong)).as(wrong).isFalse();
      }
    }
  }

  /** Written into the diagram, it would be no second key. */
  @Test
  void theAuthIdIsAlwaysAnExpression() {
    assertThat(HANG_UP_ALL.input("expectedAuthId").get("feel").asText()).isEqualTo("required");
    assertThat(HANG_UP_ALL.input("expectedAuthId").has("value")).isFalse();
  }

  @Test
  void shippedProcess_isWhatTheTemplateMakes() {
    ServiceTask task = task();
    assertThat(attribute(task, "modelerTemplate")).isEqualTo(HANG_UP.id());
    assertThat(attribute(task, "modelerTemplateVersion"))
        .isEqualTo(HANG_UP.read().get("version").asText());
    assertThat(attribute(task, "modelerTemplateIcon"))
        .isEqualTo(HANG_UP.read().at("/icon/contents").asText());

    ZeebeTaskDefinition definition = task.getSingleExtensionElement(ZeebeTaskDefinition.class);
    assertThat(definition.getType()).isEqualTo(HANG_UP.task.jobType());
    assertThat(definition.getRetries())
        .isEqualTo(HANG_UP.bound("zeebe:taskDefinition", "retries").get("value").asText());

    Map<String, String> inputs =
        task.getSingleExtensionElement(ZeebeIoMapping.class).getInputs().stream()
            .collect(Collectors.toMap(ZeebeInput::getTarget, ZeebeInput::getSource));
    Map<String, String> expected =
        HANG_UP
            .bound("zeebe:input")
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
            HANG_UP
                .bound("zeebe:taskHeader")
                .collect(
                    Collectors.toMap(
                        p -> p.at("/binding/key").asText(), p -> p.get("value").asText())));
    assertThat(
            process.getModelElementsByType(ZeebeProperty.class).stream()
                .map(ZeebeProperty::getValue))
        .containsExactly(
            HANG_UP
                .bound("zeebe:property", "camundaModeler:exampleOutputJson")
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
    assertThat(HANG_UP.read().at("/engines/camunda").asText()).isEqualTo("^8.8");
  }

  @ParameterizedTest
  @MethodSource("all")
  void iconIsSmallEnoughToBeCopiedIntoEveryDiagram(TemplateFile template) {
    assertThat(template.read().at("/icon/contents").asText())
        .startsWith("data:image/svg+xml")
        .doesNotContain("#", "<", ">", "\"")
        .hasSizeLessThan(8 * 1024);
  }

  private static String attribute(ServiceTask task, String name) {
    return task.getAttributeValueNs("http://camunda.org/schema/zeebe/1.0", name);
  }
}
