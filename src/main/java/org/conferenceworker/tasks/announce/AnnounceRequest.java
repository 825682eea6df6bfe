package org.conferenceworker.tasks.announce;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.conferenceworker.attempt.Asked;
import org.conferenceworker.attempt.Choice;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.InvalidInput;
import org.conferenceworker.attempt.OnNotFound;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.vobiz.AnnouncementUrl;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.MemberIds;

/**
 * What the task asks for, complete and valid.
 *
 * @param recording what is played, to whom and where
 * @param duration how long it lasts, if that is known
 * @param onNotFound what to do if there is no such conference or member
 * @param onFailure what to do if it is not played
 */
record AnnounceRequest(
    Asked asked,
    Recording recording,
    Optional<Duration> duration,
    OnNotFound onNotFound,
    OnFailure onFailure)
    implements Task.Request {

  static final Duration DEFAULT_VALID_FOR = Duration.ofMinutes(1);

  /** What is played, to whom and where. */
  record Recording(ConferenceName conference, MemberIds members, AnnouncementUrl url) {}

  /** What the process designer wants if the announcement is not played. */
  enum OnFailure implements Choice {
    /** The task completes: nothing must stand in the way of the hang-up behind it. */
    COMPLETE,
    /** An incident. */
    INCIDENT
  }

  /**
   * Reads a job's inputs and fills in every default.
   *
   * @throws InvalidInput if one of them cannot be used, or a guard rail forbids the name
   */
  static AnnounceRequest read(Inputs inputs) throws InvalidInput {
    ConferenceName conference = inputs.conferenceToActIn();
    MemberIds members = inputs.members(Inputs.MEMBERS, true).orElse(MemberIds.EVERYBODY);
    AnnouncementUrl url = inputs.announcementUrl(AnnounceNames.URL);
    Asked asked =
        inputs.asked(
            AnnounceNames.TYPE,
            Map.of(
                Inputs.CONFERENCE_NAME,
                conference.value(),
                Inputs.MEMBERS,
                members.toVariable(),
                AnnounceNames.URL,
                url.value()),
            inputs.timing(DEFAULT_VALID_FOR));
    return new AnnounceRequest(
        asked,
        new Recording(conference, members, url),
        inputs.length(AnnounceNames.DURATION),
        inputs.onNotFound(OnNotFound.COMPLETE),
        inputs.choice(AnnounceNames.ON_FAILURE, OnFailure.COMPLETE));
  }

  @Override
  public ApiRequest call() {
    return ApiRequest.play(
        asked.account(), recording.conference(), recording.members(), recording.url());
  }
}
