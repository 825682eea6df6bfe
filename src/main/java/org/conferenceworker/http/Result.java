package org.conferenceworker.http;

import java.util.function.UnaryOperator;

/** What came of one exchange. */
public sealed interface Result {

  /**
   * An answer, at least its head.
   *
   * @param header the value of the first header field of a name, or {@code null}
   * @param body as much of it as was read, decoded
   * @param isWhole whether that is all of it
   * @param brokenOff why the rest of the body did not come, as a clause; {@code null} if it was
   *     read to its end, or to the limit
   */
  record Reply(
      int status, UnaryOperator<String> header, byte[] body, boolean isWhole, String brokenOff)
      implements Result {

    @Override
    public String toString() {
      return "HTTP " + status;
    }
  }

  /**
   * Nothing was sent.
   *
   * @param cause why, as a clause that can follow a colon
   */
  record NotSent(String cause) implements Result {}

  /** Nothing was sent, because the moment up to which the request was wanted had passed. */
  record NotSentInTime() implements Result {}

  /**
   * The request was sent, or part of it, and no answer came back.
   *
   * @param cause why, as a clause that can follow a colon
   */
  record AnswerLost(String cause) implements Result {}
}
