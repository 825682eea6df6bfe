package org.conferenceworker.camunda.client;

/** A type of job that this process takes. Every bean of this type has a job worker. */
@FunctionalInterface
public interface JobType {

  /** The job type in diagrams, for example {@code vobiz:hang-up-conference:1}. */
  String jobType();
}
