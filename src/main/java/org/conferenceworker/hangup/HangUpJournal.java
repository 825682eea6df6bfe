package org.conferenceworker.hangup;

import io.camunda.client.api.response.ActivatedJob;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import org.conferenceworker.vobiz.ApiAnswer;
import org.conferenceworker.vobiz.HangUpOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes down each attempt, for audit and for operations: one structured log event, one timer
 * sample.
 */
class HangUpJournal {

  /** The audit trail's own logger, so that it can be routed on its own. */
  static final String AUDIT_LOGGER = "org.conferenceworker.audit";

  static final String TIMER = "vobiz.conference.hangup";

  private static final Logger AUDIT = LoggerFactory.getLogger(AUDIT_LOGGER);

  private final MeterRegistry metrics;
  private final SortedSet<String> knownAccounts;

  /**
   * @param knownAccounts the account names that may become label values; they must stay few
   */
  HangUpJournal(MeterRegistry metrics, SortedSet<String> knownAccounts) {
    this.metrics = metrics;
    this.knownAccounts = knownAccounts;
  }

  /**
   * @param inputs the job's inputs as they came, which may be missing or of any type
   * @param outcome what the API said, or {@code null} if it was not asked
   */
  void write(
      ActivatedJob job,
      Map<String, Object> inputs,
      HangUpOutcome outcome,
      Decision decision,
      int attempt,
      Duration duration) {
    Object conference = inputs.get(HangUpTask.CONFERENCE_NAME);
    Object account = HangUpRequest.accountName(inputs.get(HangUpTask.ACCOUNT));
    metrics.timer(TIMER, "account", label(account), "outcome", decision.label()).record(duration);

    ApiAnswer answer = outcome instanceof HangUpOutcome.Answered a ? a.answer() : null;
    LoggingEventBuilder event =
        AUDIT
            .atInfo()
            .setMessage("hang-up")
            .addKeyValue("outcome", decision.label())
            .addKeyValue("conference", conference == null ? null : unquoted(conference))
            .addKeyValue("account", unquoted(account))
            .addKeyValue("httpStatus", answer == null ? null : answer.status())
            .addKeyValue("requestId", answer == null ? null : answer.requestId())
            .addKeyValue("attempts", attempt)
            .addKeyValue("durationMs", duration.toMillis())
            .addKeyValue("processInstanceKey", job.getProcessInstanceKey())
            .addKeyValue("bpmnProcessId", job.getBpmnProcessId())
            .addKeyValue("processVersion", job.getProcessDefinitionVersion())
            .addKeyValue("elementId", job.getElementId())
            .addKeyValue("jobKey", job.getKey());
    switch (decision) {
      case Decision.TryAgain d -> event.addKeyValue("reason", d.message()).log();
      case Decision.RaiseIncident d -> event.addKeyValue("reason", d.message()).log();
      case Decision.LetLeaseEnd d -> event.addKeyValue("reason", d.message()).log();
      case Decision.Complete d -> event.log();
      case Decision.ThrowError d -> event.log();
    }
  }

  private String label(Object account) {
    return account instanceof String name && knownAccounts.contains(name) ? name : "unknown";
  }

  private static String unquoted(Object value) {
    String shown = Sentences.show(value);
    return shown.substring(1, shown.length() - 1);
  }
}
