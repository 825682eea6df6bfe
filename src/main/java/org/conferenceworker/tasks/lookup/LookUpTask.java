package org.conferenceworker.tasks.lookup;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.attempt.TaskRunner;

/**
 * The "Look up conference" service task: asks who is in a conference. For a person or a gateway,
 * never a condition of a hang-up: Vobiz itself calls the answer unreliable.
 */
public class LookUpTask {

  private final TaskRunner runner;
  private final Task<LookUpRequest> task;

  LookUpTask(TaskRunner runner, LookUpPolicy policy) {
    this.runner = runner;
    task = new Task<>(LookUpNames.TYPE, LookUpRequest::read, policy::decide);
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
    runner.run(engine, job, task);
  }
}
