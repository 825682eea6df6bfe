package org.conferenceworker.camunda.client;

/**
 * A type of job that this process takes, as a bean: the workers of all of them are looked after.
 */
@FunctionalInterface
public interface JobType {

  /** The type as diagrams name it, for example {@code vobiz:hang-up-conference:1}. */
  String jobType();
}
