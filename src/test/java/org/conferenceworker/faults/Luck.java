package org.conferenceworker.faults;

import java.time.Duration;
import java.util.List;
import org.conferenceworker.standin.OneJobEngine.Delivery;

/**
 * One attempt's worth of bad luck.
 *
 * @param endsTheRoomAnyway whether a request that is not answered as it should still ends the
 *     conference
 * @param jumpAfter after how many looks at the clock this process is put aside, and for how long
 * @param reopened whether the next meeting begins under the same name after this attempt
 * @param resolved whether a person resolves the incident, if this attempt raised one
 */
public record Luck(
    Api api,
    int status,
    String body,
    String retryAfter,
    boolean endsTheRoomAnyway,
    List<Delivery> reports,
    int jumpAfter,
    Duration jump,
    Crash crash,
    SecondCopy secondCopy,
    boolean reopened,
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

  /** An API that says 4xx or 3xx has not ended anything; any other may have. */
  public boolean endsTheRoom() {
    return switch (api) {
      case HONEST -> true;
      case STATUS -> isSuccess() || (status >= 500 && endsTheRoomAnyway);
      default -> endsTheRoomAnyway;
    };
  }

  public boolean isSuccess() {
    boolean readable =
        status == 204
            || body.isBlank()
            || List.of("{}", "{\"message\":\"Not Found\"}").contains(body);
    return api == Api.STATUS && status >= 200 && status < 300 && readable;
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
