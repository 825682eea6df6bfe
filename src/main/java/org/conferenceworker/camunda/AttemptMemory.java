package org.conferenceworker.camunda;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one attempt leaves for the next one, which may run on another worker: a local variable of
 * the task, kept by the engine.
 *
 * @param made number of attempts so far
 * @param mayHaveGotThrough whether one of them may have taken effect without the worker seeing it
 * @param subject what the doubt is about, or else the last attempt; {@code null} if there was no
 *     attempt
 * @param requestedAt when the first attempt was made; {@code null} if the task has a request time
 *     of its own
 */
public record AttemptMemory(
    int made, boolean mayHaveGotThrough, Subject subject, Instant requestedAt) {

  /** No job is tried as often. */
  private static final int MOST = 1_000_000_000;

  private static final String MADE = "made";
  private static final String DOUBT = "mayHaveGotThrough";
  private static final String REQUESTED_AT = "requestedAt";
  private static final Set<String> OWN_FIELDS = Set.of(MADE, DOUBT, REQUESTED_AT);

  public static final AttemptMemory NONE = new AttemptMemory(0, false, null, null);

  /** Reads the variable; anything that no attempt can have written counts as no memory. */
  public static AttemptMemory read(Object variable) {
    if (variable instanceof Map<?, ?> map && map.get(MADE) instanceof Number made) {
      Subject subject = subject(map);
      return new AttemptMemory(
          Math.clamp(made.longValue(), 0, MOST),
          subject != null && Boolean.TRUE.equals(map.get(DOUBT)),
          subject,
          instant(map.get(REQUESTED_AT)));
    }
    return NONE;
  }

  /** All other fields of the variable. */
  private static Subject subject(Map<?, ?> variable) {
    var parts = new HashMap<String, Object>();
    variable.forEach(
        (name, value) -> {
          if (value != null && !OWN_FIELDS.contains(name)) {
            parts.put(name.toString(), value);
          }
        });
    return parts.isEmpty() ? null : new Subject(parts);
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
    variable.put(MADE, made);
    variable.put(DOUBT, mayHaveGotThrough);
    if (subject != null) {
      variable.putAll(subject.parts());
    }
    if (requestedAt != null) {
      variable.put(REQUESTED_AT, requestedAt.toString());
    }
    return variable;
  }

  /** Whether an earlier attempt at exactly this may have taken effect. */
  public boolean mayHaveGotThroughFor(Subject asked) {
    return mayHaveGotThrough && subject.equals(asked);
  }

  /** The same, with the time of the first attempt unless it is known already. */
  public AttemptMemory askedAt(Instant now) {
    return requestedAt == null ? new AttemptMemory(made, mayHaveGotThrough, subject, now) : this;
  }

  /**
   * The memory after one more attempt. A doubt stays: a corrected name may be changed back.
   *
   * @param asked what this attempt was about
   * @param doubtful whether it may have taken effect without the worker seeing it
   */
  public AttemptMemory afterOneMore(Subject asked, boolean doubtful) {
    return new AttemptMemory(
        made + 1,
        mayHaveGotThrough || doubtful,
        doubtful || !mayHaveGotThrough ? asked : subject,
        requestedAt);
  }

  /** Merges the engine's memory with that of an attempt whose report the engine did not get. */
  public AttemptMemory and(AttemptMemory undelivered) {
    return new AttemptMemory(
        Math.max(made, undelivered.made),
        mayHaveGotThrough || undelivered.mayHaveGotThrough,
        undelivered.mayHaveGotThrough || !mayHaveGotThrough ? undelivered.subject : subject,
        requestedAt == null ? undelivered.requestedAt : requestedAt);
  }
}
