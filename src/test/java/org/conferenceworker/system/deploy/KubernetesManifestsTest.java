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
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.Yaml;

/** The manifests are what Kubernetes, KEDA and the Prometheus operator understand. */
class KubernetesManifestsTest {

  private static final Path MANIFESTS = Path.of("deploy", "kubernetes");
  private static final Path EVENTS = MANIFESTS.resolve("events");
  private static final String NAME = "app.kubernetes.io/name";
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
    "events/deployment.yaml, enableServiceLinks, enableServiceLink",
    "events/service.yaml, targetPort, target",
    "events/ingress.yaml, pathType, pathtype",
    "events/network-policy.yaml, policyTypes, policyType",
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
        List.of(MANIFESTS, EVENTS, MANIFESTS.resolve("scaling"), MANIFESTS.resolve("monitoring"))) {
      List<String> resources = at(read(kustomization.resolve("kustomization.yaml")), "resources");

      assertThat(manifests().stream().filter(file -> file.getParent().equals(kustomization)))
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrderElementsOf(resources);
    }
  }

  static Stream<Path> deployments() {
    return Stream.of(MANIFESTS, EVENTS).map(directory -> directory.resolve("deployment.yaml"));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void waitForTheCallsUnderWay_beforeAPodIsKilled(Path deployment) throws IOException {
    int gracePeriod =
        at(read(deployment), "spec", "template", "spec", "terminationGracePeriodSeconds");

    assertThat(Duration.ofSeconds(gracePeriod)).isGreaterThan(Shipped.longestStop());
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void probeAndScrape_whatTheWorkerServes(Path deployment) throws IOException {
    Map<String, Object> pod = at(read(deployment), "spec", "template");
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

  @ParameterizedTest
  @MethodSource("deployments")
  void setALocale_inWhichEveryNameCanBeRead(Path deployment) throws IOException {
    List<Map<String, Object>> variables =
        at(read(deployment), "spec", "template", "spec", "containers", 0, "env");

    assertThat(variables).contains(Map.of("name", "LC_ALL", "value", "C.UTF-8"));
  }

  /** Names of services would become environment variables, which the worker takes for settings. */
  @ParameterizedTest
  @MethodSource("deployments")
  void letNoServiceSetAVariable(Path deployment) throws IOException {
    assertThat((Boolean) at(read(deployment), "spec", "template", "spec", "enableServiceLinks"))
        .isFalse();
    assertThat((String) at(read(EVENTS.resolve("service.yaml")), "metadata", "name"))
        .doesNotStartWith("vobiz");
  }

  @Test
  void leadCallbacks_toTheOneReplicaThatListens() throws IOException {
    Map<String, Object> deployment = at(read(EVENTS.resolve("deployment.yaml")), "spec");
    Map<String, Object> service = read(EVENTS.resolve("service.yaml"));
    Map<String, Object> rule = at(read(EVENTS.resolve("ingress.yaml")), "spec", "rules", 0);
    Map<String, String> settings = at(read(EVENTS.resolve("config-map.yaml")), "data");
    List<Map<String, Object>> ports = at(deployment, "template", "spec", "containers", 0, "ports");
    int port = Integer.parseInt(settings.get("VOBIZ_EVENTS_PORT"));

    assertThat((Integer) at(deployment, "replicas")).isEqualTo(1);
    assertThat(ports).contains(Map.of("name", "events", "containerPort", port));
    assertThat((Map<String, String>) at(service, "spec", "selector"))
        .isEqualTo(at(deployment, "template", "metadata", "labels"))
        .isEqualTo(at(deployment, "selector", "matchLabels"));
    assertThat((String) at(service, "spec", "ports", 0, "targetPort")).isEqualTo("events");
    Map<String, Object> path = at(rule, "http", "paths", 0);
    assertThat((String) at(path, "backend", "service", "name"))
        .isEqualTo(at(service, "metadata", "name"));
    assertThat((String) at(path, "backend", "service", "port", "name"))
        .isEqualTo(at(service, "spec", "ports", 0, "name"));
    assertThat("https://" + at(rule, "host") + at(path, "path"))
        .isEqualTo(settings.get("VOBIZ_EVENTS_PUBLICURL"));
  }

  /** Else the workers that scale would answer callbacks, or a monitor would miss the endpoint. */
  @Test
  void tellTheEndpointFromTheOtherWorkers() throws IOException {
    Map<String, String> worker =
        at(read(MANIFESTS.resolve("deployment.yaml")), "spec", "selector", "matchLabels");
    Map<String, String> endpoint =
        at(read(EVENTS.resolve("deployment.yaml")), "spec", "selector", "matchLabels");
    Map<String, Object> monitored =
        at(
            read(MANIFESTS.resolve("monitoring").resolve("pod-monitor.yaml")),
            "spec",
            "selector",
            "matchExpressions",
            0);

    assertThat(worker.get(NAME)).isNotEqualTo(endpoint.get(NAME));
    assertThat(monitored)
        .isEqualTo(
            Map.of(
                "key",
                NAME,
                "operator",
                "In",
                "values",
                List.of(worker.get(NAME), endpoint.get(NAME))));
  }

  @Test
  void openThePortForCallbacks_whereTheEndpointIs() throws IOException {
    Map<String, Object> policy = read(EVENTS.resolve("network-policy.yaml"));

    assertThat((Map<String, String>) at(policy, "spec", "podSelector", "matchLabels"))
        .isEqualTo(at(read(EVENTS.resolve("deployment.yaml")), "spec", "selector", "matchLabels"));
    assertThat((List<Map<String, Object>>) at(policy, "spec", "ingress", 0, "ports"))
        .extracting(port -> port.get("port"))
        .containsExactly("management", "events");
    assertThat(
            (List<Map<String, Object>>)
                at(read(MANIFESTS.resolve("network-policy.yaml")), "spec", "ingress", 0, "ports"))
        .extracting(port -> port.get("port"))
        .containsExactly("management");
  }

  @Test
  void areOfOneImage() throws IOException {
    assertThat((List<Object>) at(read(EVENTS.resolve("kustomization.yaml")), "images"))
        .isEqualTo(at(read(MANIFESTS.resolve("kustomization.yaml")), "images"));
  }

  static Stream<Path> configMaps() {
    return Stream.of(MANIFESTS, EVENTS).map(directory -> directory.resolve("config-map.yaml"));
  }

  @ParameterizedTest
  @MethodSource("configMaps")
  void setNothingThatTheWorkerDoesNotKnow(Path configMap) throws IOException {
    Map<String, Object> settings = at(read(configMap), "data");
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                "config-map-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                settings));

    UnknownSettings.refuse(environment, "vobiz", VobizProperties.class);

    assertThat(settings.keySet())
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(Files.readString(Path.of("docs", "operations", "run.md")))
                    .contains(name));
  }
}
