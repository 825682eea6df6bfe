package org.conferenceworker.tasks.lookup;

import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.InvalidInput;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.ConferenceName;

/**
 * What the task asks for, complete and valid. It has no validity, because looking changes nothing.
 *
 * @param includeNumbers whether phone numbers and caller names, which are personal data, may become
 *     variables of the process
 */
record LookUpRequest(Asked asked, ConferenceName conference, boolean includeNumbers)
    implements Task.Request {

  /**
   * Reads a job's inputs and fills in every default.
   *
   * @throws InvalidInput if one of them cannot be used
   */
  static LookUpRequest read(Inputs inputs) throws InvalidInput {
    ConferenceName conference = inputs.conference();
    Asked asked = inputs.asked(LookUpNames.TYPE, conference, inputs.timingWithoutValidity());
    return new LookUpRequest(asked, conference, inputs.flag(LookUpNames.INCLUDE_NUMBERS));
  }

  @Override
  public ApiRequest call() {
    return ApiRequest.lookUp(asked.account(), conference);
  }
}
