package org.conferenceworker.attempt;

import org.conferenceworker.log.Quoted;

/** An unusable input; the message names it and says what is wrong and what is allowed. */
public final class InvalidInput extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidInput(String message) {
    super(message);
  }

  /**
   * @param allowed what is allowed, as a clause
   */
  public static InvalidInput missing(String input, String allowed) {
    return of(input, null, "is missing", allowed);
  }

  /**
   * @param value its value; {@code null} if there is none
   * @param problem what is wrong with it, as a clause
   * @param allowed what is allowed, as a clause
   */
  static InvalidInput of(String input, Object value, String problem, String allowed) {
    String shown = value == null ? "" : " (" + Quoted.of(value) + ")";
    return new InvalidInput("the input \"" + input + "\"" + shown + " " + problem + "; " + allowed);
  }
}
