package org.conferenceworker.standin.vobiz;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A callback that was sent.
 *
 * @param sentAt when it was sent first
 * @param fields of its form, before they are encoded
 * @param headers the same each time; some carry tokens
 * @param statuses of the answers, one for each time it was sent; 0 if none came in time
 */
public record SentCallback(
    Instant sentAt,
    Map<String, String> fields,
    Map<String, String> headers,
    List<Integer> statuses) {

  public String field(String name) {
    return fields.get(name);
  }

  /** Whether it was answered 200, after which it is not sent again. */
  public boolean isAccepted() {
    return statuses.contains(200);
  }
}
