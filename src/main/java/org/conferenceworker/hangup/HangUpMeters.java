package org.conferenceworker.hangup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conferenceworker.camunda.Decision;

/**
 * Counts attempts by what came of them, and keeps the moment of the last success.
 *
 * <p>Every series exists from the start: a counter that appears with its first event hides that
 * event from {@code increase()}.
 */
class HangUpMeters {

  static final String TIMER = "vobiz.conference.hangup";

  /** The label of every account that is not configured; label values must stay few. */
  static final String UNKNOWN_ACCOUNT = "unknown";

  private final MeterRegistry metrics;
  private final Map<String, AtomicLong> lastSuccess;

  /**
   * @param accounts the names of the configured account profiles
   */
  HangUpMeters(MeterRegistry metrics, SortedSet<String> accounts) {
    this.metrics = metrics;
    lastSuccess =
        accounts.stream().collect(Collectors.toMap(Function.identity(), name -> new AtomicLong()));
    lastSuccess.forEach(
        (account, at) -> {
          Stream.of(HangUpTask.OUTCOMES, Decision.LABELS)
              .flatMap(List::stream)
              .forEach(outcome -> timer(account, outcome));
          Gauge.builder("vobiz.conference.hangup.last.success.timestamp", at, AtomicLong::get)
              .description("Unix time of the last completed hang-up; 0 if none since the start")
              .baseUnit("seconds")
              .tag("account", account)
              .register(metrics);
        });
    timer(UNKNOWN_ACCOUNT, Decision.INCIDENT);
  }

  /** The account's label value: its name if it is configured. */
  String label(Object account) {
    return account instanceof String name && lastSuccess.containsKey(name) ? name : UNKNOWN_ACCOUNT;
  }

  /**
   * @param account a {@link #label}
   */
  void count(String account, Decision decision, Duration duration) {
    timer(account, decision.label()).record(duration);
    if (decision instanceof Decision.Complete d && d.answeredAt() != null) {
      lastSuccess.get(account).set(d.answeredAt().getEpochSecond());
    }
  }

  private Timer timer(String account, String outcome) {
    return Timer.builder(TIMER)
        .description("Attempts to hang up a conference, by what the engine is told")
        .tag("account", account)
        .tag("outcome", outcome)
        .register(metrics);
  }
}
