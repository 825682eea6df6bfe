package org.conferenceworker.attempt;

import io.camunda.client.api.response.ActivatedJob;
import java.time.Duration;
import java.util.Map;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.log.Quoted;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes down each attempt, for audit and for operations: one log event, one timer sample. */
class TaskJournal {

  /** The audit trail's own logger, so that it can be routed on its own. */
  static final String AUDIT_LOGGER = "org.conferenceworker.audit";

  private static final Logger LOG = LoggerFactory.getLogger(TaskJournal.class);
  private static final Logger AUDIT = LoggerFactory.getLogger(AUDIT_LOGGER);

  private final TaskMeters meters;

  TaskJournal(TaskMeters meters) {
    this.meters = meters;
  }

  /**
   * One attempt.
   *
   * @param variables the job's inputs as they came, which may be missing or of any type
   * @param number of the attempt, from 1
   */
  record Entry(
      ActivatedJob job,
      TaskType type,
      Map<String, Object> variables,
      int number,
      Duration duration) {}

  /**
   * @param outcome what came of the request, or {@code null} if there was none
   */
  void write(Entry attempt, Outcome outcome, Decision decision) {
    ActivatedJob job = attempt.job();
    try {
      Object conference = attempt.variables().get(Inputs.CONFERENCE_NAME);
      meters.count(attempt.type(), account(attempt.variables()), decision, attempt.duration());

      ApiAnswer answer = outcome instanceof Outcome.Answered a ? a.answer() : null;
      // A person has to act, so that alerts on the log's level see it.
      Level level = decision instanceof Decision.RaiseIncident ? Level.WARN : Level.INFO;
      LoggingEventBuilder event = AUDIT.atLevel(level).setMessage(attempt.type().words().noun());
      add(event, "outcome", decision.label());
      add(event, "httpStatus", answer == null ? null : answer.status());
      add(event, "attempts", attempt.number());
      add(event, "durationMs", attempt.duration().toMillis());
      // Process instance, element, job and account stand on every line of the job, this included.
      add(event, "bpmnProcessId", job.getBpmnProcessId());
      add(event, "processVersion", job.getProcessDefinitionVersion());
      // Texts from outside come last: in a plain-text log, nothing that they say can stand before,
      // or in place of, what the worker says.
      add(event, "requestId", answer == null ? null : answer.requestId());
      add(event, "conference", conference == null ? null : unquoted(conference));
      add(
          event,
          "reason",
          switch (decision) {
            case Decision.TryAgain d -> d.message();
            case Decision.RaiseIncident d -> d.message();
            case Decision.LetLeaseEnd d -> d.message();
            case Decision.Complete d -> null;
            case Decision.ThrowError d -> d.message();
          });
      event.log();
    } catch (RuntimeException e) {
      // What happened to the conference must be reported, written down or not.
      LOG.error("The attempt about job {} could not be written down.", job.getKey(), e);
    }
  }

  /** The account that the inputs name, as one of few values. */
  String account(Map<String, Object> variables) {
    return meters.label(Inputs.accountName(variables));
  }

  private static void add(LoggingEventBuilder event, String key, Object value) {
    if (value != null) {
      event.addKeyValue(key, value);
    }
  }

  private static String unquoted(Object value) {
    String shown = Quoted.of(value);
    return shown.substring(1, shown.length() - 1);
  }
}
