package org.conferenceworker.hangup;

import java.util.List;
import java.util.stream.Stream;
import org.conferenceworker.camunda.AttemptMemory;

/**
 * The public interface of the "Hang up conference" service task: what diagrams and templates depend
 * on. None of these values may change without a new job type.
 */
public final class HangUpTask {

  public static final String JOB_TYPE = "vobiz:hang-up-conference:1";

  /** Input: the name of the conference to end. Required. */
  public static final String CONFERENCE_NAME = "conferenceName";

  /** Input: the account profile to use; {@code default} if it is missing or blank. */
  public static final String ACCOUNT = "account";

  /** Input: when the hang-up was asked for, an ISO 8601 date and time with offset or zone. */
  public static final String REQUESTED_AT = "requestedAt";

  /**
   * Input: for how long after {@link #REQUESTED_AT} it may be carried out, an ISO 8601 duration.
   */
  public static final String VALID_FOR = "validFor";

  /** Input: the longest wait after the first attempt, an ISO 8601 duration; doubles each time. */
  public static final String RETRY_BACKOFF = "retryBackoff";

  /** Header: what to do if there is no such conference, see {@link OnNotFound}. */
  public static final String ON_NOT_FOUND = "onNotFound";

  /** Output variable, see {@link HangUpResult}. */
  public static final String RESULT = "hangUpResult";

  /** Variable of the BPMN errors, see {@link HangUpError}. */
  public static final String ERROR = "hangUpError";

  /** Local variable of the task between two attempts, see {@link AttemptMemory}. */
  public static final String ATTEMPTS = "hangUpAttempts";

  /** BPMN error: there is no such conference. */
  public static final String CONFERENCE_NOT_FOUND = "CONFERENCE_NOT_FOUND";

  /** BPMN error: the request was older than {@link #VALID_FOR} allows; nothing was sent. */
  public static final String HANG_UP_TOO_LATE = "HANG_UP_TOO_LATE";

  /** What can come of an attempt, besides what every task can come to. */
  static final List<String> OUTCOMES =
      Stream.concat(
              Stream.of(HangUpResult.Outcome.values()).map(Enum::name),
              Stream.of(CONFERENCE_NOT_FOUND, HANG_UP_TOO_LATE))
          .toList();

  private HangUpTask() {}
}
