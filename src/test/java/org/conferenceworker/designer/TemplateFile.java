package org.conferenceworker.designer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An element template that is shipped, and what is written in it. */
public interface TemplateFile {

  /** All of them, of tasks and of events. */
  static List<TemplateFile> all() {
    return Stream.<TemplateFile[]>of(ShippedTemplate.values(), ShippedEvent.values())
        .flatMap(Arrays::stream)
        .toList();
  }

  String id();

  Path file();

  default JsonNode read() {
    try {
      return new ObjectMapper().readTree(file().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the template binds in this way, in its order. */
  default Stream<JsonNode> bound(String bindingType) {
    return StreamSupport.stream(read().get("properties").spliterator(), false)
        .filter(p -> p.at("/binding/type").asText().equals(bindingType));
  }

  /**
   * @param name the name, key or property that is bound
   */
  default JsonNode bound(String bindingType, String name) {
    return bound(bindingType).filter(p -> nameOf(p).equals(name)).findFirst().orElseThrow();
  }

  /** What the modeler knows of the result, for expressions further on. */
  default JsonNode exampleOutput() {
    String example =
        bound("zeebe:property", "camundaModeler:exampleOutputJson").get("value").asText();
    try {
      return new ObjectMapper().readTree(example);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a property of a template is bound to. */
  static String nameOf(JsonNode property) {
    JsonNode binding = property.get("binding");
    return Stream.of("name", "key", "property", "source")
        .filter(binding::has)
        .map(field -> binding.get(field).asText())
        .findFirst()
        .orElseThrow();
  }
}
