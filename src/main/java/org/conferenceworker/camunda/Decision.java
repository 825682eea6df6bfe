package org.conferenceworker.camunda;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the engine is told about an attempt: exactly one of these. Knows no task. */
public sealed interface Decision {

  /** The label of an incident, whatever its message. */
  String INCIDENT = "INCIDENT";

  /** The label of a job that is left to the engine. */
  String LEASE_ENDED = "LEASE_ENDED";

  /** The labels that every task has besides its own outcomes and error codes. */
  List<String> LABELS =
      Stream.concat(
              Stream.of(TryAgain.Reason.values()).map(Enum::name), Stream.of(INCIDENT, LEASE_ENDED))
          .toList();

  /**
   * Complete the job.
   *
   * @param label the outcome, a short, bounded name for logs and metrics
   * @param variables what the process gets
   * @param about what the result is about
   * @param answeredAt when the API's answer arrived; {@code null} if nothing was sent
   * @param message why it came to less than was asked for, as a sentence; {@code null} if it did
   *     not
   */
  record Complete(
      String label,
      Map<String, Object> variables,
      Subject about,
      Instant answeredAt,
      String message)
      implements Decision {}

  /**
   * Throw a BPMN error.
   *
   * @param code the error code
   * @param message what happened, as a sentence
   * @param variables what the process gets
   * @param about what the error is about
   * @param lasting whether it still holds when the job is handed out again
   */
  record ThrowError(
      String code, String message, Map<String, Object> variables, Subject about, boolean lasting)
      implements Decision {}

  /**
   * Fail the job so that the engine hands it out again.
   *
   * @param message what happened, for the person who looks at the job meanwhile
   * @param retries how many retries are left, above zero
   * @param backoff how long the engine waits
   * @param reason why the attempt is not the last
   */
  record TryAgain(
      String message, int retries, Duration backoff, Reason reason, AttemptMemory memory)
      implements Decision {

    /** Why the job is handed out again. */
    public enum Reason {
      /** The call failed; it cost a retry. */
      RETRY,
      /** The API is busy; it cost no retry. */
      THROTTLED,
      /** The worker's own limits held it back; nothing was sent, and it cost no retry. */
      BRAKED
    }
  }

  /**
   * Fail the job with no retries left: an incident, which a person has to resolve.
   *
   * @param message what happened and what to do
   * @param about what must not be asked for again until it is resolved; {@code null} if nothing was
   *     asked for
   */
  record RaiseIncident(String message, AttemptMemory memory, Subject about) implements Decision {}

  /**
   * Say nothing: the job timeout is nearly over, or already is, and the engine hands the job out
   * again.
   *
   * @param message why, for the log
   */
  record LetLeaseEnd(String message) implements Decision {}

  /**
   * Whether this decision, which may not have reached the engine, still stands when the job is
   * handed out again. If so, asking the API again could end the next conference of that name.
   *
   * @param asked what the job asks for now
   * @param memory what the engine kept
   */
  default boolean stands(Subject asked, AttemptMemory memory) {
    return switch (this) {
      case Complete d -> d.about().equals(asked);
      case ThrowError d ->
          d.lasting() && d.about().equals(asked) && !memory.mayHaveGotThroughFor(asked);
      // If the engine has counted this attempt, it got the incident, and a person has resolved it.
      case RaiseIncident d ->
          d.about() != null && d.about().equals(asked) && memory.made() < d.memory().made();
      case TryAgain d -> false;
      case LetLeaseEnd d -> false;
    };
  }

  /** A short, bounded name for logs and metrics. */
  default String label() {
    return switch (this) {
      case Complete d -> d.label();
      case ThrowError d -> d.code();
      case TryAgain d -> d.reason().name();
      case RaiseIncident d -> INCIDENT;
      case LetLeaseEnd d -> LEASE_ENDED;
    };
  }
}
