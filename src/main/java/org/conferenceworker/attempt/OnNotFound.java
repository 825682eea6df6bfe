package org.conferenceworker.attempt;

/** What the process designer wants if the conference or member does not exist. */
public enum OnNotFound implements Choice {
  /** A BPMN error. */
  ERROR,
  /** The task completes: what it was to bring about is so already. */
  COMPLETE,
  /** An incident. */
  INCIDENT
}
