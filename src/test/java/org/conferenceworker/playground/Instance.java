package org.conferenceworker.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessMessageSubscriptionIntent;
import io.camunda.zeebe.protocol.record.intent.SignalSubscriptionIntent;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessMessageSubscriptionRecordValue;
import io.camunda.zeebe.protocol.record.value.SignalSubscriptionRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import io.camunda.zeebe.protocol.record.value.UserTaskRecordValue;
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

  private static final String USER_TASK_AS_JOB = "io.camunda.zeebe:userTask";
  private static final String FORM_OF_JOB = "io.camunda.zeebe:formKey";

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

  /** Something that waits, with what the page calls it. */
  record Shown(String kind, Waiting what) {}

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
      List<Shown> waiting,
      Collection<Scope> scopes,
      List<Attempt> attempts) {}

  private final long key;
  private final ProcessInstanceRecordValue process;
  private final Instant startedAt;
  private final String parentElement;
  private final Set<String> servedTypes;
  private Instant endedAt;
  private String state = "active";
  private final SequencedMap<String, Passes> elements = new LinkedHashMap<>();
  private final Map<String, Integer> flows = new LinkedHashMap<>();
  private final Map<Object, Waiting> waiting = new LinkedHashMap<>();
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
    this.servedTypes = servedTypes;
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
        waiting.values().stream().map(what -> new Shown(what.kind(), what)).toList(),
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

  Waiting waitingFor(long of) {
    return waiting.get(of);
  }

  void attempted(Attempt attempt) {
    attempts.add(attempt);
  }

  void apply(Record<?> event) {
    switch (event.getValue()) {
      case ProcessInstanceRecordValue element -> apply(event, element);
      case VariableRecordValue variable -> set(variable);
      case IncidentRecordValue incident -> apply(event, incident);
      case TimerRecordValue timer -> apply(event, timer);
      case ProcessMessageSubscriptionRecordValue message -> apply(event, message);
      case UserTaskRecordValue task -> apply(event, task);
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

  private void apply(Record<?> event, IncidentRecordValue incident) {
    keep(
        event.getIntent() == IncidentIntent.CREATED,
        event.getKey(),
        new Waiting.Incident(
            event.getKey(),
            incident.getElementId(),
            incident.getErrorMessage(),
            incident.getJobKey(),
            incident.getVariableScopeKey()));
  }

  private void apply(Record<?> event, TimerRecordValue timer) {
    keep(
        event.getIntent() == TimerIntent.CREATED,
        event.getKey(),
        new Waiting.Timer(
            event.getKey(), timer.getTargetElementId(), Instant.ofEpochMilli(timer.getDueDate())));
  }

  private void apply(Record<?> event, ProcessMessageSubscriptionRecordValue message) {
    record Subscription(long elementInstance, String message, String elementId) {}
    var key =
        new Subscription(
            message.getElementInstanceKey(), message.getMessageName(), message.getElementId());
    switch ((ProcessMessageSubscriptionIntent) event.getIntent()) {
      case CREATED ->
          waiting.put(
              key,
              new Waiting.Message(
                  message.getElementId(), message.getMessageName(), message.getCorrelationKey()));
      case CORRELATED -> {
        if (message.isInterrupting()) {
          waiting.remove(key);
        }
      }
      case DELETING, DELETED -> waiting.remove(key);
      default -> {
        // On its way.
      }
    }
  }

  void apply(Record<?> event, SignalSubscriptionRecordValue signal) {
    record Subscription(long elementInstance, String elementId) {}
    keep(
        event.getIntent() == SignalSubscriptionIntent.CREATED,
        new Subscription(signal.getCatchEventInstanceKey(), signal.getCatchEventId()),
        new Waiting.Signal(signal.getCatchEventId(), signal.getSignalName()));
  }

  private void apply(Record<?> event, UserTaskRecordValue task) {
    var shown =
        new Waiting.UserTask(
            event.getKey(),
            task.getElementId(),
            task.getElementInstanceKey(),
            task.getFormKey() > 0 ? Long.toString(task.getFormKey()) : "",
            task.getAssignee(),
            task.getCandidateGroupsList(),
            false);
    switch ((UserTaskIntent) event.getIntent()) {
      case CREATED, ASSIGNED, UPDATED -> waiting.put(event.getKey(), shown);
      case COMPLETED, CANCELED -> waiting.remove(event.getKey());
      default -> {
        // A step between those.
      }
    }
  }

  private void apply(Record<?> event, JobRecordValue job) {
    switch ((JobIntent) event.getIntent()) {
      case CREATED, RECURRED_AFTER_BACKOFF -> {
        waiting.remove(event.getKey());
        if (!servedTypes.contains(job.getType())) {
          waiting.put(event.getKey(), byHand(event.getKey(), job));
        }
      }
      case FAILED -> {
        told(event.getKey(), new Told("failed", Map.of(), job.getErrorMessage(), job.getRetries()));
        keep(
            job.getRetries() > 0 && job.getRetryBackoff() > 0,
            event.getKey(),
            new Waiting.Retry(
                event.getKey(),
                job.getElementId(),
                at(event).plusMillis(job.getRetryBackoff()),
                job.getErrorMessage(),
                job.getRetries()));
      }
      case COMPLETED -> {
        waiting.remove(event.getKey());
        told(event.getKey(), new Told("completed", job.getVariables(), "", job.getRetries()));
      }
      case ERROR_THROWN -> {
        waiting.remove(event.getKey());
        told(
            event.getKey(),
            new Told("error", job.getVariables(), job.getErrorCode(), job.getRetries()));
      }
      case CANCELED -> waiting.remove(event.getKey());
      default -> {
        // The job goes on.
      }
    }
  }

  private static Waiting byHand(long key, JobRecordValue job) {
    return job.getType().equals(USER_TASK_AS_JOB)
        ? new Waiting.UserTask(
            key,
            job.getElementId(),
            job.getElementInstanceKey(),
            job.getCustomHeaders().getOrDefault(FORM_OF_JOB, ""),
            job.getCustomHeaders().getOrDefault("io.camunda.zeebe:assignee", ""),
            List.of(),
            true)
        : new Waiting.Job(key, job.getElementId(), job.getElementInstanceKey(), job.getType());
  }

  /** The report follows its audit line. */
  private void told(long jobKey, Told report) {
    for (int i = attempts.size() - 1; i >= 0; i--) {
      Attempt attempt = attempts.get(i);
      if (attempt.jobKey() == jobKey && attempt.told() == null) {
        attempts.set(i, attempt.with(report));
        return;
      }
    }
  }

  private void keep(boolean waits, Object by, Waiting what) {
    if (waits) {
      waiting.put(by, what);
    } else {
      waiting.remove(by);
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
