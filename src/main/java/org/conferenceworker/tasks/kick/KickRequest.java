package org.conferenceworker.tasks.kick;

import java.time.Duration;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Choice;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.InvalidInput;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.MemberIds;

/**
 * What the task asks for, complete and valid.
 *
 * @param members the members to remove
 * @param mode what becomes of their calls
 * @param onNotFound what to do if there is no such conference or member
 */
record KickRequest(
    Asked asked, ConferenceName conference, MemberIds members, Mode mode, OnNotFound onNotFound)
    implements Task.Request {

  static final Duration DEFAULT_VALID_FOR = Duration.ofMinutes(5);

  /** What becomes of the members' calls. */
  enum Mode implements Choice {
    /** They go on with the next instruction of their call flow. */
    KICK("kick"),
    /** They end. */
    HANG_UP("hangUp");

    private final String headerValue;

    Mode(String headerValue) {
      this.headerValue = headerValue;
    }

    @Override
    public String headerValue() {
      return headerValue;
    }
  }

  /**
   * Reads a job's inputs and fills in every default.
   *
   * @throws InvalidInput if one of them cannot be used, or a guard rail forbids the name
   */
  static KickRequest read(Inputs inputs) throws InvalidInput {
    ConferenceName conference = inputs.conferenceToRemoveFrom();
    MemberIds members =
        inputs
            .members(Inputs.MEMBER_IDS, inputs.flag(Inputs.ALLOW_ALL))
            .orElseThrow(() -> InvalidInput.missing(Inputs.MEMBER_IDS, MemberIds.ALLOWED));
    return new KickRequest(
        inputs.asked(KickNames.TYPE, conference, members, inputs.timing(DEFAULT_VALID_FOR)),
        conference,
        members,
        inputs.choice(KickNames.MODE, Mode.KICK),
        inputs.onNotFound(OnNotFound.ERROR));
  }

  @Override
  public ApiRequest call() {
    return switch (mode) {
      case KICK -> ApiRequest.kick(asked.account(), conference, members);
      case HANG_UP -> ApiRequest.hangUpMembers(asked.account(), conference, members);
    };
  }
}
