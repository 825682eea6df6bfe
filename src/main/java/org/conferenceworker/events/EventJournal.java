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

  private final MeterRegistry metrics;
  private final UnaryOperator<String> mask;
  private final Bucket refusals = bucket(20, 1);

  /** Room for the members of many large conferences that all end at once. */
  private final Bucket repetitions = bucket(2000, 20);

  private final AtomicLong leftOut = new AtomicLong();

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

  private static Bucket bucket(int lines, int perSecond) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(lines).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }

  private Counter counter(String account, String event, String result) {
    return Counter.builder(METRIC)
        .description("Callbacks of Vobiz by what became of them")
        .tag("account", account)
        .tag("event", event)
        .tag("result", result)
        .register(metrics);
  }

  /** One message of a callback, or one callback that becomes none. */
  void count(String account, String event, Receipt receipt) {
    counter(account, event, receipt.label()).increment();
  }

  /**
   * A callback that says nothing, or must not be read.
   *
   * @param account {@code null} if it is for none that is configured
   */
  Receipt write(String account, Receipt.Refused refusal) {
    count(account == null ? UNKNOWN_ACCOUNT : account, ConferenceEvent.NO_EVENT, refusal);
    write(refusals, line(refusal, ConferenceEvent.NO_EVENT, account));
    return refusal;
  }

  /**
   * A callback that could be read.
   *
   * @param label of the event
   */
  Receipt write(ConferenceEvent event, String label, Receipt receipt) {
    AuditEvent line =
        line(receipt, label, event.account())
            .withOutside("conference", event.conference().name())
            .withOutside("conferenceUuid", event.conference().uuid())
            .withOutside("member", event.member().id())
            .withOutside("callUuid", event.member().callUuid());
    switch (receipt) {
      case Receipt.Duplicate r -> write(repetitions, line);
      case Receipt.Ignored r -> write(repetitions, line);
      case Receipt.Published r -> line.write();
      case Receipt.Refused r -> line.write();
      case Receipt.Failed r -> line.write();
    }
    return receipt;
  }

  /** Whoever can call, or repeat what others have sent, cannot fill the log. */
  private void write(Bucket bucket, AuditEvent line) {
    if (bucket.tryConsume(1)) {
      long before = leftOut.getAndSet(0);
      line.with("linesLeftOut", before == 0 ? null : before).write();
    } else {
      leftOut.incrementAndGet();
    }
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
        .with("account", account)
        .with("reason", receipt.reason());
  }
}
