package org.conferenceworker.designer.modeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conferenceworker.designer.ShippedEvent;
import org.conferenceworker.designer.ShippedTemplate;
import org.conferenceworker.designer.TemplateFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks beside the vendor's own, on everything that is shipped, and on broken copies. */
class ChecksTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DIAGRAM = Path.of("bpmn/hang-up-conference.bpmn");
  private static final Path BEHIND_A_TIMER = Path.of("bpmn/end-at-scheduled-time.bpmn");
  private static final String CLEAN_UP_FROM =
      "=date and time(date(now() - duration(&#34;PT3H&#34;)), time(3, 0, 0, now().time offset))";
  private static final Path WITH_EVENT = Path.of("bpmn/end-and-wait-until-empty.bpmn");
  private static final Path WITH_FORM = Path.of("bpmn/moderator-confirms.bpmn");

  private static List<Path> files(String folder, String ending) {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final Path FORMER = Path.of("element-templates/versioned");

  static List<Path> templates() {
    return files("element-templates", ".json").stream().filter(f -> !f.startsWith(FORMER)).toList();
  }

  static List<Path> diagrams() {
    return files("bpmn", ".bpmn");
  }

  private static Set<String> forms() {
    return files("bpmn", ".form").stream()
        .map(f -> f.getFileName().toString().replace(".form", ""))
        .collect(Collectors.toSet());
  }

  private static List<String> problemsOf(Path file, String content) throws IOException {
    if (file.toString().endsWith(".json")) {
      return TemplateChecks.problemsOf(JSON.readTree(content));
    }
    var diagram =
        Bpmn.readModelFromStream(
            new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    return DiagramChecks.problemsOf(diagram, forms());
  }

  @ParameterizedTest
  @MethodSource({"templates", "diagrams"})
  void whatIsShippedHasNoProblems(Path file) throws IOException {
    assertThat(problemsOf(file, Files.readString(file))).isEmpty();
  }

  /** A designer's modeler updates from the version that a diagram has: that file must be there. */
  @ParameterizedTest
  @MethodSource("templates")
  void everyFormerVersionOfATemplateIsKept(Path file) throws IOException {
    JsonNode template = JSON.readTree(file.toFile());
    String name = file.getFileName().toString().replace(".json", "");

    for (int version = 1; version < template.get("version").asInt(); version++) {
      JsonNode former = JSON.readTree(FORMER.resolve(name + "-" + version + ".json").toFile());
      assertThat(former.get("version").asInt()).isEqualTo(version);
      assertThat(former.get("id")).isEqualTo(template.get("id"));
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void theDocumentationOfATemplateIsAPlaceInTheGuide(Path file) throws IOException {
    String reference = JSON.readTree(file.toFile()).get("documentationRef").asText();
    String[] place = reference.substring(reference.indexOf("docs/")).split("#");

    assertThat(Files.readAllLines(Path.of(place[0])))
        .anyMatch(
            line ->
                line.startsWith("## ")
                    && line.substring(3)
                        .toLowerCase(Locale.ROOT)
                        .replace(' ', '-')
                        .equals(place[1]));
  }

  /** Breaks that any template may have. */
  static Stream<Arguments> brokenTemplates() {
    return TemplateFile.all().stream()
        .flatMap(
            template ->
                Stream.of(
                    broken(template, "misspelt key", "\"placeholder\"", "\"placeholdr\"", "holdr"),
                    broken(
                        template,
                        "misspelt key in a group",
                        "\"openByDefault\"",
                        "\"openByDefualt\"",
                        "openByDefualt"),
                    broken(
                        template,
                        "misspelt key of the element",
                        "\"elementType\": {",
                        "\"elementType\": {\"evntDefinition\": \"\",",
                        "evntDefinition"),
                    broken(
                        template,
                        "unknown group",
                        "\"group\": \"result\"",
                        "\"group\": \"reslut\"",
                        "unknown group"),
                    broken(
                        template,
                        "dangling condition",
                        "\"group\": \"result\"",
                        "\"group\": \"result\", \"condition\": {\"property\": \"nothing\", \"equals\": \"x\"}",
                        "depends on \"nothing\""),
                    broken(
                        template,
                        "result variable that does not match its pattern",
                        "\"pattern\": {\n          \"value\": \"^[A-Za-z_]",
                        "\"pattern\": {\n          \"value\": \"^[0-9]",
                        "own pattern"),
                    broken(
                        template,
                        "message that begins a sentence of its own",
                        "\"message\": \"must start with a letter",
                        "\"message\": \"Must start with a letter",
                        "goes on from its label"),
                    broken(
                        template,
                        "pattern of Java alone",
                        "[A-Za-z0-9_]*$",
                        "[A-Za-z0-9_]*+$",
                        "JavaScript reads differently")));
  }

  static Stream<Arguments> brokenTemplatesOfTasks() {
    return Arrays.stream(ShippedTemplate.values())
        .flatMap(
            template ->
                Stream.of(
                    broken(
                        template,
                        "duplicate id",
                        "\"id\": \"retryBackoff\"",
                        "\"id\": \"account\"",
                        "used twice"),
                    broken(
                        template,
                        "duplicate binding",
                        "\"name\": \"retryBackoff\"",
                        "\"name\": \"account\"",
                        "binding of another"),
                    broken(
                        template,
                        "default outside the pattern",
                        "\"value\": \"PT10S\"",
                        "\"value\": \"10s\"",
                        "own pattern"),
                    broken(
                        template,
                        "version without its header",
                        "\"version\": ",
                        "\"version\": 9",
                        "elementTemplateVersion"),
                    broken(
                        template,
                        "id without its header",
                        template.id(),
                        template.id() + "1",
                        "elementTemplateId")));
  }

  static Stream<Arguments> brokenTemplatesOfEvents() {
    return Arrays.stream(ShippedEvent.values())
        .flatMap(
            template ->
                Stream.of(
                    broken(
                        template,
                        "duplicate id",
                        "\"id\": \"resultVariable\"",
                        "\"id\": \"correlationKey\"",
                        "used twice"),
                    broken(
                        template,
                        "duplicate binding",
                        "\"type\": \"bpmn:Message#zeebe:subscription#property\",\n        \"name\": \"correlationKey\"",
                        "\"type\": \"bpmn:Message#property\",\n        \"name\": \"name\"",
                        "binding of another"),
                    broken(
                        template,
                        "name of the message to be filled in",
                        "\"type\": \"Hidden\"",
                        "\"type\": \"String\"",
                        "name of the message is not fixed"),
                    broken(
                        template,
                        "no name of the message",
                        "\"value\": \"" + ShippedEvent.MESSAGE + "\",",
                        "",
                        "name of the message is not fixed")));
  }

  static Stream<Arguments> brokenDefinitionsOfEvents() {
    return Stream.of(ShippedEvent.CONFERENCE_IS_EMPTY, ShippedEvent.CONFERENCE_IS_EMPTY_BOUNDARY)
        .map(
            template ->
                broken(
                    template,
                    "event of another kind",
                    "\"bpmn:MessageEventDefinition\"",
                    "\"bpmn:SignalEventDefinition\"",
                    "does not wait for a message"));
  }

  private static Arguments broken(
      TemplateFile template, String what, String right, String wrong, String problem) {
    return argumentSet(
        what + " in " + template.file().getFileName(), template.file(), right, wrong, problem);
  }

  /** A default that is none of the choices, once for each dropdown. */
  static Stream<Arguments> brokenChoices() {
    return Arrays.stream(ShippedTemplate.values())
        .flatMap(
            template ->
                template.headers.entrySet().stream()
                    .map(
                        header ->
                            argumentSet(
                                header.getKey() + " of " + template,
                                template,
                                header.getKey(),
                                header.getValue().getFirst())));
  }

  @ParameterizedTest
  @MethodSource("brokenChoices")
  void aDefaultOutsideTheChoicesIsCaught(ShippedTemplate template, String header, String value) {
    JsonNode broken = template.read();
    for (JsonNode property : broken.get("properties")) {
      if (TemplateFile.nameOf(property).equals(header)) {
        assertThat(property.get("value").asText()).isEqualTo(value);
        ((ObjectNode) property).put("value", value + "x");
      }
    }

    assertThat(TemplateChecks.problemsOf(broken))
        .contains(header + " has a default that is none of its choices");
  }

  private static List<TemplateFile> all() {
    return TemplateFile.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aFieldThatExplainsItselfNowhereIsCaught(TemplateFile template) {
    JsonNode broken = template.read();
    var fields = new ArrayList<String>();
    for (JsonNode property : broken.get("properties")) {
      ((ObjectNode) property).remove(List.of("description", "tooltip"));
      if (!property.get("type").asText().equals("Hidden")) {
        fields.add(property.get("id").asText());
      }
    }

    assertThat(fields).contains("resultVariable");
    assertThat(TemplateChecks.problemsOf(broken))
        .containsAll(fields.stream().map(field -> field + " explains itself nowhere").toList());
  }

  static Stream<Arguments> brokenDiagrams() {
    return Stream.of(
        argumentSet(
            "no platform version",
            DIAGRAM,
            " modeler:executionPlatformVersion=\"8.8.0\"",
            "",
            "executionPlatformVersion"),
        argumentSet(
            "no platform",
            DIAGRAM,
            "modeler:executionPlatform=\"Camunda Cloud\"",
            "",
            "executionPlatform is not"),
        argumentSet(
            "no conference",
            DIAGRAM,
            "<zeebe:input source=\"=conferenceName\" target=\"conferenceName\" />",
            "",
            "has no input conferenceName"),
        argumentSet(
            "no account",
            DIAGRAM,
            "<zeebe:input source=\"default\" target=\"account\" />",
            "",
            "has no input account"),
        argumentSet(
            "template that is not shipped",
            DIAGRAM,
            "zeebe:modelerTemplate=\"org.conferenceworker.HangUpConference.v1\"",
            "zeebe:modelerTemplate=\"org.conferenceworker.HangUp.v1\"",
            "a template that is not shipped: org.conferenceworker.HangUp.v1"),
        argumentSet(
            "no template",
            DIAGRAM,
            "zeebe:modelerTemplate=\"org.conferenceworker.HangUpConference.v1\"",
            "",
            "has no template"),
        argumentSet(
            "template of another task",
            DIAGRAM,
            "zeebe:modelerTemplate=\"org.conferenceworker.HangUpConference.v1\"",
            "zeebe:modelerTemplate=\"org.conferenceworker.KickMember.v1\"",
            "has no input memberIds"),
        argumentSet(
            "old version of the template",
            DIAGRAM,
            "zeebe:modelerTemplateVersion=\"2\"",
            "zeebe:modelerTemplateVersion=\"1\"",
            "has an old version"),
        argumentSet(
            "header of an old version",
            DIAGRAM,
            "key=\"elementTemplateVersion\" value=\"2\"",
            "key=\"elementTemplateVersion\" value=\"1\"",
            "has the elementTemplateVersion of another"),
        argumentSet("icon of another", DIAGRAM, "%23C8102E", "%23000000", "not the icon"),
        argumentSet(
            "result of another task",
            DIAGRAM,
            "source=\"=hangUpResult\"",
            "source=\"=kickResult\"",
            "keeps no hangUpResult"),
        argumentSet(
            "example that is none",
            DIAGRAM,
            "&#34;outcome&#34;",
            "&#34;outcom&#34;",
            "another example of its result"),
        argumentSet(
            "other job type",
            DIAGRAM,
            "type=\"vobiz:hang-up-conference:1\"",
            "type=\"vobiz:hang-up-conference:2\"",
            "another job type"),
        argumentSet(
            "error that nobody throws",
            DIAGRAM,
            "errorCode=\"CONFERENCE_NOT_FOUND\"",
            "errorCode=\"CONFERENCE_NOT_FOND\"",
            "does not throw"),
        argumentSet(
            "error that is not thrown any more",
            DIAGRAM,
            "key=\"onNotFound\" value=\"error\"",
            "key=\"onNotFound\" value=\"complete\"",
            "does not throw"),
        argumentSet(
            "choice that there is not",
            DIAGRAM,
            "key=\"onNotFound\" value=\"error\"",
            "key=\"onNotFound\" value=\"ignore\"",
            "unknown onNotFound"),
        argumentSet(
            "unknown input",
            DIAGRAM,
            "target=\"validFor\"",
            "target=\"validfor\"",
            "unknown input"),
        argumentSet(
            "validity of a planned end that counts from now",
            BEHIND_A_TIMER,
            "source=\"=scheduledEnd\"",
            "source=\"=now()\"",
            "counts its validity from now, behind ScheduledEnd"),
        argumentSet(
            "validity of an old answer that counts from now",
            WITH_FORM,
            "source=\"=wantedAt\"",
            "source=\"=now()\"",
            "counts its validity from now, behind ConfirmHangUp"),
        argumentSet(
            "validity in a subprocess that counts from now",
            Path.of("bpmn/clean-up-abandoned-rooms.bpmn"),
            CLEAN_UP_FROM,
            "=now()",
            "counts its validity from now, behind EveryNight"),
        argumentSet(
            "error without its variable",
            DIAGRAM,
            "source=\"=hangUpError\"",
            "source=\"=error\"",
            "does not take hangUpError"),
        argumentSet(
            "flow that is not drawn",
            DIAGRAM,
            "bpmnElement=\"ToEnded\"",
            "",
            "ToEnded is not drawn"),
        argumentSet(
            "form that is not there",
            WITH_FORM,
            "formId=\"confirm-hang-up\"",
            "formId=\"confirm-hangup\"",
            "confirm-hangup is not shipped"));
  }

  static Stream<Arguments> brokenEventsInDiagrams() {
    return Stream.of(
        argumentSet(
            "event without its template",
            WITH_EVENT,
            "zeebe:modelerTemplate=\"org.conferenceworker.ConferenceIsEmpty.v1\"",
            "",
            "Empty has not the template of what it is"),
        argumentSet(
            "event with the template of another element",
            WITH_EVENT,
            "zeebe:modelerTemplate=\"org.conferenceworker.ConferenceIsEmpty.v1\"",
            "zeebe:modelerTemplate=\"org.conferenceworker.ConferenceIsEmptyReceive.v1\"",
            "Empty has not the template of what it is"),
        argumentSet(
            "event with an old version of its template",
            WITH_EVENT,
            "ConferenceIsEmpty.v1\" zeebe:modelerTemplateVersion=\"1\"",
            "ConferenceIsEmpty.v1\" zeebe:modelerTemplateVersion=\"0\"",
            "Empty has an old version"),
        argumentSet(
            "event with another icon",
            WITH_EVENT,
            "%230B6E75",
            "%23000000",
            "Empty has not the icon"),
        argumentSet(
            "event that waits for another message",
            WITH_EVENT,
            "name=\"vobiz-conference-empty\"",
            "name=\"vobiz-conference-over\"",
            "Empty waits for another message"),
        argumentSet(
            "event that is about no conference",
            WITH_EVENT,
            "<zeebe:subscription correlationKey=\"=conferenceName\" />",
            "",
            "Empty waits for a message about no conference"),
        argumentSet(
            "event that may wait for ever",
            WITH_EVENT,
            "targetRef=\"NotEmptyInTime\"",
            "targetRef=\"SeeWhy\"",
            "Empty has no timer beside it"),
        argumentSet(
            "event that nobody keeps",
            WITH_EVENT,
            "source=\"=conferenceEvent\"",
            "source=\"=event\"",
            "Empty keeps no conferenceEvent"),
        argumentSet(
            "event with another example",
            WITH_EVENT,
            "&#34;lastMember&#34;",
            "&#34;last&#34;",
            "Empty has another example"));
  }

  @ParameterizedTest
  @MethodSource({
    "brokenTemplates",
    "brokenTemplatesOfTasks",
    "brokenTemplatesOfEvents",
    "brokenDefinitionsOfEvents",
    "brokenDiagrams",
    "brokenEventsInDiagrams"
  })
  void aBrokenCopyIsCaught(Path file, String right, String wrong, String problem)
      throws IOException {
    String content = Files.readString(file);
    assertThat(content).contains(right);

    assertThat(
            problemsOf(
                file, content.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong))))
        .anySatisfy(found -> assertThat(found).contains(problem));
  }
}
