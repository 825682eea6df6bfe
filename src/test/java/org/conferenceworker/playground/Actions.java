package org.conferenceworker.playground;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.conferenceworker.playground.Definitions.Problem;
import org.conferenceworker.standin.EmbeddedEngine;
import org.conferenceworker.standin.TestBench;

/** What a person at the page can do with the engine. */
final class Actions {

  private static final TypeReference<Map<String, Object>> VARIABLES = new TypeReference<>() {};

  /** As an operator gives a job that has used them up. */
  private static final int RETRIES = 3;

  private final CamundaClient client;
  private final EmbeddedEngine engine;
  private final Definitions definitions;
  private final Instances instances;
  private final Board board;

  Actions(TestBench bench, Definitions definitions, Instances instances, Board board) {
    this.client = bench.client;
    this.engine = bench.engine;
    this.definitions = definitions;
    this.instances = instances;
    this.board = board;
    showTime();
  }

  /** By their names; each throws with a sentence for the person. */
  Map<String, Consumer<JsonNode>> all() {
    return Map.ofEntries(
        Map.entry("deploy", this::deploy),
        Map.entry("start", this::start),
        Map.entry("cancel", this::cancel),
        Map.entry("setVariables", this::setVariables),
        Map.entry("resolve", this::resolve),
        Map.entry("passTime", this::passTime),
        Map.entry("publish", this::publish),
        Map.entry("broadcast", this::broadcast),
        Map.entry("completeUserTask", this::completeUserTask),
        Map.entry("completeJob", this::completeJob),
        Map.entry("throwError", this::throwError));
  }

  /** Each file by itself, so that one that is refused keeps no other out. */
  private void deploy(JsonNode asked) {
    var refused = new ArrayList<String>();
    for (JsonNode file : asked.get("files")) {
      String name = file.get("name").asText();
      List<Problem> problems = deploy(name, file.get("text").asText(), true);
      // Those of a diagram are shown in it.
      if (!name.endsWith(".bpmn")) {
        problems.forEach(problem -> refused.add(name + ": " + problem.message()));
      }
    }
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "The engine does not take this. " + String.join(" ", refused));
    }
  }

  /**
   * @return why the engine does not take it; empty if it does
   */
  List<Problem> deploy(String name, String text, boolean own) {
    List<Problem> problems = List.of();
    try {
      client
          .newDeployResourceCommand()
          .addResourceBytes(text.getBytes(StandardCharsets.UTF_8), name)
          .send()
          .join();
    } catch (ClientException refused) {
      problems = Refusal.problems(refused.getMessage());
    }
    definitions.brought(name, text, own, problems);
    return problems;
  }

  private void start(JsonNode asked) {
    client
        .newCreateInstanceCommand()
        .processDefinitionKey(asked.get("definition").asLong())
        .variables(variables(asked))
        .send()
        .join();
  }

  private void cancel(JsonNode asked) {
    client.newCancelInstanceCommand(asked.get("instance").asLong()).send().join();
  }

  private void setVariables(JsonNode asked) {
    client
        .newSetVariablesCommand(asked.get("scope").asLong())
        .variables(variables(asked))
        .local(true)
        .send()
        .join();
  }

  private void resolve(JsonNode asked) {
    long job = asked.get("job").asLong();
    if (job > 0) {
      client.newUpdateRetriesCommand(job).retries(RETRIES).send().join();
    }
    client.newResolveIncidentCommand(asked.get("incident").asLong()).send().join();
  }

  /** Time never goes back: what is due already needs no help. */
  private void passTime(JsonNode asked) {
    Duration time =
        asked.has("until")
            ? Duration.between(engine.clock().instant(), Instant.parse(asked.get("until").asText()))
            : Duration.parse(asked.get("duration").asText());
    if (time.isPositive()) {
      engine.increaseTime(time);
      showTime();
    }
  }

  private void showTime() {
    board.put("time", Map.of("aheadMillis", engine.ahead().toMillis()));
  }

  private void publish(JsonNode asked) {
    client
        .newPublishMessageCommand()
        .messageName(asked.get("name").asText())
        .correlationKey(asked.get("correlationKey").asText())
        .variables(variables(asked))
        .send()
        .join();
  }

  private void broadcast(JsonNode asked) {
    client
        .newBroadcastSignalCommand()
        .signalName(asked.get("name").asText())
        .variables(variables(asked))
        .send()
        .join();
  }

  /** The engine is told by another way than a client's, and does not answer. */
  private void completeUserTask(JsonNode asked) {
    long key = asked.get("key").asLong();
    if (!instances.isWaiting(key)) {
      throw new IllegalArgumentException("This user task is not open any more.");
    }
    engine.completeUserTask(key, variables(asked));
  }

  private void completeJob(JsonNode asked) {
    client.newCompleteCommand(asked.get("key").asLong()).variables(variables(asked)).send().join();
  }

  private void throwError(JsonNode asked) {
    client
        .newThrowErrorCommand(asked.get("key").asLong())
        .errorCode(asked.get("code").asText())
        .variables(variables(asked))
        .send()
        .join();
  }

  private static Map<String, Object> variables(JsonNode asked) {
    return Board.JSON.convertValue(asked.path("variables"), VARIABLES);
  }
}
