package org.conferenceworker.tasks.announce;

import java.util.stream.Stream;
import org.conferenceworker.attempt.TaskType;

/** The public names of the task. None of them may change without a new job type. */
public final class AnnounceNames {

  public static final String JOB_TYPE = "vobiz:play-announcement:1";

  /** Local variable of the task between two attempts. */
  public static final String MEMORY = "announcementAttempts";

  /** Input: the address of the recording. */
  public static final String URL = "announcementUrl";

  /** Input: how long the recording lasts, an ISO 8601 duration; unknown by default. */
  public static final String DURATION = "duration";

  /** Header: what to do if it is not played, see {@link AnnounceRequest.OnFailure}. */
  public static final String ON_FAILURE = "onFailure";

  /** BPMN error, only if the designer asks for it: there is no such conference or member. */
  public static final String CONFERENCE_NOT_FOUND = "CONFERENCE_NOT_FOUND";

  public static final TaskType TYPE =
      new TaskType(
          JOB_TYPE,
          "announcement",
          "vobiz.conference.announcement",
          new TaskType.Words(
              "play announcement",
              "play the announcement to",
              "announcement",
              "to",
              "who may hear it or not",
              "whether it is still wanted"),
          TaskType.Target.MEMBERS,
          Stream.concat(
                  Stream.of(AnnounceResult.Outcome.values()).map(Enum::name),
                  Stream.of(CONFERENCE_NOT_FOUND))
              .toList());

  private AnnounceNames() {}
}
