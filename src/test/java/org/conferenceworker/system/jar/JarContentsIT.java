package org.conferenceworker.system.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.JarFile;
import org.conferenceworker.system.jar.Sbom.Component;
import org.junit.jupiter.api.Test;

/** The packaged jar has what its bill of materials says, and nothing else. */
class JarContentsIT {

  private static final String LIBRARIES = "BOOT-INF/lib/";

  @Test
  void theLibrariesInTheJar_areThoseOfItsBillOfMaterials() throws IOException {
    try (var jar = new JarFile(System.getProperty("worker.jar"))) {
      String location = jar.getManifest().getMainAttributes().getValue("Sbom-Location");
      assertThat(location).isEqualTo(Sbom.LOCATION);
      Sbom sbom;
      try (InputStream json = jar.getInputStream(jar.getEntry(location))) {
        sbom = Sbom.read(json);
      }
      List<String> libraries =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
              .map(name -> name.substring(LIBRARIES.length()))
              .toList();

      assertThat(sbom).isEqualTo(Sbom.ofThisBuild());
      assertThat(libraries)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              sbom.components().stream()
                  .filter(component -> !isOnlyAListOfDependencies(component))
                  .map(Component::fileName)
                  .toList());
    }
  }

  /** Spring Boot's starters are jars without content, which it leaves out when it packages. */
  private static boolean isOnlyAListOfDependencies(Component component) {
    return component.group().equals("org.springframework.boot")
        && component.name().startsWith("spring-boot-starter");
  }
}
