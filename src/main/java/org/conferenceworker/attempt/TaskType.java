package org.conferenceworker.attempt;

import java.util.List;
import org.conferenceworker.camunda.client.JobType;

/**
 * The names of a kind of task, on which diagrams, dashboards and log searches depend.
 *
 * @param jobType the type of its jobs
 * @param variables the beginning of its variables' names
 * @param metric the name of its timer
 * @param words how sentences refer to it
 * @param target what it is done to
 * @param outcomes its own outcomes and BPMN error codes, as label values
 */
public record TaskType(
    String jobType,
    String variables,
    String metric,
    Words words,
    Target target,
    List<String> outcomes)
    implements JobType {

  /** What a task is done to. */
  public enum Target {
    CONFERENCE,
    MEMBERS,
    ALL_CONFERENCES
  }

  /**
   * How sentences refer to a task.
   *
   * @param title the task's name, for example "hang up conference"
   * @param toDo what is done to its target, for example "hang up"
   * @param noun the same as a noun, for example "hang-up"
   * @param of the word between the noun and the target, for example "of"
   * @param doubt what may have happened if no answer arrived, as a clause that can follow the
   *     target
   * @param toCheck what a person checks before a job is tried again, for example "whether the
   *     conference is still running"
   */
  public record Words(
      String title, String toDo, String noun, String of, String doubt, String toCheck) {}

  /** The output variable. */
  public String resultVariable() {
    return variables + "Result";
  }

  /** The variable of the BPMN errors, see {@link TaskError}. */
  public String errorVariable() {
    return variables + "Error";
  }

  /** The local variable of the task between two attempts. */
  public String memoryVariable() {
    return variables + "Attempts";
  }
}
