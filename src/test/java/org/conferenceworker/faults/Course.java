package org.conferenceworker.faults;

import com.google.protobuf.GeneratedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What became of a schedule.
 *
 * @param now when everything was over
 * @param attempts what was seen of each, in order
 * @param last the last report that counted
 */
public record Course(
    Schedule schedule,
    Instant requestedAt,
    Instant now,
    List<SeenAttempt> attempts,
    GeneratedMessage last) {

  public Instant validUntil() {
    Duration validFor =
        schedule.validFor().isEmpty() ? Duration.ofDays(9999) : Duration.parse(schedule.validFor());
    return requestedAt.plus(validFor);
  }

  /** The last attempt of which a request arrived: what the API said to it is what is reported. */
  public SeenAttempt lastRequested() {
    return attempts.stream().filter(a -> a.requestedWhen != null).toList().getLast();
  }

  /** The attempts before this one that somebody still knew of when it began. */
  List<SeenAttempt> knownBefore(int index) {
    return attempts.subList(0, index).stream().filter(a -> a.forgottenIn >= index).toList();
  }

  /** Of those, the ones since which no report has counted. */
  List<SeenAttempt> unreportedBefore(int index) {
    int since = index;
    while (since > 0 && !attempts.get(since - 1).isReported()) {
      since--;
    }
    return attempts.subList(since, index).stream().filter(a -> a.forgottenIn >= index).toList();
  }

  /** The attempts that somebody still knew of at the end. */
  public List<SeenAttempt> knownAtTheEnd() {
    return knownBefore(attempts.size());
  }
}
