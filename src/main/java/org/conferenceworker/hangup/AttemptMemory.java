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
 * @param subject which conference that is about; if none is in doubt, the one that the last attempt
 *     was about; {@code null} if there was no attempt
 * @param requestedAt when the first attempt was made; {@code null} if the task says itself when the
 *     hang-up was asked for
 */
record AttemptMemory(int made, boolean mayHaveGotThrough, Subject subject, Instant requestedAt) {

  static final AttemptMemory NONE = new AttemptMemory(0, false, null, null);

  /** Reads the variable; anything that no attempt can have written is no memory. */
  static AttemptMemory read(Object variable) {
    if (variable instanceof Map<?, ?> map && map.get("made") instanceof Number made) {
      Subject subject =
          map.get("conferenceName") instanceof String name
                  && map.get("account") instanceof String account
              ? new Subject(name, account)
              : null;
      return new AttemptMemory(
          Math.max(0, made.intValue()),
          subject != null && Boolean.TRUE.equals(map.get("mayHaveGotThrough")),
          subject,
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
    if (subject != null) {
      variable.put("conferenceName", subject.conferenceName());
      variable.put("account", subject.account());
    }
    if (requestedAt != null) {
      variable.put("requestedAt", requestedAt.toString());
    }
    return variable;
  }

  /** Whether an earlier attempt may have ended this conference, and no other. */
  boolean mayHaveEnded(Subject asked) {
    return mayHaveGotThrough && subject.equals(asked);
  }

  /** The same, with the moment of the first attempt, unless that is known already. */
  AttemptMemory askedAt(Instant now) {
    return requestedAt == null ? new AttemptMemory(made, mayHaveGotThrough, subject, now) : this;
  }

  /**
   * The memory after one more attempt. A doubt stays: the name may be corrected back again.
   *
   * @param asked what this attempt was about
   * @param doubtful whether it may have ended that conference
   */
  AttemptMemory afterOneMore(Subject asked, boolean doubtful) {
    return new AttemptMemory(
        made + 1,
        mayHaveGotThrough || doubtful,
        doubtful || !mayHaveGotThrough ? asked : subject,
        requestedAt);
  }

  /** The memory of both: of the engine, and of an attempt whose report it did not get. */
  AttemptMemory and(AttemptMemory undelivered) {
    return new AttemptMemory(
        Math.max(made, undelivered.made),
        mayHaveGotThrough || undelivered.mayHaveGotThrough,
        undelivered.mayHaveGotThrough || !mayHaveGotThrough ? undelivered.subject : subject,
        requestedAt == null ? undelivered.requestedAt : requestedAt);
  }
}
