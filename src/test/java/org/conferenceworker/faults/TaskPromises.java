package org.conferenceworker.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.client.api.worker.JobHandler;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.standin.vobiz.VobizStandIn;

/**
 * What a task is asked for, and what it promises beyond what every task does. Each task brings its
 * own. The account is {@link #AUTH_ID}, the conference {@link #CONFERENCE}.
 */
public interface TaskPromises {

  String AUTH_ID = "MA_1";
  String CONFERENCE = "Team meeting";

  TaskType type();

  /** The task, as the engine's client calls it. */
  JobHandler handler(TaskRunner runner);

  /** Its inputs besides the times. */
  default Map<String, Object> inputs() {
    return Map.of("conferenceName", CONFERENCE);
  }

  default Arbitrary<Map<String, String>> headers() {
    return Arbitraries.of("error", "error", "complete", "complete", "incident")
        .map(choice -> Map.of("onNotFound", choice));
  }

  /** Values of the input {@code validFor}. */
  default Arbitrary<String> validities() {
    return Arbitraries.of("PT1H", "PT1H", "PT1M", "PT5S", "");
  }

  /** The first line and the body of the only request that it may send. */
  List<String> request(Schedule schedule);

  /** Of the bodies of 2xx that the API may send, those that can be the answer to its request. */
  default Set<String> goodBodies() {
    return Set.of("{}");
  }

  /** Whether there is anything to do it to. */
  default boolean isThere(VobizStandIn vobiz) {
    return vobiz.rooms(AUTH_ID).contains(CONFERENCE);
  }

  /** Sees to it that there is. */
  default void bring(VobizStandIn vobiz) {
    vobiz.room(AUTH_ID, CONFERENCE);
  }

  /** What every sentence for a person names. */
  default List<String> named() {
    return List.of("conference \"" + CONFERENCE + "\"", "account \"default\"");
  }

  /** Every end that the schedules must have reached together, so that no promise goes untried. */
  List<String> ends();

  /**
   * The rule for repeating: fails if a request must not have been sent after these attempts.
   *
   * @param known the attempts that somebody still knew of
   * @param unreported of those, the ones since which no report has counted
   */
  void sentAgain(List<SeenAttempt> known, List<SeenAttempt> unreported);

  /**
   * Fails if the job must not have been completed like this.
   *
   * @param result the output variable
   */
  void completed(Course course, String outcome, JsonNode result);

  /** Fails if the BPMN error must not have been thrown. */
  void threw(Course course, ThrowErrorRequest error);

  /** Fails if there must not have been an incident. */
  default void raisedAnIncident(Course course) {}
}
