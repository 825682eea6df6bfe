package org.conferenceworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.client.annotation.value.JobWorkerValue;
import io.camunda.client.jobhandling.JobWorkerManager;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.FreePort;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.TestWorker;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.tasks.Jobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * The names that diagrams, operators' settings, dashboards and log searches depend on, read off a
 * running worker. A name in the list that is missing here breaks somebody's process or alert.
 */
@ExtendWith(OutputCaptureExtension.class)
class PublicNamesTest {

  /** {@code ./mvnw test -Dtest=PublicNamesTest -Ddocs.apply=true} adds what is new. */
  private static final boolean APPLY = Boolean.getBoolean("docs.apply");

  private static final Path LIST = Path.of("src", "test", "resources", "public-names.txt");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Collection<String>> names = new TreeMap<>();

  @Test
  void areWhatTheyWere(CapturedOutput output) throws IOException {
    URI callbackUrl = URI.create("http://127.0.0.1:" + FreePort.find() + "/vobiz/default");
    try (var vobiz = VobizStandIn.start();
        var gateway = GatewayStandIn.start()) {
      vobiz.account("MA_1", "token");
      vobiz.room("MA_1", "room", "Ada", "Grace");
      try (var worker =
          TestWorker.start(
              gateway.address(),
              vobiz.baseUrl(),
              "token",
              "--logging.structured.format.console=ecs",
              "--vobiz.hang-up-all.accounts=default",
              "--vobiz.events.port=" + callbackUrl.getPort(),
              "--vobiz.events.address=127.0.0.1",
              "--vobiz.events.public-url=" + callbackUrl.resolve("/vobiz"),
              "--vobiz.events.publish=empty,member-joined,member-left",
              "--vobiz.events.include-numbers=true")) {
        await().until(gateway::hasOpenStream);
        List<ActivatedJob> jobs = jobs();
        for (int i = 0; i < jobs.size(); i++) {
          if (jobs.get(i).getElementId().equals("busy")) {
            vobiz.misbehaveNext(Replies.json(429, "{}"));
          }
          gateway.handOut(jobs.get(i));
          int handled = i + 1;
          await().until(() -> gateway.accepted().size() == handled);
        }
        vobiz.callbacks("MA_1", callbackUrl);
        vobiz.room("MA_1", "short", "Ada");
        vobiz.leave("MA_1", "short", vobiz.members("MA_1", "short").getFirst());
        await().until(() -> gateway.published().size() == 3);
        await()
            .until(
                () -> {
                  refuse(callbackUrl);
                  return output.getAll().contains("linesLeftOut");
                });

        readJobTypes(
            worker.getBean(JobWorkerManager.class), worker.getBeansOfType(TaskType.class).values());
        readVariables(gateway);
        names.put(
            "messages",
            gateway.published().stream()
                .map(PublishMessageRequest::getName)
                .collect(Collectors.toCollection(TreeSet::new)));
        readTemplates();
        readSettings();
        names.put("metrics", metrics(Actuator.scrape(worker).keySet()));
        names.put("log fields of the audit event", logFields(output));
        readHealthAndInfo(Actuator.get(worker, "health"), Actuator.get(worker, "info"));
        for (String group : List.of("liveness", "readiness")) {
          names.put(
              "health/" + group,
              fields(json(Actuator.get(worker, "health/" + group)), "components"));
        }
      } finally {
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
      }
    }

    if (APPLY) {
      Files.writeString(LIST, text());
    }
    assertThat(text()).isEqualTo(Files.readString(LIST));
  }

