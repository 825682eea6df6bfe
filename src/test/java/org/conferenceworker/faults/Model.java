package org.conferenceworker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.GeneratedMessage;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.time.Instant;
import net.jqwik.api.statistics.Statistics;

/**
 * The promises of docs/reliability.md, held against what the engine and the API have seen.
 *
 * @param task what only this task promises
 */
record Model(TaskPromises task) {

  private static final ObjectMapper JSON = new ObjectMapper();

  void check(Course course) throws JsonProcessingException {
    Statistics.label("end").collect(end(course.last()));
    Statistics.label("end")
        .coverage(
            ends -> {
              for (String end : task.ends()) {
                ends.check(end).count(count -> count > 0);
              }
            });
    checkRequests(course);
    if (course.knownAtTheEnd().stream().anyMatch(a -> a.answeredWithSuccess)) {
      assertThat(course.last()).isInstanceOf(CompleteJobRequest.class);
    }
    switch (course.last()) {
      case CompleteJobRequest report ->
          task.completed(course, outcome(result(report)), result(report));
      case ThrowErrorRequest report -> {
        task.threw(course, report);
        assertSaysEverything(report.getErrorMessage());
      }
      case FailJobRequest report -> {
        assertThat(report.getRetries()).isZero();
        assertThat(report.getErrorMessage()).doesNotContain("The worker itself failed");
        task.raisedAnIncident(course);
        assertSaysEverything(report.getErrorMessage());
      }
      default -> throw new AssertionError(course.last());
    }
  }

  private void checkRequests(Course course) {
    for (int i = 0; i < course.attempts().size(); i++) {
      SeenAttempt attempt = course.attempts().get(i);
      Instant requestedWhen = attempt.requestedWhen;
      if (requestedWhen != null) {
        task.sentAgain(course.knownBefore(i), course.unreportedBefore(i));
        assertThat(requestedWhen)
            .as("sent in time")
            .isBefore(course.validUntil())
            .isBefore(attempt.leaseEnd);
      }
    }
  }

  private void assertSaysEverything(String message) {
    assertThat(message).contains(task.named()).endsWith(".");
  }

  private String end(GeneratedMessage report) throws JsonProcessingException {
    return switch (report) {
      case CompleteJobRequest r -> outcome(result(r));
      case ThrowErrorRequest r -> r.getErrorCode();
      default -> "incident";
    };
  }

  private static String outcome(JsonNode result) {
    return result.get("outcome").asText();
  }

  private JsonNode result(CompleteJobRequest report) throws JsonProcessingException {
    return JSON.readTree(report.getVariables()).get(task.type().resultVariable());
  }
}
