package org.conferenceworker.tasks.hangupall;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.attempt.TaskRunner;

/** The "Hang up all conferences" service task: ends every conference of an account. */
public class HangUpAllTask {

  private final TaskRunner runner;
  private final Task<HangUpAllRequest> task;

  HangUpAllTask(TaskRunner runner, HangUpAllPolicy policy) {
    this.runner = runner;
    task = new Task<>(HangUpAllNames.TYPE, HangUpAllRequest::read, policy::decide);
  }

  @JobWorker(
      type = HangUpAllNames.JOB_TYPE,
      name = TaskRunner.WORKER,
      autoComplete = false,
      fetchVariables = {
        Inputs.ACCOUNT,
        HangUpAllNames.EXPECTED_AUTH_ID,
        Inputs.REASON,
        Inputs.REQUESTED_BY,
        Inputs.REQUESTED_AT,
        Inputs.VALID_FOR,
        Inputs.RETRY_BACKOFF,
        HangUpAllNames.MEMORY
      })
  public void hangUpAll(JobClient engine, ActivatedJob job) {
    runner.run(engine, job, task);
  }
}
