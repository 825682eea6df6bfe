package org.conferenceworker.hangup;

import java.util.Map;

/**
 * Which conference of which account an attempt is about, exactly as it was asked for.
 *
 * @param conferenceName the name of the conference
 * @param account the name of the account profile
 */
record Subject(String conferenceName, String account) {

  /**
   * What the inputs of a job ask for.
   *
   * @return {@code null} if they name no conference, or no account
   */
  static Subject of(Map<String, Object> inputs) {
    return inputs.get(HangUpTask.CONFERENCE_NAME) instanceof String name
            && HangUpRequest.accountName(inputs.get(HangUpTask.ACCOUNT)) instanceof String account
        ? new Subject(name, account)
        : null;
  }
}