  /** More callbacks without a signature than are logged at once. */
  private static void refuse(URI callbackUrl) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var unsigned =
          HttpRequest.newBuilder(callbackUrl)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString("ConferenceAction=exit"))
              .build();
      for (int i = 0; i < 25; i++) {
        assertThat(client.send(unsigned, HttpResponse.BodyHandlers.discarding()).statusCode())
            .isEqualTo(403);
      }
    }
  }

  /** Jobs that together show every result, error and memory. */
  private static List<ActivatedJob> jobs() {
    var jobs = new ArrayList<ActivatedJob>();
    // The hang-up comes last, because it ends the conference of all others.
    for (Jobs task :
        List.of(Jobs.ANNOUNCE, Jobs.LOOK_UP, Jobs.KICK, Jobs.HANG_UP, Jobs.HANG_UP_ALL)) {
      boolean aboutAll = task == Jobs.HANG_UP_ALL;
      jobs.add(task.job(jobs.size()));
      jobs.add(
          task.job(
              jobs.size(),
              aboutAll
                  ? Map.of("requestedAt", "2026-01-01T00:00:00Z")
                  : Map.of("conferenceName", "gone"),
              Map.of("onNotFound", "error")));
      jobs.add(task.job(jobs.size()).toBuilder().setElementId("busy").build());
    }
    return jobs;
  }

  private String text() {
    return names.entrySet().stream()
        .map(e -> "[" + e.getKey() + "]\n" + String.join("\n", e.getValue()) + "\n")
        .collect(Collectors.joining("\n"));
  }

  private void readJobTypes(JobWorkerManager workers, Collection<TaskType> types) {
    for (TaskType type : types) {
      JobWorkerValue worker = workers.findJobWorkerConfigByType(type.jobType()).orElseThrow();
      assertThat(worker.getFetchVariables()).contains(type.memoryVariable());
      var variables = new TreeSet<>(worker.getFetchVariables());
      variables.add(type.resultVariable());
      variables.add(type.errorVariable());
      names.put("job type " + type.jobType(), variables);
    }
  }

  private void readVariables(GatewayStandIn gateway) throws IOException {
    for (var report : gateway.accepted()) {
      JsonNode variables =
          JSON.readTree(
              switch (report) {
                case CompleteJobRequest r -> r.getVariables();
                case ThrowErrorRequest r -> r.getVariables();
                case FailJobRequest r -> r.getVariables();
                case PublishMessageRequest r -> r.getVariables();
                default -> throw new IllegalStateException(report.toString());
              });
      variables
          .fieldNames()
          .forEachRemaining(name -> names.put("variable " + name, fields(variables, name)));
    }
  }

  private void readTemplates() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("element-templates"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        readTemplate(JSON.readTree(file.toFile()));
      }
    }
  }

  private void readTemplate(JsonNode template) {
    names.put(
        "template " + template.get("id").asText(),
        StreamSupport.stream(template.get("properties").spliterator(), false)
            .map(PublicNamesTest::bound)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** What a property is bound to; of a message, whose name is all that it is known by, that too. */
  private static String bound(JsonNode property) {
    JsonNode binding = property.get("binding");
    String message =
        binding.get("type").asText().equals("bpmn:Message#property")
            ? " " + property.get("value").asText()
            : "";
    return Stream.of("type", "name", "key", "property", "eventType")
        .filter(binding::has)
        .map(field -> binding.get(field).asText())
        .collect(Collectors.joining(" ", "", message));
  }

  private void readSettings() throws IOException {
    try (var in =
        VobizConferenceWorker.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      names.put(
          "settings",
          StreamSupport.stream(JSON.readTree(in).get("properties").spliterator(), false)
              .map(property -> property.get("name").asText())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  /** Ours, with their labels; of those with bounded values, the values too. */
  private static Collection<String> metrics(Collection<String> series) {
    return series.stream()
        .filter(name -> name.startsWith("vobiz_") || name.contains("httpclient=\"vobiz\""))
        .map(name -> name.replaceAll("version=\"[^\"]*\"", "version"))
        .map(name -> name.replaceAll("(state|le)=\"[^\"]*\"", "$1"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Collection<String> logFields(CapturedOutput output) throws IOException {
    var fields = new TreeSet<String>();
    for (String line : output.getAll().lines().filter(line -> line.startsWith("{")).toList()) {
      JsonNode event = JSON.readTree(line);
      if (event.at("/log/logger").asText().equals("org.conferenceworker.audit")) {
        event.fieldNames().forEachRemaining(fields::add);
      }
    }
    return fields;
  }

  private void readHealthAndInfo(Actuator.Answer health, Actuator.Answer info) throws IOException {
    names.put("health", fields(json(health), "components"));
    names.put("info", fields(json(info), "rules"));
    names.put("info of an account", fields(json(info).at("/rules/accounts"), "default"));
  }

  private static JsonNode json(Actuator.Answer answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private static Collection<String> fields(JsonNode parent, String name) {
    var fields = new TreeSet<String>();
    parent.path(name).fieldNames().forEachRemaining(fields::add);
    return fields;
  }
}
