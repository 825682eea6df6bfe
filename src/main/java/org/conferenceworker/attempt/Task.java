package org.conferenceworker.attempt;

import org.conferenceworker.camunda.Decision;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.Outcome;

/**
 * A kind of service task: the steps of an attempt that differ between tasks, as pure functions.
 * {@link TaskRunner} does everything in between.
 *
 * @param <R> what a job asks for, complete and valid
 */
public record Task<R extends Task.Request>(TaskType type, Reader<R> reader, Policy<R> policy) {

  /** What every job asks for; a task adds its own. */
  public interface Request {
    Asked asked();

    /** The one request to the API. */
    ApiRequest call();
  }

  /** Reads a job's inputs and fills in every default. */
  @FunctionalInterface
  public interface Reader<R> {

    /**
     * @throws InvalidInput if one of the inputs cannot be used
     */
    R read(Inputs inputs) throws InvalidInput;
  }

  /** Decides what the engine is told: the outcome table. */
  @FunctionalInterface
  public interface Policy<R> {
    Decision decide(Attempt attempt, R request, Outcome outcome);
  }
}
