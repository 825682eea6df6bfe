package org.conferenceworker.tasks.lookup;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.faults.Course;
import org.conferenceworker.faults.Luck;
import org.conferenceworker.faults.Schedule;
import org.conferenceworker.faults.SeenAttempt;
import org.conferenceworker.faults.TaskPromises;
import org.conferenceworker.standin.vobiz.Answer;
import org.conferenceworker.standin.vobiz.VobizStandIn;

/** A look-up changes nothing, so it is repeated freely; what it tells it has read. */
final class LookUpPromises implements TaskPromises {

  @Override
  public TaskType type() {
    return LookUpNames.TYPE;
  }

  @Override
  public JobHandler handler(TaskRunner runner) {
    return new LookUpTask(runner, new LookUpPolicy(WorkerProcess.usual()))::lookUp;
  }

  @Override
  public Arbitrary<Map<String, String>> headers() {
    return Arbitraries.just(Map.of());
  }

  @Override
  public Arbitrary<String> validities() {
    return Arbitraries.just("");
  }

  @Override
  public List<String> request(Schedule schedule) {
    return List.of("GET /api/v1/Account/MA_1/Conference/Team%20meeting/ HTTP/1.1", "");
  }

  @Override
  public void bring(VobizStandIn vobiz) {
    vobiz.room(AUTH_ID, CONFERENCE, "Ada", "Grace");
  }

  @Override
  public Set<String> goodBodies() {
    return Set.of("{}", Luck.CONFERENCE, Luck.ANOTHER_CONFERENCE);
  }

  @Override
  public List<String> ends() {
    return List.of("LIVE", "NOT_FOUND", "UNKNOWN", "incident");
  }

  @Override
  public void sentAgain(List<SeenAttempt> known, List<SeenAttempt> unreported) {
    // It may be.
  }

  @Override
  public void completed(Course course, String outcome, JsonNode result) {
    Answer answer = course.lastRequested().answer;
    switch (outcome) {
      case "LIVE" -> {
        assertThat(answer).as("the conference").matches(LookUpPromises::describesTheConference);
        assertThat(result.get("memberCount").asInt()).isEqualTo(2);
      }
      case "NOT_FOUND" -> assertThat(answer.status()).isEqualTo(404);
      case "UNKNOWN" ->
          assertThat(answer)
              .as("no readable conference")
              .matches(a -> isSuccess(a) && !describesTheConference(a));
      default -> throw new AssertionError(result);
    }
    if (!outcome.equals("LIVE")) {
      assertThat(List.of(result.get("memberCount"), result.get("members")))
          .allMatch(JsonNode::isNull);
    }
  }

  @Override
  public void threw(Course course, ThrowErrorRequest error) {
    throw new AssertionError(error);
  }

  private static boolean isSuccess(Answer answer) {
    return answer.status() < 300;
  }

  private static boolean describesTheConference(Answer answer) {
    return isSuccess(answer)
        && answer.body() != null
        && (answer.body().equals(Luck.CONFERENCE)
            || answer.body().contains("\"caller_name\":\"Grace\""));
  }
}
