package org.conferenceworker.tasks.hangupall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.client.api.worker.JobHandler;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.faults.Course;
import org.conferenceworker.faults.Rules;
import org.conferenceworker.faults.Schedule;
import org.conferenceworker.faults.SeenAttempt;
import org.conferenceworker.faults.TaskPromises;

/** It is repeated until Vobiz has accepted it, but never longer than it is valid. */
final class HangUpAllPromises implements TaskPromises {

  @Override
  public TaskType type() {
    return HangUpAllNames.TYPE;
  }

  @Override
  public JobHandler handler(TaskRunner runner) {
    return new HangUpAllTask(runner, new HangUpAllPolicy(WorkerProcess.usual()))::hangUpAll;
  }

  @Override
  public Map<String, Object> inputs() {
    return Map.of(
        "expectedAuthId", AUTH_ID, "reason", "maintenance", "requestedBy", "ada@example.com");
  }

  @Override
  public Arbitrary<Map<String, String>> headers() {
    return Arbitraries.just(Map.of());
  }

  @Override
  public Arbitrary<String> validities() {
    return Arbitraries.of("PT5M", "PT5M", "PT1M", "PT5S");
  }

  @Override
  public List<String> request(Schedule schedule) {
    return List.of("DELETE /api/v1/Account/MA_1/Conference/ HTTP/1.1", "");
  }

  @Override
  public List<String> ends() {
    return List.of("ALL_ENDED", "HANG_UP_ALL_TOO_LATE", "incident");
  }

  @Override
  public void sentAgain(List<SeenAttempt> known, List<SeenAttempt> unreported) {
    Rules.nothingIsSentAfterASuccess(known);
    assertThat(unreported)
        .as("nothing is sent after a 404 that the engine was not told")
        .noneMatch(SeenAttempt::answeredWith404);
    assertThat(known)
        .as("nothing is sent after a 404 unless a person has seen it")
        .noneMatch(a -> a.answeredWith404() && a.isReportedAsNoIncident());
  }

  @Override
  public void completed(Course course, String outcome, JsonNode result) {
    assertThat(outcome).isEqualTo("ALL_ENDED");
    assertThat(course.lastRequested().answeredWithSuccess).as("success seen").isTrue();
    assertThat(result.has("conferenceName")).isFalse();
  }

  @Override
  public void threw(Course course, ThrowErrorRequest error) {
    assertThat(error.getErrorCode()).isEqualTo("HANG_UP_ALL_TOO_LATE");
    assertThat(course.now()).isAfterOrEqualTo(course.validUntil());
  }

  @Override
  public List<String> named() {
    return List.of("all conferences", "account \"default\"");
  }
}
