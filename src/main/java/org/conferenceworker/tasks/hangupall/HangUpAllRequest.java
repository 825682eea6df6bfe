package org.conferenceworker.tasks.hangupall;

import java.time.Duration;
import java.util.Map;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.InvalidInput;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.BothKeys;

/**
 * What the task asks for, complete and valid.
 *
 * @param keys the proof that it may be done
 */
record HangUpAllRequest(Asked asked, BothKeys keys) implements Task.Request {

  static final Duration DEFAULT_VALID_FOR = Duration.ofMinutes(1);
  static final Duration LONGEST_VALID_FOR = Duration.ofMinutes(5);

  /**
   * Reads a job's inputs and fills in every default.
   *
   * @throws InvalidInput if one of them cannot be used, or it must not be done
   */
  static HangUpAllRequest read(Inputs inputs) throws InvalidInput {
    BothKeys keys = inputs.bothKeys(HangUpAllNames.EXPECTED_AUTH_ID);
    // They are for the audit trail, which reads them itself.
    inputs.line(Inputs.REASON);
    inputs.line(Inputs.REQUESTED_BY);
    Asked asked =
        inputs.asked(
            HangUpAllNames.TYPE,
            Map.of(),
            inputs.timingWithin(LONGEST_VALID_FOR, DEFAULT_VALID_FOR));
    return new HangUpAllRequest(asked, keys);
  }

  @Override
  public ApiRequest call() {
    return ApiRequest.hangUpAll(keys);
  }
}
