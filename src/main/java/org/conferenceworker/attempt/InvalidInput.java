package org.conferenceworker.attempt;

import org.conferenceworker.log.Quoted;

/**
 * Something that a job cannot be carried out with; the message names it and says what is wrong and
 * what is allowed.
 */
public final class InvalidInput extends Exception {

  private static final long serialVersionUID = 1L;

  private static final String CORRECT_THE_INPUT = "correct the input, then resolve the incident";

  /** Headers are part of the deployed process; resolving the incident reads the same again. */
  private static final String CORRECT_THE_DIAGRAM =
      "correct it in the diagram and deploy that, then migrate the instance or start a new one";

  private final String remedy;

  InvalidInput(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** An input that only needs to be corrected. */
  public static InvalidInput ofInput(String message) {
    return new InvalidInput(message, CORRECT_THE_INPUT);
  }

  /**
   * @param allowed what is allowed, as a clause
   */
  public static InvalidInput missing(String input, String allowed) {
    return of(input, null, "is missing", allowed);
  }

  /**
   * @param value its value; {@code null} if there is none, or none that may be shown
   * @param problem what is wrong with it, as a clause
   * @param allowed what is allowed, as a clause
   */
  static InvalidInput of(String input, Object value, String problem, String allowed) {
    return ofInput("the input " + described(input, value, problem, allowed));
  }

  /** The same about a header of the task. */
  static InvalidInput ofHeader(String header, Object value, String problem, String allowed) {
    return new InvalidInput(
        "the header " + described(header, value, problem, allowed), CORRECT_THE_DIAGRAM);
  }

  private static String described(String name, Object value, String problem, String allowed) {
    String shown = value == null ? "" : " (" + Quoted.of(value) + ")";
    return "\"" + name + "\"" + shown + " " + problem + "; " + allowed;
  }

  /** What to do, as a clause. */
  String remedy() {
    return remedy;
  }
}
