package org.conferenceworker.http;

import java.util.function.UnaryOperator;

/** The result of an exchange. */
public sealed interface Result {

  /**
   * A response, at least its head.
   *
   * @param header the value of the first header field of a name, or {@code null}
   * @param body as much of it as was read, decompressed
   * @param isWhole whether that is all of it
   * @param brokenOff why the rest of the body did not arrive, as a clause; {@code null} if it was
   *     read to its end or to the limit
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

  /** Nothing was sent, because it was too late. */
  record NotSentInTime() implements Result {}

  /**
   * The request was sent, at least in part, and no response arrived.
   *
   * @param cause why, as a clause that can follow a colon
   */
  record AnswerLost(String cause) implements Result {}
}
