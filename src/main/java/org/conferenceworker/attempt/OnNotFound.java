package org.conferenceworker.attempt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the process designer wants if the conference does not exist. */
public enum OnNotFound {
  /** BPMN error {@code CONFERENCE_NOT_FOUND}. */
  ERROR,
  /** The task completes: the conference has ended, as intended. */
  COMPLETE,
  /** An incident. */
  INCIDENT;

  /** The value of the task's header. */
  public String headerValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<OnNotFound> ofHeader(String value) {
    return Arrays.stream(values()).filter(v -> v.headerValue().equals(value)).findFirst();
  }

  static String choices() {
    return Arrays.stream(values()).map(OnNotFound::headerValue).collect(Collectors.joining(", "));
  }
}
