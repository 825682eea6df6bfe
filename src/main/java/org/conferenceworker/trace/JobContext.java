package org.conferenceworker.trace;

import io.camunda.client.api.response.ActivatedJob;
import io.micrometer.tracing.Span;
import org.slf4j.MDC;

/** Puts the job on every log line (MDC) and into a span, until it is closed. */
public final class JobContext implements AutoCloseable {

  private final Spans.Current span;

  private JobContext(Spans.Current span) {
    this.span = span;
  }

  public static JobContext of(ActivatedJob job, String title, Spans spans) {
    MDC.put("processInstanceKey", Long.toString(job.getProcessInstanceKey()));
    MDC.put("elementId", job.getElementId());
    MDC.put("jobKey", Long.toString(job.getKey()));
    Spans.Current span = spans.start(title, Span.Kind.CONSUMER);
    MDC.getCopyOfContextMap().forEach(span::tag);
    return new JobContext(span);
  }

  /** Adds the account once it is known; only configured names are shown. */
  public void account(String name) {
    MDC.put("account", name);
    span.tag("account", name);
  }

  /** Adds the label of the decision. */
  public void outcome(String label) {
    span.tag("outcome", label);
  }

  @Override
  public void close() {
    span.close();
    MDC.clear();
  }
}
