package org.conferenceworker.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.util.List;

/** What a task promises beyond what every task does. Each task brings its own. */
public interface TaskPromises {

  /** Every end that the schedules must have reached together, so that no promise goes untried. */
  List<String> ends();

  /** The outcome in the variables of a completed job. */
  String outcome(JsonNode variables);

  /**
   * The rule for repeating: fails if a request must not have been sent after these attempts.
   *
   * @param known the attempts that somebody still knew of
   * @param unreported of those, the ones since which no report has counted
   */
  void sentAgain(List<SeenAttempt> known, List<SeenAttempt> unreported);

  /** Fails if the job must not have been completed like this. */
  void completed(Course course, JsonNode variables);

  /** Fails if the BPMN error must not have been thrown. */
  void threw(Course course, ThrowErrorRequest error);
}
