package org.conferenceworker.attempt;

import java.util.Map;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.vobiz.ApiAnswer;

/** The ends of a job that its task intends: with a result, or with a BPMN error. */
public final class Ends {

  private Ends() {}

  /**
   * @param result the value of the task's result variable
   * @param answer the API's answer, or {@code null} if there was none
   */
  public static Complete complete(
      Attempt attempt, Asked asked, Enum<?> outcome, Object result, ApiAnswer answer) {
    return complete(attempt, asked, outcome, result, answer, null);
  }

  /**
   * @param result the value of the task's result variable
   * @param answer the API's answer, or {@code null} if there was none
   * @param reason why it came to less than was asked for, as a sentence, or {@code null}
   */
  public static Complete complete(
      Attempt attempt,
      Asked asked,
      Enum<?> outcome,
      Object result,
      ApiAnswer answer,
      String reason) {
    return new Complete(
        outcome.name(),
        Map.of(asked.type().resultVariable(), result),
        asked.subject(),
        answer == null ? null : attempt.now(),
        reason);
  }

  /**
   * An error that still holds when the job is handed out again.
   *
   * @param message what happened, as a sentence
   */
  public static ThrowError lastingError(
      Asked asked, String code, String message, ApiAnswer answer) {
    return error(asked, code, message, answer.status(), true);
  }

  /**
   * The error of a request that was not sent in time. It does not last, because a person may allow
   * more time.
   *
   * @param message what happened, as a sentence
   */
  public static ThrowError tooLate(Asked asked, String code, String message) {
    return error(asked, code, message, null, false);
  }

  private static ThrowError error(
      Asked asked, String code, String message, Integer status, boolean lasting) {
    var error =
        new TaskError(code, message, asked.conferenceName(), asked.account().name(), status);
    return new ThrowError(
        code, message, Map.of(asked.type().errorVariable(), error), asked.subject(), lasting);
  }
}
