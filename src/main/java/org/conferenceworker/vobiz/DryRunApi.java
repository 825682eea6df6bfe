package org.conferenceworker.vobiz;

import java.time.Clock;
import java.time.Instant;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;

/**
 * Stands for the API in a rehearsal: sends nothing.
 *
 * @param clock by which a request is too late
 */
record DryRunApi(Clock clock) implements Api {

  @Override
  public Outcome send(ApiRequest request, Instant sendBefore) {
    return clock.instant().isBefore(sendBefore) ? new DryRun() : new TooLateToSend();
  }
}
