package org.conferenceworker.system.jar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The bill of materials that the build writes, as CycloneDX.
 *
 * @param components the runtime dependencies, sorted by name
 */
record Sbom(List<Component> components) {

  /** Where it is below the class path's root, and in the jar. */
  static final String LOCATION = "META-INF/sbom/application.cdx.json";

  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

  /**
   * One runtime dependency.
   *
   * @param classifier what stands behind the version in the jar's name, or an empty text
   * @param licences SPDX identifiers, or names where there is none; more than one are a choice
   */
  record Component(
      String group, String name, String version, String classifier, SortedSet<String> licences) {

    /** As Maven writes it, without the version. */
    String coordinates() {
      return group + ":" + name + (classifier.isEmpty() ? "" : ":" + classifier);
    }

    String fileName() {
      return name + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }
  }

  /** The one of this build. */
  static Sbom ofThisBuild() throws IOException {
    try (InputStream json = Files.newInputStream(Path.of("target", "classes").resolve(LOCATION))) {
      return read(json);
    }
  }

  static Sbom read(InputStream json) throws IOException {
    return new Sbom(
        StreamSupport.stream(
                new ObjectMapper().readTree(json).required("components").spliterator(), false)
            .map(Sbom::component)
            .sorted(Comparator.comparing(Component::coordinates))
            .toList());
  }

  private static Component component(JsonNode component) {
    var classifier = CLASSIFIER.matcher(component.required("purl").textValue());
    var licences = new TreeSet<String>();
    for (JsonNode choice : component.path("licenses")) {
      JsonNode licence = choice.path("license");
      licences.add(
          licence
              .path("id")
              .asText(licence.path("name").asText(choice.path("expression").asText())));
    }
    return new Component(
        component.required("group").textValue(),
        component.required("name").textValue(),
        component.required("version").textValue(),
        classifier.find() ? classifier.group(1) : "",
        licences);
  }
}
