package org.conferenceworker.tasks.hangupall;

import java.util.stream.Stream;
import org.conferenceworker.attempt.TaskType;

/** The public names of the task. None of them may change without a new job type. */
public final class HangUpAllNames {

  public static final String JOB_TYPE = "vobiz:hang-up-all-conferences:1";

  /** Local variable of the task between two attempts. */
  public static final String MEMORY = "hangUpAllAttempts";

  /** Input: the auth id that the account is expected to have, typed by a person. */
  public static final String EXPECTED_AUTH_ID = "expectedAuthId";

  /** BPMN error: the request was older than its validity allows; nothing was sent. */
  public static final String HANG_UP_ALL_TOO_LATE = "HANG_UP_ALL_TOO_LATE";

  public static final TaskType TYPE =
      new TaskType(
          JOB_TYPE,
          "hangUpAll",
          "vobiz.conference.hangup.all",
          new TaskType.Words(
              "hang up all conferences",
              "hang up",
              "hang-up",
              "of",
              "which may have ended or not",
              "whether conferences are still running"),
          TaskType.Target.ALL_CONFERENCES,
          Stream.concat(
                  Stream.of(HangUpAllResult.Outcome.values()).map(Enum::name),
                  Stream.of(HANG_UP_ALL_TOO_LATE))
              .toList());

  private HangUpAllNames() {}
}
