package org.conferenceworker.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.conferenceworker.events.EventPublisher.Delivery;
import org.junit.jupiter.api.Test;

/** How much is remembered, and for how long. */
class ReplaysTest {

  private final AtomicLong now = new AtomicLong();
  private final Replays replays =
      new Replays(
          new Ticker() {
            @Override
            public long read() {
              return now.get();
            }
          });
  private final AtomicInteger published = new AtomicInteger();

  private Delivery publish(String id) {
    return replays.once(
        id,
        () -> {
          published.incrementAndGet();
          return Delivery.TAKEN;
        });
  }

  private boolean isReplay(String nonce, String body) {
    return replays.isReplay(List.of(nonce), body);
  }

  @Test
  void remembersForADay() {
    assertThat(publish("a")).isEqualTo(Delivery.TAKEN);
    isReplay("1", "body");

    now.addAndGet(Duration.ofHours(24).minusSeconds(1).toNanos());
    assertThat(publish("a")).isEqualTo(Delivery.KNOWN);
    assertThat(isReplay("1", "another")).isTrue();
    assertThat(isReplay("1", "body")).isFalse();

    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(publish("a")).isEqualTo(Delivery.TAKEN);
    assertThat(isReplay("1", "another")).isFalse();
  }

  @Test
  void forgetsTheOldest_whenThereAreTooMany() {
    for (int i = 0; i <= Replays.MOST; i++) {
      publish("id " + i);
      isReplay("nonce " + i, "body");
    }

    assertThat(publish("id " + Replays.MOST)).isEqualTo(Delivery.KNOWN);
    assertThat(publish("id 1")).isEqualTo(Delivery.KNOWN);
    assertThat(publish("id 0")).isEqualTo(Delivery.TAKEN);
    assertThat(isReplay("nonce 1", "another")).isTrue();
    assertThat(isReplay("nonce 0", "another")).isFalse();
  }

  @Test
  void doesNotRememberWhatTheEngineHasNotTaken() {
    assertThat(replays.once("a", () -> Delivery.notTaken("away")).isTaken()).isFalse();
    assertThatThrownBy(
            () ->
                replays.once(
                    "a",
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");

    assertThat(publish("a")).isEqualTo(Delivery.TAKEN);
    assertThat(published).hasValue(1);
  }

  @Test
  void oneProofThatIsKnown_isEnough() {
    assertThat(replays.isReplay(List.of("1", "2"), "a")).isFalse();
    assertThat(replays.isReplay(List.of("3", "2"), "a")).isFalse();
    assertThat(replays.isReplay(List.of("4", "1"), "b")).isTrue();
  }
}
