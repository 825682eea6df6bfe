package org.conferenceworker.playground;

import java.time.Instant;
import java.util.List;

/** Something that an element waits for, and that a person at the page can do something about. */
sealed interface Waiting {

  /** Of the element in the diagram. */
  String elementId();

  /** What the page calls it. */
  default String kind() {
    return switch (this) {
      case Incident i -> "incident";
      case Timer t -> "timer";
      case Message m -> "message";
      case Signal s -> "signal";
      case UserTask u -> "userTask";
      case Job j -> "job";
      case Retry r -> "retry";
    };
  }

  /**
   * @param jobKey -1 if it is not about a job
   * @param scope whose variables it sees
   */
  record Incident(long key, String elementId, String message, long jobKey, long scope)
      implements Waiting {}

  record Timer(long key, String elementId, Instant due) implements Waiting {}

  record Message(String elementId, String name, String correlationKey) implements Waiting {}

  record Signal(String elementId, String name) implements Waiting {}

  /**
   * @param key of the user task; of its job if it is one of the older kind
   * @param form its key, {@code camunda-forms:bpmn:} and its id if it is in the diagram, or empty
   */
  record UserTask(
      long key,
      String elementId,
      long scope,
      String form,
      String assignee,
      List<String> groups,
      boolean asJob)
      implements Waiting {}

  /** A job that nobody in here works on. */
  record Job(long key, String elementId, long scope, String type) implements Waiting {}

  /** A job that is tried again when its back-off is over. */
  record Retry(long key, String elementId, Instant due, String message, int retries)
      implements Waiting {}
}
