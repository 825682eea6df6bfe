package org.conferenceworker.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.conferenceworker.system.jar.WorkerJar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that prepares and assembles a release. */
class ReleaseIT {

  private static final Path SCRIPT = Path.of(".ci", "release");
  private static final Path RELEASE = Path.of("target", "release");

  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  /** A copy of what a release writes to. */
  @TempDir private Path project;

  private record Answer(int exitCode, String output) {}

  private static Answer run(Path directory, String... command) throws Exception {
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), output);
  }

  @BeforeEach
  void copyProject() throws IOException {
    for (String part :
        List.of(
            ".ci",
            "docs",
            "deploy",
            "pom.xml",
            "src/benchmark/pom.xml",
            "README.md",
            "CHANGELOG.md")) {
      try (Stream<Path> files = Files.walk(Path.of(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = project.resolve(file);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private Answer prepare(String version) throws Exception {
    return run(project, SCRIPT.toString(), "prepare", version);
  }

  private String text(String file) throws IOException {
    return Files.readString(project.resolve(file));
  }

  @Test
  void assembles_jarBillOfMaterialsTemplateProcessesAndChanges_withTheirChecksums()
      throws Exception {
    Answer answer = run(Path.of("").toAbsolutePath(), SCRIPT.toString(), "assemble");

    assertThat(answer.exitCode()).as(answer.output()).isZero();
    Path jar = Path.of(System.getProperty("worker.jar"));
    String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
    assertThat(RELEASE.resolve(name + ".jar")).hasSameBinaryContentAs(jar);
    assertThat(startsUnpacked(RELEASE.resolve(name + ".tar.gz"))).contains("Started Vobiz");
    assertThat(RELEASE.resolve(name + ".cdx.json"))
        .hasSameBinaryContentAs(Path.of("target/classes/META-INF/sbom/application.cdx.json"));
    assertThat(RELEASE.resolve("hang-up-conference.json"))
        .hasSameBinaryContentAs(Path.of("element-templates/hang-up-conference.json"));
    assertThat(RELEASE.resolve("hang-up-conference.bpmn"))
        .hasSameBinaryContentAs(Path.of("bpmn/hang-up-conference.bpmn"));
    assertThat(RELEASE.resolve("changes.md")).content().contains("- ").doesNotContain("## [");
    Answer check = run(RELEASE.toAbsolutePath(), "sha256sum", "--check", "--strict", "SHA256SUMS");
    assertThat(check.exitCode()).as(check.output()).isZero();
    try (Stream<Path> files = Files.list(RELEASE)) {
      assertThat(check.output().lines().count()).isEqualTo(files.count() - 1);
    }
  }

  /** In another place, and only if the JVM takes the archive of classes that came with it. */
  private String startsUnpacked(Path bundle) throws Exception {
    run(project, "tar", "-xzf", bundle.toAbsolutePath().toString(), "--strip-components=1");
    var launcher =
        new ProcessBuilder(project.resolve("bin/vobiz-conference-worker").toString())
            .redirectErrorStream(true);
    launcher.environment().clear();
    launcher.environment().putAll(WorkerJar.environment(NOBODY, NOBODY));
    launcher.environment().put("PATH", System.getenv("PATH"));
    launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
    launcher.environment().put("JAVA_OPTS", "-XX:AOTMode=on -Dconference-worker.training=true");
    Process process = launcher.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void writesTheVersionEverywhere_andTheChangesBelowIt() throws Exception {
    Answer answer = prepare("9.8.7");

    assertThat(answer.exitCode()).as(answer.output()).isZero();
    assertThat(text("pom.xml")).contains("<version>9.8.7</version>").doesNotContain("SNAPSHOT");
    assertThat(text("src/benchmark/pom.xml")).contains("<version>9.8.7</version>");
    assertThat(text("README.md"))
        .contains("target/vobiz-conference-worker-9.8.7.jar")
        .doesNotContain("SNAPSHOT");
    assertThat(text("deploy/kubernetes/kustomization.yaml")).contains("newTag: 9.8.7");
    assertThat(text("CHANGELOG.md"))
        .containsPattern("## \\[Unreleased]\n\n## \\[9\\.8\\.7] - \\d{4}-\\d\\d-\\d\\d\n\n### ");
  }

  @Test
  void goesOnToTheNextVersion_withoutAnEntryInTheChangelog() throws Exception {
    prepare("9.8.7");
    String changelog = text("CHANGELOG.md");

    Answer answer = prepare("10.0.0-SNAPSHOT");

    assertThat(answer.exitCode()).as(answer.output()).isZero();
    assertThat(text("pom.xml")).contains("<version>10.0.0-SNAPSHOT</version>");
    assertThat(text("README.md")).contains("vobiz-conference-worker-10.0.0-SNAPSHOT.jar");
    assertThat(text("CHANGELOG.md")).isEqualTo(changelog);
  }

  @Test
  void refusesToRelease_whatIsNoVersion_orHasNoChanges() throws Exception {
    assertThat(prepare("v1"))
        .isEqualTo(new Answer(1, "\"v1\" is no version such as 1.2.3 or 1.2.3-SNAPSHOT.\n"));
    prepare("9.8.7");

    assertThat(prepare("9.8.8"))
        .isEqualTo(new Answer(1, "CHANGELOG.md has nothing under [Unreleased] to release.\n"));
  }
}
