package org.conferenceworker.faults;

import java.util.List;
import java.util.Map;

/**
 * What a task is asked for, and the luck of each of its attempts.
 *
 * @param isThere whether there is anything to do it to at the beginning
 */
public record Schedule(
    boolean isThere, Map<String, String> headers, String validFor, List<Luck> attempts) {

  /** The value of a header; an empty text if there is none. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
