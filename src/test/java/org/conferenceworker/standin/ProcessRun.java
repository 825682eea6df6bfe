package org.conferenceworker.standin;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordValue;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.VariableRecordValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

  /** Waits for the instance to complete; the id of the end event that it reached. */
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
                    .findFirst()
                : Optional.empty());
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
    return records(VariableRecordValue.class)
        .map(Record::getValue)
        .filter(v -> v.getScopeKey() == key && v.getName().equals(name))
        .reduce((earlier, later) -> later)
        .map(v -> parse(v.getValue()))
        .orElse(null);
  }

  private boolean completed() {
    return records(ProcessInstanceRecordValue.class)
        .anyMatch(
            r -> r.getKey() == key && r.getIntent() == ProcessInstanceIntent.ELEMENT_COMPLETED);
  }

  @SuppressWarnings("unchecked")
  private <V extends RecordValue> Stream<Record<V>> records(Class<V> type) {
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
