package org.conferenceworker.attempt;

import java.time.Instant;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.Outcome;

/**
 * A kind of service task: the three steps of an attempt that differ between tasks, as pure
 * functions. {@link TaskRunner} does everything in between.
 *
 * @param <R> what a job asks for, complete and valid
 */
public interface Task<R extends Task.Request> {

  /** What every job asks for; a task adds its own. */
  interface Request {
    Asked asked();
  }

  TaskType type();

  /**
   * Reads a job's inputs and fills in every default.
   *
   * @throws InvalidInput if one of them cannot be used
   */
  R read(Inputs inputs) throws InvalidInput;

  /** The one request to the API. */
  ApiRequest request(R request);

  /**
   * Decides what the engine is told: the outcome table.
   *
   * @param now when the outcome became known
   */
  Decision decide(Attempt attempt, R request, Outcome outcome, Instant now);
}
