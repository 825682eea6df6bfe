package org.conferenceworker.attempt;

import java.util.Locale;

/** A constant that a designer chooses with a header. */
public interface Choice {

  String name();

  /** The value of the header. */
  default String headerValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
