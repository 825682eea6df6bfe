package org.conferenceworker.tasks.announce;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import org.conferenceworker.attempt.Inputs;
import org.conferenceworker.attempt.Task;
import org.conferenceworker.attempt.TaskRunner;

/** The "Play announcement" service task: plays a recording to members of one conference. */
public class AnnounceTask {

  private final TaskRunner runner;
  private final Task<AnnounceRequest> task;

  AnnounceTask(TaskRunner runner, AnnouncePolicy policy) {
    this.runner = runner;
    task = new Task<>(AnnounceNames.TYPE, AnnounceRequest::read, policy::decide);
  }

  @JobWorker(
      type = AnnounceNames.JOB_TYPE,
      name = TaskRunner.WORKER,
      autoComplete = false,
      fetchVariables = {
        Inputs.CONFERENCE_NAME,
        Inputs.ACCOUNT,
        AnnounceNames.URL,
        Inputs.MEMBERS,
        AnnounceNames.DURATION,
        Inputs.REQUESTED_AT,
        Inputs.VALID_FOR,
        Inputs.RETRY_BACKOFF,
        AnnounceNames.MEMORY
      })
  public void announce(JobClient engine, ActivatedJob job) {
    runner.run(engine, job, task);
  }
}
