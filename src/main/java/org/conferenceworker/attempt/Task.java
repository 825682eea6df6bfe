package org.conferenceworker.attempt;

import java.time.Instant;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.Outcome;

/**
 * One kind of service task: what is its own about an attempt, in three steps that ask nobody.
 * {@link TaskRunner} does what is between them.
 *
 * @param <R> what a job asks for, complete and valid
 */
public interface Task<R extends Task.Request> {

  /** What a job asks for, beyond which a task has its own. */
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

  /** The one request to the API that carries it out. */
  ApiRequest request(R request);

  /**
   * What the engine is told: the outcome table.
   *
   * @param now when the outcome was known
   */
  Decision decide(Attempt attempt, R request, Outcome outcome, Instant now);
}
