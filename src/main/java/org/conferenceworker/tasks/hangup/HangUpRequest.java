package org.conferenceworker.tasks.hangup;

import java.time.Duration;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.InvalidInput;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.ConferenceName;

/**
 * What the task asks for, complete and valid.
 *
 * @param conference the conference to end
 * @param onNotFound what to do if there is no such conference
 */
public record HangUpRequest(Asked asked, ConferenceName conference, OnNotFound onNotFound)
    implements Task.Request {

  static final Duration DEFAULT_VALID_FOR = Duration.ofHours(1);

  /**
   * Reads a job's inputs and fills in every default.
   *
   * @throws InvalidInput if one of them cannot be used, or a guard rail forbids the name
   */
  static HangUpRequest read(Inputs inputs) throws InvalidInput {
    ConferenceName conference = inputs.conferenceToRemoveFrom();
    Asked asked = inputs.asked(HangUpNames.TYPE, conference, inputs.timing(DEFAULT_VALID_FOR));
    return new HangUpRequest(asked, conference, inputs.onNotFound(OnNotFound.ERROR));
  }

  @Override
  public ApiRequest call() {
    return ApiRequest.hangUp(asked.account(), conference);
  }
}
