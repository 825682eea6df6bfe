package org.conferenceworker.attempt;

import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.camunda.Decision.LetLeaseEnd;
import org.conferenceworker.camunda.Decision.RaiseIncident;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.camunda.Decision.TryAgain;
import org.conferenceworker.camunda.Subject;

/** Decisions as the tables of the policies' tests have them. */
public final class Decisions {

  private Decisions() {}

  /**
   * @param subject what the attempt was about
   */
  public static String inShort(Decision decision, Subject subject) {
    return switch (decision) {
      case Complete d -> "complete " + d.label();
      case ThrowError d -> "error " + d.code();
      case RaiseIncident d -> "incident";
      case LetLeaseEnd d -> "left to the engine";
      case TryAgain d ->
          "again, retries "
              + d.retries()
              + (d.memory().mayHaveGotThroughFor(subject) ? ", in doubt" : "");
    };
  }

  /** What a person reads of it; {@code null} if nobody has to. */
  public static String sentence(Decision decision) {
    return switch (decision) {
      case RaiseIncident d -> d.message();
      case ThrowError d -> d.message();
      case TryAgain d -> d.message();
      case Complete d -> null;
      case LetLeaseEnd d -> null;
    };
  }
}
