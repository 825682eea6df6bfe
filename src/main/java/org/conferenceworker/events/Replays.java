package org.conferenceworker.events;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.conferenceworker.events.EventPublisher.Delivery;

/**
 * Remembers what this process has seen, so that a repeated callback does not become a second
 * message, and nobody can send another body with a signature that was used.
 */
final class Replays {

  /** A conference is empty once, and the engine forgets a message after minutes. */
  static final Duration REMEMBERED_FOR = Duration.ofHours(24);

  /** Entries of each kind; those that were not seen for the longest time are forgotten first. */
  static final int MOST = 100_000;

  /** Half of a SHA-256 digest: takes little memory, and nobody finds two texts with the same. */
  private record Fingerprint(long high, long low) {

    static Fingerprint of(String text) {
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new Fingerprint(bytes.getLong(), bytes.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java runtime has SHA-256.", e);
      }
    }
  }

  /** Contents of callbacks by what proved that they are genuine. */
  private final Cache<Fingerprint, Fingerprint> contents;

  private final Cache<Fingerprint, Delivery> published;
  private final ConcurrentMap<Fingerprint, CompletableFuture<Delivery>> underWay =
      new ConcurrentHashMap<>();

  /**
   * @param ticker the time in nanoseconds
   */
  Replays(Ticker ticker) {
    contents = cache(ticker).build();
    published = cache(ticker).build();
  }

  /** With one segment, because with several a cache may forget before it is full. */
  private static CacheBuilder<Object, Object> cache(Ticker ticker) {
    return CacheBuilder.newBuilder()
        .concurrencyLevel(1)
        .maximumSize(MOST)
        .expireAfterWrite(REMEMBERED_FOR)
        .ticker(ticker);
  }

  /**
   * Whether one of these came with another callback before.
   *
   * @param proofs nonces and signatures of one callback
   * @param content all that its event is read from
   */
  boolean isReplay(List<String> proofs, String content) {
    Fingerprint now = Fingerprint.of(content);
    boolean replay = false;
    for (String proof : proofs) {
      Fingerprint before = contents.asMap().putIfAbsent(Fingerprint.of(proof), now);
      replay |= before != null && !before.equals(now);
    }
    return replay;
  }

  /**
   * Publishes a message unless that was done before. A copy that arrives meanwhile waits for what
   * becomes of the first.
   */
  Delivery once(String messageId, Supplier<Delivery> publish) {
    Fingerprint id = Fingerprint.of(messageId);
    var mine = new CompletableFuture<Delivery>();
    CompletableFuture<Delivery> other = underWay.putIfAbsent(id, mine);
    if (other != null) {
      Delivery delivery = other.join();
      return delivery.isTaken() ? Delivery.KNOWN : delivery;
    }
    try {
      Delivery delivery = published.getIfPresent(id);
      if (delivery == null) {
        delivery = publish.get();
        if (delivery.isTaken()) {
          published.put(id, Delivery.KNOWN);
        }
      }
      mine.complete(delivery);
      return delivery;
    } finally {
      underWay.remove(id);
      mine.complete(Delivery.notTaken("The first copy of it broke down."));
    }
  }
}
