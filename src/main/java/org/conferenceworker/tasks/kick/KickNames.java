package org.conferenceworker.tasks.kick;

import java.util.stream.Stream;
import org.conferenceworker.attempt.TaskType;

/** The public names of the task. None of them may change without a new job type. */
public final class KickNames {

  public static final String JOB_TYPE = "vobiz:kick-member:1";

  /** Local variable of the task between two attempts. */
  public static final String MEMORY = "kickAttempts";

  /** Header: what becomes of their calls, see {@link KickRequest.Mode}. */
  public static final String MODE = "mode";

  /** BPMN error: there is no such member, or no such conference. */
  public static final String MEMBER_NOT_FOUND = "MEMBER_NOT_FOUND";

  /** BPMN error: the request was older than its validity allows; nothing was sent. */
  public static final String KICK_TOO_LATE = "KICK_TOO_LATE";

  public static final TaskType TYPE =
      new TaskType(
          JOB_TYPE,
          "kick",
          "vobiz.conference.kick",
          new TaskType.Words(
              "kick member",
              "remove",
              "removal",
              "of",
              "who may have been removed or not",
              "who is still in the conference"),
          TaskType.Target.MEMBERS,
          Stream.concat(
                  Stream.of(KickResult.Outcome.values()).map(Enum::name),
                  Stream.of(MEMBER_NOT_FOUND, KICK_TOO_LATE))
              .toList());

  private KickNames() {}
}
