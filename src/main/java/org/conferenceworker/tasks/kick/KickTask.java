package org.conferenceworker.tasks.kick;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.attempt.TaskRunner;

/** The "Kick member" service task: removes members from one conference. */
public class KickTask {

  private final TaskRunner runner;
  private final Task<KickRequest> task;

  KickTask(TaskRunner runner, KickPolicy policy) {
    this.runner = runner;
    task = new Task<>(KickNames.TYPE, KickRequest::read, policy::decide);
  }

  @JobWorker(
      type = KickNames.JOB_TYPE,
      name = TaskRunner.WORKER,
      autoComplete = false,
      fetchVariables = {
        Inputs.CONFERENCE_NAME,
        Inputs.ACCOUNT,
        Inputs.MEMBER_IDS,
        Inputs.REQUESTED_AT,
        Inputs.VALID_FOR,
        Inputs.RETRY_BACKOFF,
        KickNames.MEMORY
      })
  public void kick(JobClient engine, ActivatedJob job) {
    runner.run(engine, job, task);
  }
}
