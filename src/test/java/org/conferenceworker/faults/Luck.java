package org.conferenceworker.faults;

import java.time.Duration;
import java.util.List;
import org.conferenceworker.standin.OneJobEngine.Delivery;

/**
 * One attempt's worth of bad luck.
 *
 * @param worksAnyway whether a request that is not answered as it should still takes effect
 * @param jumpAfter after how many looks at the clock this process is put aside, and for how long
 * @param comesBack whether what the task removed is there again after this attempt
 * @param resolved whether a person resolves the incident, if this attempt raised one
 */
public record Luck(
    Api api,
    int status,
    String body,
    String retryAfter,
    boolean worksAnyway,
    List<Delivery> reports,
    int jumpAfter,
    Duration jump,
    Crash crash,
    SecondCopy secondCopy,
    boolean comesBack,
    boolean resolved) {

  public static final Luck GOOD =
      new Luck(
          Api.HONEST,
          0,
          "",
          null,
          true,
          List.of(),
          0,
          Duration.ZERO,
          Crash.NONE,
          SecondCopy.NONE,
          false,
          false);

  /** Live, and of another name than the task asks about. */
  public static final String ANOTHER_CONFERENCE =
      "{\"conference_name\":\"Another meeting\",\"conference_member_count\":\"1\",\"members\":[]}";

  /** What the API says of the conference that the tasks are about. */
  public static final String CONFERENCE =
      "{\"conference_name\":\"Team meeting\",\"conference_member_count\":\"2\",\"members\":[]}";

  static final String NO_SUCH_ROUTE = "{\"message\":\"Not Found\"}";

  /** An API that says 4xx or 3xx has not done anything; any other may have. */
  boolean takesEffect(TaskPromises task) {
    return switch (api) {
      case HONEST -> true;
      case STATUS -> isSuccess(task) || (leavesInDoubt(task) && worksAnyway);
      default -> worksAnyway;
    };
  }

  /** Whether the API says that it has done what it was asked to do. */
  boolean isSuccess(TaskPromises task) {
    return api == Api.STATUS
        && status >= 200
        && status < 300
        && (status == 204 || body.isBlank() || task.goodBodies().contains(body));
  }

  /** Whether nobody can tell from the answer if the request that arrived has taken effect. */
  boolean leavesInDoubt(TaskPromises task) {
    return switch (api) {
      case HONEST -> false;
      case STATUS -> status >= 500 || (status < 300 && !isSuccess(task));
      default -> true;
    };
  }

  /** What the API, or the way to it, does with a request. */
  public enum Api {
    HONEST,
    STATUS,
    RESET,
    HANG,
    DRIP,
    CUT_OFF_BODY,
    GARBAGE,
    REFUSED,
    NO_SUCH_HOST,
    UNKNOWN_AUTHORITY,
    OTHER_HOST
  }

  public enum Crash {
    NONE,
    /** kill -9 when the request has arrived at the API. */
    KILLED_DURING_CALL,
    /** kill -9 before the report leaves. */
    KILLED_BEFORE_REPORT,
    /** SIGTERM when the request has arrived at the API; another process goes on. */
    STOPPED_DURING_CALL
  }

  /** When a second copy of the job, which the engine handed out inside the lease, is begun. */
  public enum SecondCopy {
    NONE,
    /** While the first copy's request is under way. */
    MEANWHILE,
    /** Once the first copy has been reported. */
    AFTERWARDS
  }
}
