package org.conferenceworker.playground;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessMessageSubscriptionIntent;
import io.camunda.zeebe.protocol.record.intent.SignalSubscriptionIntent;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessMessageSubscriptionRecordValue;
import io.camunda.zeebe.protocol.record.value.SignalSubscriptionRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import io.camunda.zeebe.protocol.record.value.UserTaskRecordValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the elements of an instance wait for. */
final class Waits {

  private static final String USER_TASK_AS_JOB = "io.camunda.zeebe:userTask";
  private static final String FORM_OF_JOB = "io.camunda.zeebe:formKey";
  private static final String ASSIGNEE_OF_JOB = "io.camunda.zeebe:assignee";

  /** Something that waits, with what the page calls it. */
  record Shown(String kind, Waiting what) {

    static Shown of(Waiting what) {
      return new Shown(what.kind(), what);
    }
  }

  private final Set<String> servedTypes;
  private final Map<Object, Waiting> waiting = new LinkedHashMap<>();

  /** Jobs that a person does, until they are done; while there is an incident they do not wait. */
  private final Map<Long, Waiting> jobsByHand = new HashMap<>();

  /**
   * @param servedTypes of jobs that the worker takes
   */
  Waits(Set<String> servedTypes) {
    this.servedTypes = servedTypes;
  }

  List<Shown> shown() {
    return waiting.values().stream().map(Shown::of).toList();
  }

  boolean has(long key) {
    return waiting.containsKey(key);
  }

  void apply(Record<?> event) {
    switch (event.getValue()) {
      case IncidentRecordValue incident -> apply(event, incident);
      case TimerRecordValue timer -> apply(event, timer);
      case ProcessMessageSubscriptionRecordValue message -> apply(event, message);
      case SignalSubscriptionRecordValue signal -> apply(event, signal);
      case UserTaskRecordValue task -> apply(event, task);
      case JobRecordValue job -> apply(event, job);
      default -> {
        // Nothing that waits.
      }
    }
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
    Waiting job = jobsByHand.get(incident.getJobKey());
    if (job != null) {
      keep(event.getIntent() == IncidentIntent.RESOLVED, incident.getJobKey(), job);
    }
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

  private void apply(Record<?> event, SignalSubscriptionRecordValue signal) {
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
    long key = event.getKey();
    switch ((JobIntent) event.getIntent()) {
      case CREATED -> {
        if (!servedTypes.contains(job.getType())) {
          jobsByHand.put(key, byHand(key, job));
          waiting.put(key, jobsByHand.get(key));
        }
      }
      case RECURRED_AFTER_BACKOFF -> keep(jobsByHand.containsKey(key), key, jobsByHand.get(key));
      case FAILED ->
          keep(
              job.getRetries() > 0 && job.getRetryBackoff() > 0,
              key,
              new Waiting.Retry(
                  key,
                  job.getElementId(),
                  Instant.ofEpochMilli(event.getTimestamp() + job.getRetryBackoff()),
                  job.getErrorMessage(),
                  job.getRetries()));
      case ERROR_THROWN -> waiting.remove(key);
      case COMPLETED, CANCELED -> {
        waiting.remove(key);
        jobsByHand.remove(key);
      }
      default -> {
        // The job goes on.
      }
    }
  }

  private static Waiting byHand(long key, JobRecordValue job) {
    Map<String, String> headers = job.getCustomHeaders();
    return job.getType().equals(USER_TASK_AS_JOB)
        ? new Waiting.UserTask(
            key,
            job.getElementId(),
            job.getElementInstanceKey(),
            headers.getOrDefault(FORM_OF_JOB, ""),
            headers.getOrDefault(ASSIGNEE_OF_JOB, ""),
            List.of(),
            true)
        : new Waiting.Job(key, job.getElementId(), job.getElementInstanceKey(), job.getType());
  }

  private void keep(boolean waits, Object by, Waiting what) {
    if (waits) {
      waiting.put(by, what);
    } else {
      waiting.remove(by);
    }
  }
}
