package org.conferenceworker.system.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.conferenceworker.system.jar.Sbom.Component;
import org.junit.jupiter.api.Test;

/** What the jar is made of, and under which licences. */
class LicencesTest {

  /**
   * {@code ./mvnw test -Dtest=LicencesTest -Dlicences.apply=true} writes the list after a change.
   */
  private static final boolean APPLY = Boolean.getBoolean("licences.apply");

  private static final Path LIST = Path.of("docs", "licences.md");

  /** SPDX identifiers, and why a worker that is passed on as a whole may contain it. */
  private static final Map<String, String> ALLOWED =
      new TreeMap<>(
          Map.of(
              "Apache-2.0", "the worker's own",
              "BSD-2-Clause", "permissive",
              "BSD-3-Clause", "permissive",
              "CC0-1.0", "public domain",
              "EPL-2.0",
                  "weak copyleft: asks for the sources of the library only, which is unchanged",
              "MIT", "permissive",
              "MIT-0", "permissive"));

  @Test
  void everyRuntimeDependency_isUnderALicenceThatIsAllowed() throws IOException {
    assertThat(Sbom.ofThisBuild().components())
        .isNotEmpty()
        .allSatisfy(
            component ->
                assertThat(component.licences())
                    .as(component.coordinates())
                    .containsAnyElementsOf(ALLOWED.keySet()));
  }

  @Test
  void ofCamunda_onlyTheClientIsInside() throws IOException {
    assertThat(Sbom.ofThisBuild().components())
        .filteredOn(component -> component.coordinates().matches(".*(camunda|zeebe).*"))
        .extracting(Component::name)
        .containsExactlyInAnyOrder(
            "camunda-client-java",
            "camunda-spring-boot-starter",
            "camunda-xml-model",
            "zeebe-bpmn-model",
            "zeebe-client-java",
            "zeebe-gateway-protocol-impl");
  }

  @Test
  void theListInTheDocumentation_hasEveryVersionAndLicence() throws IOException {
    String list = list(Sbom.ofThisBuild());
    if (APPLY) {
      Files.writeString(LIST, list);
    }
    assertThat(LIST)
        .as("run ./mvnw test -Dtest=LicencesTest -Dlicences.apply=true, and look at what changed")
        .hasContent(list);
  }

  private static String list(Sbom sbom) {
    var text =
        new StringBuilder(
            """
            # Licences of the runtime dependencies

            Everything in the jar that is not the worker's own, in exactly these versions: a test compares this list with
            the build's bill of materials and with the jar. Do not edit it; after a change of dependencies run
            `./mvnw test -Dtest=LicencesTest -Dlicences.apply=true` and look at the difference.

            Where there are several licences, one may choose. What a library contains of others, it says in its own
            `META-INF` (`netty-tcnative-boringssl-static`, for one, contains BoringSSL).

            | Allowed licence | Why |
            |---|---|
            """);
    ALLOWED.forEach((licence, why) -> text.append(row(licence, why)));
    text.append(
        """

        | Dependency | Version | Licence |
        |---|---|---|
        """);
    for (Component component : sbom.components()) {
      text.append(
          row(
              component.coordinates(),
              component.version(),
              String.join(" or ", component.licences())));
    }
    return text.toString();
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
