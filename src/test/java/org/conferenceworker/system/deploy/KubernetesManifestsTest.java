package org.conferenceworker.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.settings.start.UnknownSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.yaml.snakeyaml.Yaml;

/** The manifests are what Kubernetes, KEDA and the Prometheus operator understand. */
class KubernetesManifestsTest {

  private static final Path MANIFESTS = Path.of("deploy", "kubernetes");
  private static final String CHECK = "src/test/kubernetes/check.sh";

  @TempDir private Path directory;

  private static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(MANIFESTS)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .toList();
    }
  }

  private static Map<String, Object> read(Path file) throws IOException {
    return new Yaml().load(Files.readString(file));
  }

  @SuppressWarnings("unchecked")
  private static <T> T at(Object yaml, Object... path) {
    Object value = yaml;
    for (Object step : path) {
      value = step instanceof Integer i ? ((List<?>) value).get(i) : ((Map<?, ?>) value).get(step);
    }
    return (T) value;
  }

  private record Checked(int exitCode, String output) {}

  private static Checked check(List<Path> files) throws Exception {
    List<String> command = new ArrayList<>(List.of(CHECK));
    files.forEach(file -> command.add(file.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Checked(process.waitFor(), output);
  }

  @Test
  void fitTheSchemas() throws Exception {
    List<Path> manifests = manifests();

    Checked checked = check(manifests);

    assertThat(checked.output().lines().filter(line -> line.endsWith(" is valid")))
        .as(checked.output())
        .hasSameSizeAs(manifests);
    assertThat(checked.exitCode()).as(checked.output()).isZero();
  }

  /** That the check would find it. */
  @ParameterizedTest
  @CsvSource({
    "deployment.yaml, readOnlyRootFilesystem, readOnlyRootFileSystem",
    "deployment.yaml, terminationGracePeriodSeconds: 30, terminationGracePeriodSeconds: 30s",
    "deployment.yaml, periodSeconds: 2, period: 2",
    "pod-disruption-budget.yaml, maxUnavailable, maxUnavailables",
    "scaling/scaled-object.yaml, scaleTargetRef, scaleTarget",
    "monitoring/pod-monitor.yaml, podMetricsEndpoints, endpoints",
  })
  void doNotFitTheSchemas_afterAMistake(String file, String right, String wrong) throws Exception {
    String manifest = Files.readString(MANIFESTS.resolve(file));
    assertThat(manifest).contains(right);
    Path mistaken = directory.resolve("mistaken.yaml");
    Files.writeString(mistaken, manifest.replace(right, wrong));

    Checked checked = check(List.of(mistaken));

    assertThat(checked.exitCode()).as(checked.output()).isEqualTo(1);
    assertThat(checked.output()).contains("IS NOT VALID");
  }

  @Test
  void areAllApplied() throws IOException {
    for (Path kustomization :
        List.of(MANIFESTS, MANIFESTS.resolve("scaling"), MANIFESTS.resolve("monitoring"))) {
      List<String> resources = at(read(kustomization.resolve("kustomization.yaml")), "resources");

      assertThat(manifests().stream().filter(file -> file.getParent().equals(kustomization)))
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrderElementsOf(resources);
    }
  }

  @Test
  void waitForTheCallsUnderWay_beforeAPodIsKilled() throws IOException {
    int gracePeriod =
        at(
            read(MANIFESTS.resolve("deployment.yaml")),
            "spec",
            "template",
            "spec",
            "terminationGracePeriodSeconds");

    assertThat(Duration.ofSeconds(gracePeriod)).isGreaterThan(Shipped.longestStop());
  }

  @Test
  void probeAndScrape_whatTheWorkerServes() throws IOException {
    Map<String, Object> pod = at(read(MANIFESTS.resolve("deployment.yaml")), "spec", "template");
    Map<String, Object> container = at(pod, "spec", "containers", 0);

    assertThat((Integer) at(container, "ports", 0, "containerPort")).isEqualTo(Shipped.port());
    assertThat((String) at(pod, "metadata", "annotations", "prometheus.io/port"))
        .isEqualTo(String.valueOf(Shipped.port()));
    assertThat(
            Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .map(probe -> (String) at(container, probe, "httpGet", "path")))
        .containsExactly(
            "/actuator/health/liveness", "/actuator/health/liveness", "/actuator/health/readiness");
  }

  @Test
  void setALocale_inWhichEveryNameCanBeRead() throws IOException {
    List<Map<String, Object>> variables =
        at(
            read(MANIFESTS.resolve("deployment.yaml")),
            "spec",
            "template",
            "spec",
            "containers",
            0,
            "env");

    assertThat(variables).contains(Map.of("name", "LC_ALL", "value", "C.UTF-8"));
  }

  @Test
  void setNothingThatTheWorkerDoesNotKnow() throws IOException {
    Map<String, Object> settings = at(read(MANIFESTS.resolve("config-map.yaml")), "data");
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("config-map", settings));

    UnknownSettings.refuse(environment, "vobiz", VobizProperties.class);

    assertThat(settings.keySet())
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(Files.readString(Path.of("docs", "operations", "run.md")))
                    .contains(name));
  }
}
