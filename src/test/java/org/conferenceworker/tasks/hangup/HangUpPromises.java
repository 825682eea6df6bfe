package org.conferenceworker.tasks.hangup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.util.List;
import org.conferenceworker.faults.Course;
import org.conferenceworker.faults.SeenAttempt;
import org.conferenceworker.faults.TaskPromises;

/** A hang-up is repeated until its end is known: to repeat it harms nobody. */
final class HangUpPromises implements TaskPromises {

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
  public String outcome(JsonNode variables) {
    return variables.get("hangUpResult").get("outcome").asText();
  }

  @Override
  public void sentAgain(List<SeenAttempt> known, List<SeenAttempt> unreported) {
    assertThat(known)
        .as("nothing is sent after a success that was seen")
        .noneMatch(a -> a.answeredWithSuccess);
    assertThat(unreported)
        .as("nothing is sent after a \"not found\" that the engine was not told")
        .noneMatch(a -> a.answeredWithNotFound);
  }

  @Override
  public void completed(Course course, JsonNode variables) {
    List<SeenAttempt> attempts = course.attempts();
    switch (outcome(variables)) {
      case "ENDED" -> assertThat(attempts).as("success seen").anyMatch(a -> a.answeredWithSuccess);
      case "ENDED_BY_EARLIER_ATTEMPT" ->
          assertThat(attempts).hasSizeGreaterThan(1).anyMatch(a -> a.requestedWhen != null);
      case "ALREADY_ENDED" -> assertThat(course.schedule().onNotFound()).isEqualTo("complete");
      default -> throw new AssertionError(variables);
    }
    assertThat(variables.get("hangUpResult").get("conferenceName").asText())
        .isEqualTo("Team meeting");
  }

  @Override
  public void threw(Course course, ThrowErrorRequest error) {
    if (error.getErrorCode().equals("CONFERENCE_NOT_FOUND")) {
      assertThat(course.knownAtTheEnd())
          .as("what the task ended itself is not reported as not found")
          .noneMatch(a -> a.endedTheRoom);
    } else {
      assertThat(error.getErrorCode()).isEqualTo("HANG_UP_TOO_LATE");
      assertThat(course.now()).isAfterOrEqualTo(course.validUntil());
    }
  }
}
