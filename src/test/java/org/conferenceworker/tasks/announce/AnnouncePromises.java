package org.conferenceworker.tasks.announce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.client.api.worker.JobHandler;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.time.Duration;
import java.util.HashMap;
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

/**
 * An announcement is not heard twice, and never stands in the way of what comes after it: once it
 * may have been queued, it is not sent again.
 */
final class AnnouncePromises implements TaskPromises {

  private static final String URL = "https://example.com/goodbye.mp3";

  @Override
  public TaskType type() {
    return AnnounceNames.TYPE;
  }

  @Override
  public JobHandler handler(TaskRunner runner) {
    var policy = new AnnouncePolicy(WorkerProcess.usual(), Duration.ofSeconds(5));
    return new AnnounceTask(runner, policy)::announce;
  }

  @Override
  public Map<String, Object> inputs() {
    return Map.of("conferenceName", CONFERENCE, "announcementUrl", URL, "duration", "PT20S");
  }

  /** An empty text stands for a header that is not there. */
  @Override
  public Arbitrary<Map<String, String>> headers() {
    return Combinators.combine(
            Arbitraries.of("", "complete", "error", "error", "incident"),
            Arbitraries.of("", "complete", "incident"))
        .as(
            (onNotFound, onFailure) -> {
              var headers = new HashMap<>(Map.of("onNotFound", onNotFound, "onFailure", onFailure));
              headers.values().removeIf(String::isEmpty);
              return headers;
            });
  }

  @Override
  public List<String> request(Schedule schedule) {
    return List.of(
        "POST /api/v1/Account/MA_1/Conference/Team%20meeting/Member/all/Play/ HTTP/1.1",
        "{\"url\":\"" + URL + "\"}");
  }

  @Override
  public List<String> ends() {
    return List.of(
        "QUEUED",
        "MAYBE_QUEUED",
        "NOT_PLAYED",
        "ALREADY_ENDED",
        "CONFERENCE_NOT_FOUND",
        "incident");
  }

  @Override
  public void sentAgain(List<SeenAttempt> known, List<SeenAttempt> unreported) {
    Rules.nothingIsSentAfterASuccess(known);
    Rules.nothingIsSentAfterNotFound(unreported);
    assertThat(known).as("nothing is sent after a doubt").noneMatch(a -> a.leftInDoubt);
  }

  @Override
  public void completed(Course course, String outcome, JsonNode result) {
    boolean mayBeHeard = false;
    boolean hasReason = false;
    switch (outcome) {
      case "QUEUED" -> {
        assertThat(course.lastRequested().answeredWithSuccess).as("success seen").isTrue();
        mayBeHeard = true;
      }
      case "MAYBE_QUEUED" -> {
        assertThat(course.lastRequested().leftInDoubt).as("doubt").isTrue();
        mayBeHeard = true;
        hasReason = true;
      }
      case "NOT_PLAYED" -> {
        assertThat(course.schedule().header("onFailure")).isNotEqualTo("incident");
        assertThat(course.knownAtTheEnd()).noneMatch(a -> a.leftInDoubt);
        hasReason = true;
      }
      case "ALREADY_ENDED" -> {
        assertThat(course.schedule().header("onNotFound")).isNotIn("error", "incident");
        assertThat(course.lastRequested().answeredWith404()).isTrue();
      }
      default -> throw new AssertionError(result);
    }
    assertThat(result.get("conferenceName").asText()).isEqualTo(CONFERENCE);
    assertThat(result.get("waitFor").asText()).isEqualTo(mayBeHeard ? "PT25S" : "PT0S");
    if (hasReason) {
      assertThat(result.get("reason").asText()).contains(named()).endsWith(".");
    } else {
      assertThat(result.get("reason").isNull()).isTrue();
    }
  }

  @Override
  public void threw(Course course, ThrowErrorRequest error) {
    assertThat(error.getErrorCode()).isEqualTo("CONFERENCE_NOT_FOUND");
    assertThat(course.schedule().header("onNotFound")).isEqualTo("error");
    assertThat(course.lastRequested().answeredWith404()).isTrue();
  }

  @Override
  public void raisedAnIncident(Course course) {
    if (!course.schedule().header("onFailure").equals("incident")) {
      assertThat(course.schedule().header("onNotFound"))
          .as("only who asks for an incident gets one")
          .isEqualTo("incident");
      assertThat(course.lastRequested().answeredWith404()).isTrue();
    }
  }

  @Override
  public List<String> named() {
    return List.of("all members", "conference \"Team meeting\"", "account \"default\"");
  }
}
