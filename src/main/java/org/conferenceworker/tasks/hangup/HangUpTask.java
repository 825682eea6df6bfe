package org.conferenceworker.tasks.hangup;

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

/** The "Hang up conference" service task: ends one conference, with all its members. */
public class HangUpTask implements Task<HangUpRequest> {

  private final TaskRunner runner;
  private final HangUpPolicy policy;

  HangUpTask(TaskRunner runner, HangUpPolicy policy) {
    this.runner = runner;
    this.policy = policy;
  }

  @JobWorker(
      type = HangUpNames.JOB_TYPE,
      name = TaskRunner.WORKER,
      autoComplete = false,
      fetchVariables = {
        Inputs.CONFERENCE_NAME,
        Inputs.ACCOUNT,
        Inputs.REQUESTED_AT,
        Inputs.VALID_FOR,
        Inputs.RETRY_BACKOFF,
        HangUpNames.MEMORY
      })
  public void hangUp(JobClient engine, ActivatedJob job) {
    runner.run(engine, job, this);
  }

  @Override
  public TaskType type() {
    return HangUpNames.TYPE;
  }

  @Override
  public HangUpRequest read(Inputs inputs) throws InvalidInput {
    return HangUpRequest.read(inputs);
  }

  @Override
  public ApiRequest request(HangUpRequest request) {
    return ApiRequest.hangUp(request.asked().account(), request.conference());
  }

  @Override
  public Decision decide(Attempt attempt, HangUpRequest request, Outcome outcome, Instant now) {
    return policy.decide(attempt, request, outcome, now);
  }
}
