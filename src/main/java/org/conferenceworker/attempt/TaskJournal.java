package org.conferenceworker.attempt;

import io.camunda.client.api.response.ActivatedJob;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.log.AuditEvent;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Records each attempt for audit and operations: one log event, one timer sample. */
class TaskJournal {

  private static final Logger LOG = LoggerFactory.getLogger(TaskJournal.class);

  /** Inputs that the audit trail has, with the names of their fields. */
  private static final Map<String, String> AUDITED =
      new TreeMap<>(
          Map.of(
              Inputs.CONFERENCE_NAME,
              "conference",
              Inputs.MEMBERS,
              "members",
              Inputs.MEMBER_IDS,
              "members",
              Inputs.REQUESTED_BY,
              "requestedBy",
              Inputs.REASON,
              "requestReason"));

  private final TaskMeters meters;
  private final UnaryOperator<String> mask;

  /**
   * @param mask hides tokens in what a process gives
   */
  TaskJournal(TaskMeters meters, UnaryOperator<String> mask) {
    this.meters = meters;
    this.mask = mask;
  }

  /**
   * One attempt.
   *
   * @param variables the job's inputs, which may be missing or of any type
   * @param number of the attempt, from 1
   */
  record Entry(
      ActivatedJob job,
      TaskType type,
      Map<String, Object> variables,
      int number,
      Duration duration) {}

  /**
   * @param outcome the outcome of the request, or {@code null} if there was none
   */
  void write(Entry attempt, Outcome outcome, Decision decision) {
    ActivatedJob job = attempt.job();
    try {
      meters.count(attempt.type(), account(attempt.variables()), decision, attempt.duration());

      ApiAnswer answer = outcome instanceof Outcome.Answered a ? a.answer() : null;
      // A person has to act; alerts on the log level will notice.
      Level level = decision instanceof Decision.RaiseIncident ? Level.WARN : Level.INFO;
      var event =
          new AuditEvent(level, attempt.type().words().noun(), mask)
              .with("outcome", decision.label())
              .with("httpStatus", answer == null ? null : answer.status())
              .with("attempts", attempt.number())
              .with("durationMs", attempt.duration().toMillis())
              // Process instance, element, job and account are on every line of the job, including
              // this one.
              .with("jobType", attempt.type().jobType())
              .with("bpmnProcessId", job.getBpmnProcessId())
              .with("processVersion", job.getProcessDefinitionVersion())
              .with("requestId", answer == null ? null : answer.requestId())
              .withOutside("mode", job.getCustomHeaders().get("mode"));
      AUDITED.forEach((input, field) -> event.withOutside(field, attempt.variables().get(input)));
      event
          .with(
              "reason",
              switch (decision) {
                case Decision.TryAgain d -> d.message();
                case Decision.RaiseIncident d -> d.message();
                case Decision.LetLeaseEnd d -> d.message();
                case Decision.Complete d -> d.message();
                case Decision.ThrowError d -> d.message();
              })
          .write();
    } catch (RuntimeException e) {
      // The decision must be reported even if it cannot be recorded.
      LOG.error("The attempt of job {} could not be recorded.", job.getKey(), e);
    }
  }

  /** The account of the inputs, as one of a few label values. */
  String account(Map<String, Object> variables) {
    return meters.label(Inputs.accountName(variables));
  }
}
