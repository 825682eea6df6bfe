package org.conferenceworker.camunda;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about recent jobs, by key; the oldest entry is dropped first.
 *
 * @param <V> what is known about a job
 */
final class RecentJobs<V> {

  /** Entries; at 100 jobs a second this covers a minute and a half. */
  private static final int MOST = 10_000;

  private final Map<Long, V> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
          return size() > MOST;
        }
      };

  synchronized Optional<V> get(long jobKey) {
    return Optional.ofNullable(known.get(jobKey));
  }

  synchronized void put(long jobKey, V value) {
    known.remove(jobKey);
    known.put(jobKey, value);
  }

  synchronized void remove(long jobKey) {
    known.remove(jobKey);
  }
}
