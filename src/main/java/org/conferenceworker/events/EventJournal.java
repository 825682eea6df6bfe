package org.conferenceworker.events;

import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.conferenceworker.log.AuditEvent;
import org.conferenceworker.settings.EventSettings;
import org.slf4j.event.Level;

/** Records each callback for audit and operations: one count, one line in the audit trail. */
final class EventJournal {

  private static final String METRIC = "vobiz.conference.events";
  private static final String UNKNOWN_ACCOUNT = "unknown";

  /** Lines about refused callbacks: so many at once, then one per second. Nobody fills the log. */
  private static final int REFUSALS_AT_ONCE = 20;

  private final MeterRegistry metrics;
  private final UnaryOperator<String> mask;
  private final Bucket refusals =
      Bucket.builder()
          .addLimit(
              limit -> limit.capacity(REFUSALS_AT_ONCE).refillGreedy(1, Duration.ofSeconds(1)))
          .build();
  private final AtomicLong refusalsLeftOut = new AtomicLong();

  /**
   * @param accounts the names of the configured account profiles
   * @param mask hides tokens in what comes from outside
   */
  EventJournal(MeterRegistry metrics, SortedSet<String> accounts, UnaryOperator<String> mask) {
    this.metrics = metrics;
    this.mask = mask;
    // Every series exists from the start: increase() cannot see the first event of a new counter.
    for (String account : accounts) {
      for (String event :
          List.of(EventSettings.EMPTY, EventSettings.MEMBER_JOINED, EventSettings.MEMBER_LEFT)) {
        for (String result : List.of("published", "duplicate", "ignored", "failed")) {
          counter(account, event, result);
        }
      }
      counter(account, ConferenceEvent.NO_EVENT, "ignored");
      counter(account, ConferenceEvent.NO_EVENT, "refused");
    }
    counter(UNKNOWN_ACCOUNT, ConferenceEvent.NO_EVENT, "refused");
  }

  private Counter counter(String account, String event, String result) {
    return Counter.builder(METRIC)
        .description("Callbacks of Vobiz by what became of them")
        .tag("account", account)
        .tag("event", event)
        .tag("result", result)
        .register(metrics);
  }

  /**
   * A callback that says nothing, or must not be read.
   *
   * @param account {@code null} if it is for none that is configured
   */
  Receipt write(String account, Receipt.Refused refusal) {
    counter(account == null ? UNKNOWN_ACCOUNT : account, ConferenceEvent.NO_EVENT, refusal.label())
        .increment();
    if (refusals.tryConsume(1)) {
      long leftOut = refusalsLeftOut.getAndSet(0);
      line(refusal, ConferenceEvent.NO_EVENT, account)
          .with("linesLeftOut", leftOut == 0 ? null : leftOut)
          .with("reason", refusal.reason())
          .write();
    } else {
      refusalsLeftOut.incrementAndGet();
    }
    return refusal;
  }

  /** A callback that could be read. */
  Receipt write(ConferenceEvent event, Receipt receipt) {
    counter(event.account(), event.label(), receipt.label()).increment();
    line(receipt, event.label(), event.account())
        .with("reason", receipt.reason())
        .withOutside("conference", event.conference().name())
        .withOutside("conferenceUuid", event.conference().uuid())
        .withOutside("member", event.member().id())
        .withOutside("callUuid", event.member().callUuid())
        .write();
    return receipt;
  }

  private AuditEvent line(Receipt receipt, String event, String account) {
    Level level =
        switch (receipt) {
          case Receipt.Published r -> Level.INFO;
          case Receipt.Duplicate r -> Level.INFO;
          case Receipt.Ignored r -> Level.INFO;
          case Receipt.Refused r -> Level.WARN;
          case Receipt.Failed r -> Level.WARN;
        };
    return new AuditEvent(level, "conference event", mask)
        .with("result", receipt.label())
        .with("event", event)
        .with("httpStatus", receipt.status())
        .with("account", account);
  }
}
