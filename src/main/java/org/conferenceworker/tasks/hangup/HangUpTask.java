package org.conferenceworker.tasks.hangup;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.attempt.TaskRunner;

/** The "Hang up conference" service task: ends one conference, with all its members. */
public class HangUpTask {

  private final TaskRunner runner;
  private final Task<HangUpRequest> task;

  HangUpTask(TaskRunner runner, HangUpPolicy policy) {
    this.runner = runner;
    task = new Task<>(HangUpNames.TYPE, HangUpRequest::read, policy::decide);
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
    runner.run(engine, job, task);
  }
}
