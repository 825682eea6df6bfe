package org.conferenceworker.events;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Remembers what this process has seen, so that a repeated callback does not become a second
 * message, and nobody can send another body with a signature that was used.
 */
final class Replays {

  /** A conference is empty once, and the engine forgets a message after minutes. */
  static final Duration REMEMBERED_FOR = Duration.ofHours(24);

  /** Entries of each kind; the oldest are forgotten first. */
  static final int MOST = 100_000;

  private final Cache<Fingerprint, Fingerprint> bodiesByNonce;
  private final Cache<Fingerprint, Delivery> published;
  private final ConcurrentMap<Fingerprint, CompletableFuture<Delivery>> underWay =
      new ConcurrentHashMap<>();

  /**
   * @param ticker the time in nanoseconds
   */
  Replays(Ticker ticker) {
    bodiesByNonce = cache(ticker).build();
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
   * Whether one of these nonces came with another body before.
   *
   * @param nonces those of one callback
   */
  boolean isReplay(String account, List<String> nonces, Fingerprint body) {
    boolean replay = false;
    for (String nonce : nonces) {
      Fingerprint key = Fingerprint.of(account + "\n" + nonce);
      Fingerprint before = bodiesByNonce.asMap().putIfAbsent(key, body);
      replay |= before != null && !before.equals(body);
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
