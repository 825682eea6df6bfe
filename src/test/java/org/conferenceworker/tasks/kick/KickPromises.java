package org.conferenceworker.tasks.kick;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.client.api.worker.JobHandler;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.faults.Course;
import org.conferenceworker.faults.Rules;
import org.conferenceworker.faults.Schedule;
import org.conferenceworker.faults.SeenAttempt;
import org.conferenceworker.faults.TaskPromises;
import org.conferenceworker.standin.vobiz.VobizStandIn;

/** A removal is repeated until its end is known, and removes nobody else. */
final class KickPromises implements TaskPromises {

  private static final String MEMBER = "7";

  @Override
  public TaskType type() {
    return KickNames.TYPE;
  }

  @Override
  public JobHandler handler(TaskRunner runner) {
    return new KickTask(runner, new KickPolicy(WorkerProcess.usual()))::kick;
  }

  @Override
  public Map<String, Object> inputs() {
    return Map.of("conferenceName", CONFERENCE, "memberIds", MEMBER);
  }

  @Override
  public Arbitrary<Map<String, String>> headers() {
    return Combinators.combine(
            Arbitraries.of("error", "error", "complete", "complete", "incident"),
            Arbitraries.of("kick", "hangUp"))
        .as((onNotFound, mode) -> Map.of("onNotFound", onNotFound, "mode", mode));
  }

  @Override
  public List<String> request(Schedule schedule) {
    String member = "/api/v1/Account/MA_1/Conference/Team%20meeting/Member/" + MEMBER + "/";
    return schedule.header("mode").equals("kick")
        ? List.of("POST " + member + "Kick/ HTTP/1.1", "{}")
        : List.of("DELETE " + member + " HTTP/1.1", "");
  }

  @Override
  public boolean isThere(VobizStandIn vobiz) {
    return vobiz.members(AUTH_ID, CONFERENCE).contains(MEMBER);
  }

  @Override
  public void bring(VobizStandIn vobiz) {
    vobiz.member(AUTH_ID, CONFERENCE, MEMBER, "Ada");
  }

  @Override
  public List<String> ends() {
    return List.of(
        "REMOVED",
        "REMOVED_BY_EARLIER_ATTEMPT",
        "ALREADY_GONE",
        "MEMBER_NOT_FOUND",
        "KICK_TOO_LATE",
        "incident");
  }

  @Override
  public void sentAgain(List<SeenAttempt> known, List<SeenAttempt> unreported) {
    Rules.nothingIsSentAfterASuccess(known);
    Rules.nothingIsSentAfterNotFound(unreported);
  }

  @Override
  public void completed(Course course, String outcome, JsonNode result) {
    SeenAttempt last = course.lastRequested();
    switch (outcome) {
      case "REMOVED" -> assertThat(last.answeredWithSuccess).as("success seen").isTrue();
      case "REMOVED_BY_EARLIER_ATTEMPT" -> {
        assertThat(last.answeredWith404()).isTrue();
        assertThat(course.attempts()).as("doubt").anyMatch(a -> a != last && a.leftInDoubt);
      }
      case "ALREADY_GONE" -> {
        assertThat(course.schedule().header("onNotFound")).isEqualTo("complete");
        assertThat(last.answeredWith404()).isTrue();
      }
      default -> throw new AssertionError(result);
    }
    assertThat(result.get("conferenceName").asText()).isEqualTo(CONFERENCE);
  }

  @Override
  public void threw(Course course, ThrowErrorRequest error) {
    if (error.getErrorCode().equals("MEMBER_NOT_FOUND")) {
      assertThat(course.schedule().header("onNotFound")).isEqualTo("error");
      assertThat(course.knownAtTheEnd())
          .as("whom the task has removed, or may have, is not reported as not found")
          .noneMatch(a -> a.tookEffect || a.leftInDoubt);
    } else {
      assertThat(error.getErrorCode()).isEqualTo("KICK_TOO_LATE");
      assertThat(course.now()).isAfterOrEqualTo(course.validUntil());
    }
  }

  @Override
  public List<String> named() {
    return List.of("member \"7\"", "conference \"Team meeting\"", "account \"default\"");
  }
}
