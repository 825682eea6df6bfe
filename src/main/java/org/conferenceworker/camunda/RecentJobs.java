package org.conferenceworker.camunda;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about the jobs of late, by their keys; the oldest is forgotten first.
 *
 * @param <V> what is known about a job
 */
final class RecentJobs<V> {

  /** Jobs; at 100 a second what was known a minute and a half ago is still known. */
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
