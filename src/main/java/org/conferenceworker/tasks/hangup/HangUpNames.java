package org.conferenceworker.tasks.hangup;

import java.util.stream.Stream;
import org.conferenceworker.attempt.TaskType;

/** The public names of the task. None of them may change without a new job type. */
public final class HangUpNames {

  public static final String JOB_TYPE = "vobiz:hang-up-conference:1";

  /** Local variable of the task between two attempts. */
  public static final String MEMORY = "hangUpAttempts";

  /** BPMN error: there is no such conference. */
  public static final String CONFERENCE_NOT_FOUND = "CONFERENCE_NOT_FOUND";

  /** BPMN error: the request was older than its validity allows; nothing was sent. */
  public static final String HANG_UP_TOO_LATE = "HANG_UP_TOO_LATE";

  public static final TaskType TYPE =
      new TaskType(
          JOB_TYPE,
          "hangUp",
          "vobiz.conference.hangup",
          new TaskType.Words(
              "hang up conference",
              "hang up",
              "hang-up",
              "of",
              "which may have ended or not",
              "whether the conference is still running"),
          TaskType.Target.CONFERENCE,
          Stream.concat(
                  Stream.of(HangUpResult.Outcome.values()).map(Enum::name),
                  Stream.of(CONFERENCE_NOT_FOUND, HANG_UP_TOO_LATE))
              .toList());

  private HangUpNames() {}
}
