package org.conferenceworker.tasks.hangup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.client.api.worker.JobHandler;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.util.List;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.faults.Course;
import org.conferenceworker.faults.Rules;
import org.conferenceworker.faults.Schedule;
import org.conferenceworker.faults.SeenAttempt;
import org.conferenceworker.faults.TaskPromises;

/** A hang-up is repeated until its end is known: to repeat it harms nobody. */
final class HangUpPromises implements TaskPromises {

  @Override
  public TaskType type() {
    return HangUpNames.TYPE;
  }

  @Override
  public JobHandler handler(TaskRunner runner) {
    return new HangUpTask(runner, new HangUpPolicy(WorkerProcess.usual()))::hangUp;
  }

  @Override
  public List<String> request(Schedule schedule) {
    return List.of("DELETE /api/v1/Account/MA_1/Conference/Team%20meeting/ HTTP/1.1", "");
  }

  @Override
  public List<String> ends() {
    return List.of(
        "ENDED",
        "ENDED_BY_EARLIER_ATTEMPT",
        "ALREADY_ENDED",
        "CONFERENCE_NOT_FOUND",
        "HANG_UP_TOO_LATE",
        "incident");
  }

  @Override
  public void sentAgain(List<SeenAttempt> known, List<SeenAttempt> unreported) {
    Rules.nothingIsSentAfterASuccess(known);
    Rules.nothingIsSentAfterNotFound(unreported);
  }

  @Override
  public void completed(Course course, String outcome, JsonNode result) {
    List<SeenAttempt> attempts = course.attempts();
    switch (outcome) {
      case "ENDED" -> assertThat(attempts).as("success seen").anyMatch(a -> a.answeredWithSuccess);
      case "ENDED_BY_EARLIER_ATTEMPT" ->
          assertThat(attempts).hasSizeGreaterThan(1).anyMatch(a -> a.requestedWhen != null);
      case "ALREADY_ENDED" ->
          assertThat(course.schedule().header("onNotFound")).isEqualTo("complete");
      default -> throw new AssertionError(result);
    }
    assertThat(result.get("conferenceName").asText()).isEqualTo(CONFERENCE);
  }

  @Override
  public void threw(Course course, ThrowErrorRequest error) {
    if (error.getErrorCode().equals("CONFERENCE_NOT_FOUND")) {
      assertThat(course.knownAtTheEnd())
          .as("what the task has ended, or may have, is not reported as not found")
          .noneMatch(a -> a.tookEffect || a.leftInDoubt);
    } else {
      assertThat(error.getErrorCode()).isEqualTo("HANG_UP_TOO_LATE");
      assertThat(course.now()).isAfterOrEqualTo(course.validUntil());
    }
  }
}
