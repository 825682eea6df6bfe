package org.conferenceworker.trace;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.Tracer.SpanInScope;

/**
 * Creates spans if tracing is on.
 *
 * @param tracer {@link Tracer#NOOP} if tracing is off
 */
public record Spans(Tracer tracer) {

  /** A span that is current on its thread until it is closed. */
  public static final class Current implements AutoCloseable {
    private final Span span;
    private final SpanInScope scope;

    private Current(Tracer tracer, Span span) {
      this.span = span;
      this.scope = tracer.withSpan(span);
    }

    public void tag(String key, String value) {
      span.tag(key, value);
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }

  /** Starts a span below the current one of this thread. */
  public Current start(String name, Span.Kind kind) {
    return new Current(tracer, tracer.spanBuilder().name(name).kind(kind).start());
  }
}
