package org.conferenceworker.tasks.lookup;

import java.util.stream.Stream;
import org.conferenceworker.attempt.TaskType;

/** The public names of the task. None of them may change without a new job type. */
public final class LookUpNames {

  public static final String JOB_TYPE = "vobiz:look-up-conference:1";

  /** Local variable of the task between two attempts. */
  public static final String MEMORY = "lookUpAttempts";

  /** Header: {@code true} adds phone numbers and caller names to the result. */
  public static final String INCLUDE_NUMBERS = "includeNumbers";

  public static final TaskType TYPE =
      new TaskType(
          JOB_TYPE,
          "lookUp",
          "vobiz.conference.lookup",
          new TaskType.Words(
              "look up conference",
              "look up",
              "look-up",
              "of",
              "which changes nothing",
              "whether the Vobiz API is well"),
          TaskType.Target.CONFERENCE,
          Stream.of(LookUpResult.Outcome.values()).map(Enum::name).toList());

  private LookUpNames() {}
}
