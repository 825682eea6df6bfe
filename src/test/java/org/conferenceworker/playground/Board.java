package org.conferenceworker.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What every page shows, by topic. A topic has one text, the latest, so that a page that is slow,
 * new, or was away needs nothing but what is newer than what it has.
 */
final class Board {

  /**
   * @param version grows with each change of any topic
   */
  record Topic(String name, long version, String json) {}

  static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private long version;

  /** Shows this from now on. */
  void put(String topic, Object value) {
    String json = json(value);
    lock.lock();
    try {
      Topic before = topics.get(topic);
      if (before == null || !before.json().equals(json)) {
        topics.put(topic, new Topic(topic, ++version, json));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for topics that are newer.
   *
   * @return empty if there were none in this time
   */
  List<Topic> awaitNewer(long than, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (version <= than && left > 0) {
        left = changed.awaitNanos(left);
      }
      return topics.values().stream().filter(topic -> topic.version() > than).toList();
    } finally {
      lock.unlock();
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
