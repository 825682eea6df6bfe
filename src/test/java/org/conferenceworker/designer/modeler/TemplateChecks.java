package org.conferenceworker.designer.modeler;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What the vendor's validator of element templates passes in silence. A modeler ignores a misspelt
 * key; an older one drops the whole template for a key it does not know.
 */
final class TemplateChecks {

  /** What schema 0.21 to 0.24 knows, by where it may stand; {@code /} is the template itself. */
  private static final Map<String, Set<String>> KEYS =
      Map.ofEntries(
          entry(
              "/",
              Set.of(
                  "$schema",
                  "name",
                  "id",
                  "version",
                  "description",
                  "documentationRef",
                  "keywords",
                  "category",
                  "icon",
                  "engines",
                  "appliesTo",
                  "elementType",
                  "groups",
                  "properties")),
          entry("category", Set.of("id", "name")),
          entry("icon", Set.of("contents")),
          entry("engines", Set.of("camunda")),
          entry("elementType", Set.of("value", "eventDefinition")),
          entry("groups", Set.of("id", "label", "tooltip", "openByDefault")),
          entry(
              "properties",
              Set.of(
                  "id",
                  "label",
                  "description",
                  "tooltip",
                  "placeholder",
                  "type",
                  "feel",
                  "value",
                  "group",
                  "choices",
                  "constraints",
                  "condition",
                  "binding")),
          entry("choices", Set.of("name", "value")),
          entry("constraints", Set.of("notEmpty", "pattern")),
          entry("pattern", Set.of("value", "message")),
          entry("binding", Set.of("type", "property", "name", "key", "source")));

  /** Possessive quantifiers, groups and classes that Java has and a browser has not. */
  private static final Pattern JAVA_ONLY =
      Pattern.compile("[*+?}]\\+|\\(\\?[>a-z-]|\\\\[pPQEAzZGhHRX]|&&");

  /** The panel writes the label before it. */
  private static final Pattern MESSAGE = Pattern.compile("[a-z].*\\.");

  private final List<String> problems = new ArrayList<>();

  private TemplateChecks() {}

  static List<String> problemsOf(JsonNode template) {
    var checks = new TemplateChecks();
    checks.keys("/", template);
    checks.properties(template);
    checks.itself(template);
    return checks.problems;
  }

  private void keys(String place, JsonNode node) {
    node.fields()
        .forEachRemaining(
            field -> {
              if (!KEYS.get(place).contains(field.getKey())) {
                problems.add("unknown key \"" + field.getKey() + "\" in " + place);
              } else if (field.getValue().isObject() && KEYS.containsKey(field.getKey())) {
                keys(field.getKey(), field.getValue());
              } else if (field.getValue().isArray() && KEYS.containsKey(field.getKey())) {
                field.getValue().forEach(element -> keys(field.getKey(), element));
              }
            });
  }

  private void properties(JsonNode template) {
    Set<String> groups = new TreeSet<>(template.get("groups").findValuesAsText("id"));
    Set<String> all = new HashSet<>();
    template.get("properties").forEach(p -> all.add(p.path("id").asText()));
    Set<String> ids = new HashSet<>();
    Set<JsonNode> bindings = new HashSet<>();
    for (JsonNode property : template.get("properties")) {
      String id = property.path("id").asText();
      check(ids.add(id), "the id \"" + id + "\" is used twice");
      check(bindings.add(property.get("binding")), id + " has the binding of another property");
      for (String other : property.path("condition").findValuesAsText("property")) {
        check(all.contains(other), id + " depends on \"" + other + "\", which is not there");
      }
      if (property.path("type").asText().equals("Hidden")) {
        continue;
      }
      check(groups.contains(property.path("group").asText()), id + " is in an unknown group");
      check(property.hasNonNull("label"), id + " has no label");
      check(
          property.has("description") || property.has("tooltip"), id + " explains itself nowhere");
      check(property.has("choices") || property.has("placeholder"), id + " gives no example");
      defaultValue(id, property);
    }
  }

  private void defaultValue(String id, JsonNode property) {
    if (property.has("choices")) {
      check(
          StreamSupport.stream(property.get("choices").spliterator(), false)
              .anyMatch(choice -> choice.get("value").equals(property.get("value"))),
          id + " has a default that is none of its choices");
    }
    JsonNode pattern = property.at("/constraints/pattern/value");
    if (pattern.isTextual() && property.has("value")) {
      check(
          property.get("value").asText().matches(pattern.asText()),
          id + " has a default that does not match its own pattern");
    }
    if (pattern.isTextual()) {
      check(
          !JAVA_ONLY.matcher(pattern.asText()).find(),
          id + " has a pattern that JavaScript reads differently");
      check(
          MESSAGE.matcher(property.at("/constraints/pattern/message").asText()).matches(),
          id + " has no message that goes on from its label to a full stop");
    }
  }

  private void itself(JsonNode template) {
    check(template.path("version").isInt(), "the version is no number");
    if (template.at("/elementType/value").asText().equals("bpmn:ServiceTask")) {
      headers(template);
    } else {
      message(template);
    }
  }

  private void headers(JsonNode template) {
    check(
        header(template, "elementTemplateId").equals(template.path("id").asText()),
        "the hidden header elementTemplateId is not the id");
    check(
        header(template, "elementTemplateVersion").equals(template.path("version").asText()),
        "the hidden header elementTemplateVersion is not the version");
  }

  /** A designer who could change the name would wait for a message that nobody sends. */
  private void message(JsonNode template) {
    check(
        StreamSupport.stream(template.get("properties").spliterator(), false)
            .filter(p -> p.at("/binding/type").asText().equals("bpmn:Message#property"))
            .anyMatch(p -> p.get("type").asText().equals("Hidden") && p.hasNonNull("value")),
        "the name of the message is not fixed");
    check(
        template.at("/elementType/value").asText().equals("bpmn:ReceiveTask")
            || template
                .at("/elementType/eventDefinition")
                .asText()
                .equals("bpmn:MessageEventDefinition"),
        "the event does not wait for a message");
  }

  private static String header(JsonNode template, String key) {
    return StreamSupport.stream(template.get("properties").spliterator(), false)
        .filter(p -> p.at("/binding/key").asText().equals(key))
        .map(p -> p.path("value").asText())
        .findFirst()
        .orElse("");
  }

  private void check(boolean right, String problem) {
    if (!right) {
      problems.add(problem);
    }
  }
}
