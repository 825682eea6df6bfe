package org.conferenceworker.standin;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordValue;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import io.camunda.zeebe.protocol.record.value.UserTaskRecordValue;
import io.camunda.zeebe.protocol.record.value.VariableRecordValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One process instance on the embedded engine, seen through the engine's records. */
public record ProcessRun(EmbeddedEngine engine, long key) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  public static ProcessRun start(
      EmbeddedEngine engine, CamundaClient client, String process, Map<String, ?> variables) {
    return new ProcessRun(
        engine,
        client
            .newCreateInstanceCommand()
            .bpmnProcessId(process)
            .latestVersion()
            .variables(variables)
            .send()
            .join()
            .getProcessInstanceKey());
  }

  /** Waits for the instance to complete; the id of the end event that it reached last. */
  public String awaitEnd() {
    return awaitPresent(
        () ->
            completed()
                ? records(ProcessInstanceRecordValue.class)
                    .filter(r -> r.getIntent() == ProcessInstanceIntent.ELEMENT_COMPLETED)
                    .map(Record::getValue)
                    .filter(v -> v.getProcessInstanceKey() == key)
                    .filter(v -> v.getBpmnElementType() == BpmnElementType.END_EVENT)
                    .map(ProcessInstanceRecordValue::getElementId)
                    .reduce((earlier, later) -> later)
                : Optional.empty());
  }

  /** The instance that was started with this value of a variable of its own. */
  public static ProcessRun awaitStartedWith(EmbeddedEngine engine, String name, String value) {
    String json = "\"" + value + "\"";
    return awaitPresent(
        () ->
            records(engine, VariableRecordValue.class)
                .map(Record::getValue)
                .filter(v -> v.getName().equals(name) && v.getValue().equals(json))
                .findFirst()
                .map(v -> new ProcessRun(engine, v.getProcessInstanceKey())));
  }

  /** How many instances of this process there were. */
  public static int count(EmbeddedEngine engine, String process) {
    return instances(engine, process).size();
  }

  /** The instance of this process that came after so many others. */
  public static ProcessRun awaitNext(EmbeddedEngine engine, String process, int others) {
    return awaitPresent(() -> instances(engine, process).stream().skip(others).findFirst());
  }

  private static List<ProcessRun> instances(EmbeddedEngine engine, String process) {
    return records(engine, ProcessInstanceRecordValue.class)
        .filter(r -> r.getIntent() == ProcessInstanceIntent.ELEMENT_ACTIVATED)
        .filter(r -> r.getValue().getBpmnElementType() == BpmnElementType.PROCESS)
        .filter(r -> r.getValue().getBpmnProcessId().equals(process))
        .map(r -> new ProcessRun(engine, r.getKey()))
        .toList();
  }

  /** The instances that call activities of this instance have started so far. */
  public List<ProcessRun> called() {
    return records(ProcessInstanceRecordValue.class)
        .filter(r -> r.getIntent() == ProcessInstanceIntent.ELEMENT_ACTIVATED)
        .filter(r -> r.getValue().getBpmnElementType() == BpmnElementType.PROCESS)
        .filter(r -> r.getValue().getParentProcessInstanceKey() == key)
        .map(r -> new ProcessRun(engine, r.getKey()))
        .toList();
  }

  /** Waits until the element has been activated or, for an event, reached. */
  public void awaitElement(String elementId) {
    awaitElement(elementId, 1);
  }

  /** Waits until the element has been activated so many times. */
  public void awaitElement(String elementId, int times) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                records(ProcessInstanceRecordValue.class)
                        .filter(r -> r.getIntent() == ProcessInstanceIntent.ELEMENT_ACTIVATED)
                        .filter(r -> r.getValue().getProcessInstanceKey() == key)
                        .filter(r -> r.getValue().getElementId().equals(elementId))
                        .count()
                    >= times);
  }

  /** Waits until the element has a timer; when that is due. */
  public Instant awaitTimer(String elementId) {
    return awaitPresent(
        () ->
            records(TimerRecordValue.class)
                .filter(r -> r.getIntent() == TimerIntent.CREATED)
                .map(Record::getValue)
                .filter(v -> v.getProcessInstanceKey() == key)
                .filter(v -> v.getTargetElementId().equals(elementId))
                .map(v -> Instant.ofEpochMilli(v.getDueDate()))
                .findFirst());
  }

  /** Waits until the engine has taken so many failed attempts of jobs, each with its back-off. */
  public void awaitFailedAttempts(int times) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                records(JobRecordValue.class)
                        .filter(r -> r.getIntent() == JobIntent.FAILED)
                        .filter(r -> r.getValue().getProcessInstanceKey() == key)
                        .count()
                    >= times);
  }

  /** Waits until the user task has been created so many times. */
  public void awaitUserTask(String elementId, int times) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> userTasks(elementId, UserTaskIntent.CREATED).size() >= times);
  }

  /** Completes the oldest open user task of this element, and waits until that is done. */
  public void completeUserTask(String elementId, Map<String, ?> variables) {
    List<Long> done = userTasks(elementId, UserTaskIntent.COMPLETED);
    long open =
        awaitPresent(
            () ->
                userTasks(elementId, UserTaskIntent.CREATED).stream()
                    .filter(task -> !done.contains(task))
                    .findFirst());
    engine.completeUserTask(open, variables);
    await()
        .atMost(PATIENCE)
        .until(() -> userTasks(elementId, UserTaskIntent.COMPLETED).contains(open));
  }

  /** Whom the first user task of this element was assigned to. */
  public String assignee(String elementId) {
    // A task is created without an assignee and assigned right after.
    return awaitPresent(
        () ->
            userTaskValues(elementId)
                .map(UserTaskRecordValue::getAssignee)
                .filter(assignee -> !assignee.isEmpty())
                .findFirst());
  }

  public List<String> candidateGroups(String elementId) {
    return userTaskValues(elementId)
        .map(UserTaskRecordValue::getCandidateGroupsList)
        .findFirst()
        .orElseThrow();
  }

  private Stream<UserTaskRecordValue> userTaskValues(String elementId) {
    return records(UserTaskRecordValue.class)
        .map(Record::getValue)
        .filter(v -> v.getProcessInstanceKey() == key && v.getElementId().equals(elementId));
  }

  private List<Long> userTasks(String elementId, UserTaskIntent intent) {
    return records(UserTaskRecordValue.class)
        .filter(r -> r.getIntent() == intent)
        .filter(r -> r.getValue().getProcessInstanceKey() == key)
        .filter(r -> r.getValue().getElementId().equals(elementId))
        .map(Record::getKey)
        .toList();
  }

  /** Waits for an incident; its message. */
  public String awaitIncident() {
    return awaitPresent(this::incident);
  }

  /** Waits for either; the id of the end event, or the message of the incident. */
  public String awaitEndOrIncident() {
    return awaitPresent(() -> completed() ? Optional.of(awaitEnd()) : incident());
  }

  public Optional<String> incident() {
    return incidents().map(r -> r.getValue().getErrorMessage()).findFirst();
  }

  public Optional<Long> incidentKey() {
    return incidents().map(Record::getKey).findFirst();
  }

  /** The job that the first incident is about. */
  public long jobKey() {
    return incidents().map(r -> r.getValue().getJobKey()).findFirst().orElseThrow();
  }

  private Stream<Record<IncidentRecordValue>> incidents() {
    return records(IncidentRecordValue.class)
        .filter(r -> r.getIntent() == IncidentIntent.CREATED)
        .filter(r -> r.getValue().getProcessInstanceKey() == key);
  }

  /** The last value of a variable, in whatever scope of the instance it was set. */
  public JsonNode variable(String name) {
    return records(VariableRecordValue.class)
        .map(Record::getValue)
        .filter(v -> v.getProcessInstanceKey() == key && v.getName().equals(name))
        .reduce((earlier, later) -> later)
        .map(v -> parse(v.getValue()))
        .orElse(null);
  }

  /** The value of a variable of the process itself. */
  public JsonNode processVariable(String name) {
    return processVariables().get(name);
  }

  /** The variables of the process itself, with their last values. */
  public Map<String, JsonNode> processVariables() {
    var variables = new TreeMap<String, JsonNode>();
    records(VariableRecordValue.class)
        .map(Record::getValue)
        .filter(v -> v.getScopeKey() == key)
        .forEach(v -> variables.put(v.getName(), parse(v.getValue())));
    return variables;
  }

  private boolean completed() {
    return records(ProcessInstanceRecordValue.class)
        .anyMatch(
            r -> r.getKey() == key && r.getIntent() == ProcessInstanceIntent.ELEMENT_COMPLETED);
  }

  private <V extends RecordValue> Stream<Record<V>> records(Class<V> type) {
    return records(engine, type);
  }

  @SuppressWarnings("unchecked")
  private static <V extends RecordValue> Stream<Record<V>> records(
      EmbeddedEngine engine, Class<V> type) {
    return StreamSupport.stream(engine.records().records().spliterator(), false)
        .filter(r -> type.isInstance(r.getValue()))
        .map(r -> (Record<V>) r);
  }

  private static <T> T awaitPresent(Supplier<Optional<T>> value) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(value::get, Optional::isPresent)
        .orElseThrow();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
