package org.conferenceworker.attempt;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.conferenceworker.camunda.Decision;

/**
 * Counts attempts by outcome, and keeps the time of the last success.
 *
 * <p>Every series exists from the start: {@code increase()} cannot see the first event of a counter
 * that appears with it.
 */
class TaskMeters {

  /** The label of every account that is not configured; label values must stay few. */
  static final String UNKNOWN_ACCOUNT = "unknown";

  private final MeterRegistry metrics;
  private final SortedSet<String> accounts;
  private final Map<Tags, AtomicLong> lastSuccess = new HashMap<>();

  private record Tags(String metric, String account) {}

  /**
   * @param accounts the names of the configured account profiles
   */
  TaskMeters(MeterRegistry metrics, SortedSet<String> accounts, List<TaskType> types) {
    this.metrics = metrics;
    this.accounts = accounts;
    for (TaskType type : types) {
      accounts.forEach(account -> register(type, account));
      timer(type, UNKNOWN_ACCOUNT, Decision.INCIDENT);
    }
  }

  private void register(TaskType type, String account) {
    Stream.of(type.outcomes(), Decision.LABELS)
        .flatMap(List::stream)
        .forEach(outcome -> timer(type, account, outcome));
    var at = new AtomicLong();
    lastSuccess.put(new Tags(type.metric(), account), at);
    Gauge.builder(type.metric() + ".last.success.timestamp", at, AtomicLong::get)
        .description(
            "Unix time of the last completed %s; 0 if none since the start"
                .formatted(type.words().noun()))
        .baseUnit("seconds")
        .tag("account", account)
        .register(metrics);
  }

  /** The account's label value: its name if it is configured. */
  String label(Object account) {
    return account instanceof String name && accounts.contains(name) ? name : UNKNOWN_ACCOUNT;
  }

  /**
   * @param account a {@link #label}
   */
  void count(TaskType type, String account, Decision decision, Duration duration) {
    timer(type, account, decision.label()).record(duration);
    if (decision instanceof Decision.Complete d && d.answeredAt() != null && d.message() == null) {
      lastSuccess.get(new Tags(type.metric(), account)).set(d.answeredAt().getEpochSecond());
    }
  }

  private Timer timer(TaskType type, String account, String outcome) {
    return Timer.builder(type.metric())
        .description("Attempts to %s, by what the engine is told".formatted(type.words().title()))
        .tag("account", account)
        .tag("outcome", outcome)
        .register(metrics);
  }
}
