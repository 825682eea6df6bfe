package org.conferenceworker.vobiz;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.tracing.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.conferenceworker.trace.Spans;
import org.conferenceworker.vobiz.Outcome.Answered;

/** Measures the calls of another API: time, span, and a count by outcome. */
final class MeasuredApi implements Api {

  private static final String NO_STATUS = "none";
  private static final List<String> STATUS_CLASSES = List.of("2xx", "3xx", "4xx", "5xx", NO_STATUS);

  /** From the fastest responses to the longest time that operators may set. */
  private static final Duration[] BUCKETS =
      Stream.of(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000, 30_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Api api;
  private final MeterRegistry metrics;
  private final Spans spans;
  private final AtomicInteger active = new AtomicInteger();

  /**
   * @param accounts the names of the configured account profiles
   */
  MeasuredApi(Api api, MeterRegistry metrics, Spans spans, SortedSet<String> accounts) {
    this.api = api;
    this.metrics = metrics;
    this.spans = spans;
    Gauge.builder("vobiz.api.requests.active", active, AtomicInteger::get)
        .description("Calls to the API in progress")
        .register(metrics);
    for (String account : accounts) {
      STATUS_CLASSES.forEach(status -> timer(account, status));
      Stream.concat(Outcome.LABELS.stream(), ApiRequest.Kind.successes())
          .forEach(label -> counter(account, label));
    }
  }

  @Override
  public Outcome send(ApiRequest request, Instant sendBefore) {
    String account = request.account().name();
    active.incrementAndGet();
    try (var span = spans.start(request.method() + " Conference", Span.Kind.CLIENT)) {
      span.tag("http.request.method", request.method());
      span.tag("account", account);
      long start = System.nanoTime();
      Outcome outcome = api.send(request, sendBefore);
      timer(account, statusClass(outcome)).record(Duration.ofNanos(System.nanoTime() - start));
      String label = outcome.label(request.kind().success());
      counter(account, label).increment();
      span.tag("outcome", label);
      if (outcome instanceof Answered a) {
        span.tag("http.response.status_code", Integer.toString(a.answer().status()));
      }
      return outcome;
    } finally {
      active.decrementAndGet();
    }
  }

  private Timer timer(String account, String status) {
    return Timer.builder("vobiz.api.requests")
        .description("Calls to the API, by status class of the response")
        .tag("account", account)
        .tag("status", status)
        .serviceLevelObjectives(BUCKETS)
        .register(metrics);
  }

  private Counter counter(String account, String outcome) {
    return Counter.builder("vobiz.api.outcomes")
        .description("Calls to the API, by outcome")
        .tag("account", account)
        .tag("outcome", outcome)
        .register(metrics);
  }

  private static String statusClass(Outcome outcome) {
    return outcome instanceof Answered a
        ? Math.clamp(a.answer().status() / 100, 2, 5) + "xx"
        : NO_STATUS;
  }
}
