package org.conferenceworker.hangup;

import io.camunda.client.api.response.ActivatedJob;
import org.slf4j.MDC;

/** Puts the job on every line that is logged on its behalf (MDC), until it is closed. */
final class JobContext implements AutoCloseable {

  private JobContext() {}

  static JobContext of(ActivatedJob job) {
    MDC.put("processInstanceKey", Long.toString(job.getProcessInstanceKey()));
    MDC.put("elementId", job.getElementId());
    MDC.put("jobKey", Long.toString(job.getKey()));
    return new JobContext();
  }

  /** Adds the account, once it is known which; a name that is not configured is not shown. */
  void account(String name) {
    MDC.put("account", name);
  }

  @Override
  public void close() {
    MDC.clear();
  }
}
