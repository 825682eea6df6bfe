package org.conferenceworker.tasks.lookup;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Instant;
import org.conferenceworker.attempt.Attempt;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.InvalidInput;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.Outcome;

/**
 * The "Look up conference" service task: asks who is in a conference. For a person or a gateway,
 * never a condition of a hang-up: Vobiz itself calls the answer unreliable.
 */
public class LookUpTask implements Task<LookUpRequest> {

  private final TaskRunner runner;
  private final LookUpPolicy policy;

  LookUpTask(TaskRunner runner, LookUpPolicy policy) {
    this.runner = runner;
    this.policy = policy;
  }

  @JobWorker(
      type = LookUpNames.JOB_TYPE,
      name = TaskRunner.WORKER,
      autoComplete = false,
      fetchVariables = {
        Inputs.CONFERENCE_NAME,
        Inputs.ACCOUNT,
        Inputs.REQUESTED_AT,
        Inputs.RETRY_BACKOFF,
        LookUpNames.MEMORY
      })
  public void lookUp(JobClient engine, ActivatedJob job) {
    runner.run(engine, job, this);
  }

  @Override
  public TaskType type() {
    return LookUpNames.TYPE;
  }

  @Override
  public LookUpRequest read(Inputs inputs) throws InvalidInput {
    return LookUpRequest.read(inputs);
  }

  @Override
  public ApiRequest request(LookUpRequest request) {
    return ApiRequest.lookUp(request.asked().account(), request.conference());
  }

  @Override
  public Decision decide(Attempt attempt, LookUpRequest request, Outcome outcome, Instant now) {
    return policy.decide(attempt, request, outcome, now);
  }
}
