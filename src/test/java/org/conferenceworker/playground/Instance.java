package org.conferenceworker.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.VariableRecordValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.conferenceworker.playground.Attempt.Told;

/** A process instance, as it is known from what the engine has written about it. */
final class Instance {

  /** How often an element was entered and left. */
  record Passes(int active, int completed, int terminated) {
    private static final Passes NONE = new Passes(0, 0, 0);

    Passes entered() {
      return new Passes(active + 1, completed, terminated);
    }

    Passes left(boolean regularly) {
      return new Passes(
          active - 1, completed + (regularly ? 1 : 0), terminated + (regularly ? 0 : 1));
    }
  }

  /** An element that is under way, and the variables that belong to it. */
  record Scope(long key, String elementId, long parent, Map<String, JsonNode> variables) {}

  /**
   * What the page is told.
   *
   * @param parent -1 if no other instance has started it
   * @param elements in the order in which they were left last
   */
  record View(
      long key,
      long definition,
      String processId,
      int version,
      long parent,
      String parentElement,
      Instant startedAt,
      Instant endedAt,
      String state,
      Map<String, Passes> elements,
      Map<String, Integer> flows,
      List<Waits.Shown> waiting,
      Collection<Scope> scopes,
      List<Attempt> attempts) {}

  private final long key;
  private final ProcessInstanceRecordValue process;
  private final Instant startedAt;
  private final String parentElement;
  private Instant endedAt;
  private String state = "active";
  private final SequencedMap<String, Passes> elements = new LinkedHashMap<>();
  private final Map<String, Integer> flows = new LinkedHashMap<>();
  private final Waits waits;
  private final Map<Long, ProcessInstanceRecordValue> underWay = new LinkedHashMap<>();

  /** By the element; they may be there before it is. */
  private final Map<Long, Map<String, JsonNode>> variables = new LinkedHashMap<>();

  private final List<Attempt> attempts = new ArrayList<>();

  /**
   * @param parentElement of the call activity that has started it, or {@code null}
   * @param servedTypes of jobs that the worker takes
   */
  Instance(
      Record<?> started,
      ProcessInstanceRecordValue process,
      String parentElement,
      Set<String> servedTypes) {
    this.key = started.getKey();
    this.process = process;
    this.parentElement = parentElement;
    this.startedAt = at(started);
    this.waits = new Waits(servedTypes);
  }

  View view() {
    return new View(
        key,
        process.getProcessDefinitionKey(),
        process.getBpmnProcessId(),
        process.getVersion(),
        process.getParentProcessInstanceKey(),
        parentElement,
        startedAt,
        endedAt,
        state,
        new LinkedHashMap<>(elements),
        Map.copyOf(flows),
        waits.shown(),
        underWay.entrySet().stream()
            .map(element -> scope(element.getKey(), element.getValue()))
            .toList(),
        List.copyOf(attempts));
  }

  /** Of the element that this is an instance of; {@code null} if it is over. */
  String elementOf(long elementInstance) {
    ProcessInstanceRecordValue element = underWay.get(elementInstance);
    return element == null ? null : element.getElementId();
  }

  private Scope scope(long elementInstance, ProcessInstanceRecordValue element) {
    return new Scope(
        elementInstance,
        element.getElementId(),
        element.getFlowScopeKey(),
        Map.copyOf(variables.getOrDefault(elementInstance, Map.of())));
  }

  Waits waits() {
    return waits;
  }

  void attempted(Attempt attempt) {
    attempts.add(attempt);
  }

  void apply(Record<?> event) {
    waits.apply(event);
    switch (event.getValue()) {
      case ProcessInstanceRecordValue element -> apply(event, element);
      case VariableRecordValue variable -> set(variable);
      case JobRecordValue job -> apply(event, job);
      default -> {
        // Nothing that the page shows.
      }
    }
  }

  private void apply(Record<?> event, ProcessInstanceRecordValue element) {
    String id = element.getElementId();
    switch ((ProcessInstanceIntent) event.getIntent()) {
      case SEQUENCE_FLOW_TAKEN -> flows.merge(id, 1, Integer::sum);
      case ELEMENT_ACTIVATING -> {
        underWay.put(event.getKey(), element);
        if (isCounted(element)) {
          elements.put(id, passes(id).entered());
        }
      }
      case ELEMENT_COMPLETED, ELEMENT_TERMINATED -> {
        boolean regularly = event.getIntent() == ProcessInstanceIntent.ELEMENT_COMPLETED;
        if (event.getKey() == key) {
          state = regularly ? "completed" : "canceled";
          endedAt = at(event);
        } else {
          underWay.remove(event.getKey());
          variables.remove(event.getKey());
        }
        if (isCounted(element)) {
          elements.putLast(id, passes(id).left(regularly));
        }
      }
      default -> {
        // A step between those.
      }
    }
  }

  /** The body of a multi-instance activity has the same id as what it repeats. */
  private static boolean isCounted(ProcessInstanceRecordValue element) {
    return switch (element.getBpmnElementType()) {
      case PROCESS, MULTI_INSTANCE_BODY -> false;
      default -> true;
    };
  }

  private Passes passes(String elementId) {
    return elements.getOrDefault(elementId, Passes.NONE);
  }

  private void set(VariableRecordValue variable) {
    variables
        .computeIfAbsent(variable.getScopeKey(), scope -> new LinkedHashMap<>())
        .put(variable.getName(), parsed(variable.getValue()));
  }

  private void apply(Record<?> event, JobRecordValue job) {
    switch ((JobIntent) event.getIntent()) {
      case FAILED ->
          told(event, new Told("failed", Map.of(), job.getErrorMessage(), job.getRetries()));
      case COMPLETED ->
          told(event, new Told("completed", job.getVariables(), "", job.getRetries()));
      case ERROR_THROWN ->
          told(event, new Told("error", job.getVariables(), job.getErrorCode(), job.getRetries()));
      default -> {
        // Nothing that the worker has said.
      }
    }
  }

  /** The report follows its audit line. */
  private void told(Record<?> event, Told report) {
    for (int i = attempts.size() - 1; i >= 0; i--) {
      Attempt attempt = attempts.get(i);
      if (attempt.jobKey() == event.getKey() && attempt.told() == null) {
        attempts.set(i, attempt.with(report));
        return;
      }
    }
  }

  private static Instant at(Record<?> event) {
    return Instant.ofEpochMilli(event.getTimestamp());
  }

  private static JsonNode parsed(String json) {
    try {
      return Board.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
