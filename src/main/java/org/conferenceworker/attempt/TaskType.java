package org.conferenceworker.attempt;

import java.util.List;
import org.conferenceworker.camunda.client.JobType;

/**
 * The names of one kind of task: what diagrams, dashboards and log searches depend on.
 *
 * @param jobType the type of its jobs
 * @param variables what the names of its variables begin with
 * @param metric the name of its timer
 * @param words how sentences speak of it
 * @param outcomes every outcome and BPMN error code of its own, as label values
 */
public record TaskType(
    String jobType, String variables, String metric, Words words, List<String> outcomes)
    implements JobType {

  /**
   * How sentences speak of what a task does.
   *
   * @param title the task's name, for example "hang up conference"
   * @param toDo what is done to a conference, for example "hang up"
   * @param noun the same as a noun, for example "hang-up"
   * @param doubt what may have become of the conference or its members if no answer came, as a
   *     clause that can follow their name
   */
  public record Words(String title, String toDo, String noun, String doubt) {}

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
