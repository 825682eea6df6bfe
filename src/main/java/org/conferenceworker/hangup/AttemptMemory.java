package org.conferenceworker.hangup;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one attempt leaves for the next, on whichever worker that runs: the local variable {@code
 * hangUpAttempts} of the task, kept by the engine.
 *
 * @param made how many attempts there were
 * @param mayHaveGotThrough whether one of them may have ended the conference without our seeing it
 * @param requestedAt when the first attempt was made; {@code null} if the task says itself when the
 *     hang-up was asked for
 */
record AttemptMemory(int made, boolean mayHaveGotThrough, Instant requestedAt) {

  static final AttemptMemory NONE = new AttemptMemory(0, false, null);

  /** Reads the variable; anything that no attempt can have written is no memory. */
  static AttemptMemory read(Object variable) {
    if (variable instanceof Map<?, ?> map && map.get("made") instanceof Number made) {
      return new AttemptMemory(
          Math.max(0, made.intValue()),
          Boolean.TRUE.equals(map.get("mayHaveGotThrough")),
          instant(map.get("requestedAt")));
    }
    return NONE;
  }

  private static Instant instant(Object value) {
    try {
      return value instanceof String text ? Instant.parse(text) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** The variable's value, for the engine. */
  Map<String, Object> toVariable() {
    var variable = new LinkedHashMap<String, Object>();
    variable.put("made", made);
    variable.put("mayHaveGotThrough", mayHaveGotThrough);
    if (requestedAt != null) {
      variable.put("requestedAt", requestedAt.toString());
    }
    return variable;
  }

  /** The same, with the moment of the first attempt, unless that is known already. */
  AttemptMemory askedAt(Instant now) {
    return requestedAt == null ? new AttemptMemory(made, mayHaveGotThrough, now) : this;
  }

  AttemptMemory afterOneMore(boolean mayHaveGotThrough) {
    return new AttemptMemory(made + 1, this.mayHaveGotThrough || mayHaveGotThrough, requestedAt);
  }

  /** The memory of both: of the engine, and of an attempt whose report it did not get. */
  AttemptMemory and(AttemptMemory other) {
    return new AttemptMemory(
        Math.max(made, other.made),
        mayHaveGotThrough || other.mayHaveGotThrough,
        requestedAt == null ? other.requestedAt : requestedAt);
  }
}
