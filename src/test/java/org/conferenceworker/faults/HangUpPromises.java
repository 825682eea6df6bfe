package org.conferenceworker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.GeneratedMessage;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.statistics.Statistics;

/** The promises of docs/reliability.md, held against what was seen: the model of a hang-up. */
public final class HangUpPromises {

  private static final ObjectMapper JSON = new ObjectMapper();

  private HangUpPromises() {}

  /**
   * @param now when everything was over
   * @param last the last report that counted
   */
  public static void check(
      Schedule schedule,
      Instant requestedAt,
      Instant now,
      List<SeenAttempt> attempts,
      GeneratedMessage last)
      throws JsonProcessingException {
    Duration validFor =
        schedule.validFor().isEmpty() ? Duration.ofDays(9999) : Duration.parse(schedule.validFor());
    Instant validUntil = requestedAt.plus(validFor);
    Statistics.label("end").collect(end(last));
    Statistics.label("end")
        .coverage(
            ends -> {
              for (String end :
                  List.of(
                      "ENDED",
                      "ENDED_BY_EARLIER_ATTEMPT",
                      "ALREADY_ENDED",
                      "CONFERENCE_NOT_FOUND",
                      "HANG_UP_TOO_LATE",
                      "incident")) {
                ends.check(end).count(count -> count > 0);
              }
            });

    for (int i = 0; i < attempts.size(); i++) {
      SeenAttempt attempt = attempts.get(i);
      if (attempt.requestedWhen != null) {
        assertThat(remembered(attempts, i))
            .as("nothing is sent after a success that was seen")
            .noneMatch(a -> a.answeredWithSuccess);
        assertThat(undelivered(attempts, i))
            .as("nothing is sent after a \"not found\" that the engine was not told")
            .noneMatch(a -> a.answeredWithNotFound);
        assertThat(attempt.requestedWhen)
            .as("sent in time")
            .isBefore(validUntil)
            .isBefore(attempt.leaseEnd);
      }
    }
    List<SeenAttempt> remembered = remembered(attempts, attempts.size());
    if (remembered.stream().anyMatch(a -> a.answeredWithSuccess)) {
      assertThat(last).isInstanceOf(CompleteJobRequest.class);
    }
    switch (last) {
      case CompleteJobRequest report -> {
        JsonNode result = JSON.readTree(report.getVariables()).get("hangUpResult");
        switch (result.get("outcome").asText()) {
          case "ENDED" ->
              assertThat(attempts).as("success seen").anyMatch(a -> a.answeredWithSuccess);
          case "ENDED_BY_EARLIER_ATTEMPT" ->
              assertThat(attempts).hasSizeGreaterThan(1).anyMatch(a -> a.requestedWhen != null);
          case "ALREADY_ENDED" -> assertThat(schedule.onNotFound()).isEqualTo("complete");
          default -> throw new AssertionError(result);
        }
        assertThat(result.get("conferenceName").asText()).isEqualTo("Team meeting");
      }
      case ThrowErrorRequest report -> {
        if (report.getErrorCode().equals("CONFERENCE_NOT_FOUND")) {
          assertThat(remembered)
              .as("what the task ended itself is not reported as not found")
              .noneMatch(a -> a.endedTheRoom);
        } else {
          assertThat(report.getErrorCode()).isEqualTo("HANG_UP_TOO_LATE");
          assertThat(now).isAfterOrEqualTo(validUntil);
        }
        assertSaysEverything(report.getErrorMessage());
      }
      case FailJobRequest report -> {
        assertThat(report.getRetries()).isZero();
        assertSaysEverything(report.getErrorMessage());
      }
      default -> throw new AssertionError(last);
    }
  }

  /** The attempts before this one that somebody still knew of when it began. */
  private static List<SeenAttempt> remembered(List<SeenAttempt> attempts, int index) {
    return attempts.subList(0, index).stream().filter(a -> a.forgottenIn >= index).toList();
  }

  /** Of those, the ones since which no report has counted. */
  private static List<SeenAttempt> undelivered(List<SeenAttempt> attempts, int index) {
    int since = index;
    while (since > 0 && !attempts.get(since - 1).reported) {
      since--;
    }
    return attempts.subList(since, index).stream().filter(a -> a.forgottenIn >= index).toList();
  }

  private static void assertSaysEverything(String message) {
    assertThat(message).contains("\"Team meeting\"", "\"default\"").endsWith(".");
  }

  private static String end(GeneratedMessage report) throws JsonProcessingException {
    return switch (report) {
      case CompleteJobRequest r ->
          JSON.readTree(r.getVariables()).get("hangUpResult").get("outcome").asText();
      case ThrowErrorRequest r -> r.getErrorCode();
      default -> "incident";
    };
  }
}
