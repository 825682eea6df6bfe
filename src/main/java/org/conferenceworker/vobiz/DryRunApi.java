package org.conferenceworker.vobiz;

import java.time.Clock;
import java.time.Instant;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;

/**
 * Stands in for the API in a dry run: sends nothing.
 *
 * @param clock decides whether a request is too late
 */
record DryRunApi(Clock clock) implements Api {

  @Override
  public Outcome send(ApiRequest request, Instant sendBefore) {
    return clock.instant().isBefore(sendBefore) ? new DryRun() : new TooLateToSend();
  }
}
