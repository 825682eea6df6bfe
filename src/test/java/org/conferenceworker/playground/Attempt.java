package org.conferenceworker.playground;

import java.time.Instant;
import java.util.Map;

/**
 * An attempt of the worker at a job.
 *
 * @param level of the audit line
 * @param fields of the audit line, in its order
 * @param told what the engine was told; {@code null} until it was
 */
record Attempt(
    Instant at,
    long jobKey,
    String elementId,
    String level,
    String message,
    Map<String, String> fields,
    Told told) {

  /**
   * @param kind {@code completed}, {@code error} or {@code failed}
   * @param variables that came with it
   * @param text the code of the error, or the message of the failure
   * @param retries that are left
   */
  record Told(String kind, Map<String, Object> variables, String text, int retries) {}

  Attempt with(Told report) {
    return new Attempt(at, jobKey, elementId, level, message, fields, report);
  }
}
