package org.conferenceworker.attempt;

import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.conferenceworker.camunda.AttemptMemory;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.RaiseIncident;
import org.conferenceworker.camunda.Decision.TryAgain;
import org.conferenceworker.camunda.JobReporter;
import org.conferenceworker.camunda.JobRuns;
import org.conferenceworker.guard.GuardedCalls;
import org.conferenceworker.trace.JobContext;
import org.conferenceworker.vobiz.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The path of a job of any task: read, call the API, decide, record, report. */
public final class TaskRunner {

  /** The worker's name in the engine. */
  public static final String WORKER = "vobiz-conference-worker";

  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final JobRuns runs;
  private final Inputs.Context inputs;
  private final GuardedCalls calls;
  private final TaskJournal journal;
  private final JobReporter reporter;
  private final Clock clock;

  TaskRunner(
      JobRuns runs,
      Inputs.Context inputs,
      GuardedCalls calls,
      TaskJournal journal,
      JobReporter reporter,
      Clock clock) {
    this.runs = runs;
    this.inputs = inputs;
    this.calls = calls;
    this.journal = journal;
    this.reporter = reporter;
    this.clock = clock;
  }

  /** Handles one job; never throws. */
  public void run(JobClient engine, ActivatedJob job, Task<?> task) {
    runs.run(
        job,
        task.type().words().title(),
        context -> {
          Decision decision = decide(job, task, context);
          context.outcome(decision.label());
          return () -> reporter.report(engine, job, task.type().memoryVariable(), decision);
        });
  }

  private Decision decide(ActivatedJob job, Task<?> task, JobContext context) {
    Map<String, Object> variables = Map.of();
    AttemptMemory memory = AttemptMemory.NONE;
    try {
      variables = job.getVariablesAsMap();
      context.account(journal.account(variables));
      AttemptMemory kept = AttemptMemory.read(variables.get(task.type().memoryVariable()));
      Decision undelivered = reporter.undelivered(job.getKey()).orElse(null);
      memory =
          switch (undelivered) {
            case TryAgain d -> kept.and(d.memory());
            case RaiseIncident d -> kept.and(d.memory());
            // Either it stands, or it is about something else that does not matter to the next
            // attempt.
            case Decision.Complete d -> kept;
            case Decision.ThrowError d -> kept;
            case Decision.LetLeaseEnd d -> kept;
            case null -> kept;
          };
      return attempt(job, task, variables, kept, memory, undelivered);
    } catch (RuntimeException e) {
      LOG.error("Job {} failed unexpectedly.", job.getKey(), e);
      var incident =
          new RaiseIncident(
              inputs.masked(Sentences.unexpected(task.type(), variables, e)), memory, null);
      journal.write(
          new TaskJournal.Entry(job, task.type(), variables, memory.made() + 1, Duration.ZERO),
          null,
          incident);
      return incident;
    }
  }

  /**
   * @param kept the memory that the engine kept
   * @param earlier the same, with what the engine was not told
   * @param undelivered a decision that may not have reached the engine, or {@code null}
   */
  private <R extends Task.Request> Decision attempt(
      ActivatedJob job,
      Task<R> task,
      Map<String, Object> variables,
      AttemptMemory kept,
      AttemptMemory earlier,
      Decision undelivered) {
    Instant start = clock.instant();
    AttemptMemory memory =
        Inputs.isMissing(variables.get(Inputs.REQUESTED_AT)) ? earlier.askedAt(start) : earlier;
    Outcome outcome = null;
    Decision decision;
    try {
      R request =
          task.reader()
              .read(
                  inputs.of(
                      variables,
                      job.getCustomHeaders(),
                      notAfter(start, memory.askedAt(start).requestedAt()),
                      start));
      Asked asked = request.asked();
      if (undelivered != null && undelivered.stands(asked.subject(), kept)) {
        return undelivered;
      }
      Instant jobEnd = Instant.ofEpochMilli(job.getDeadline());
      outcome = calls.send(request.call(), jobEnd, asked.timing().validUntil());
      var attempt = new Attempt(memory, job.getRetries(), clock.instant());
      try {
        decision = task.policy().decide(attempt, request, outcome);
      } catch (RuntimeException e) {
        LOG.error("Job {} failed unexpectedly.", job.getKey(), e);
        decision =
            new RaiseIncident(
                inputs.masked(Sentences.unexpected(task.type(), variables, e)),
                // The request was sent, and whatever the answer says is lost with the decision.
                attempt.memoryAfter(asked.subject(), true),
                asked.subject());
      }
    } catch (InvalidInput e) {
      String message =
          Sentences.invalidInput(task.type(), variables, e, memory.mayHaveGotThrough());
      decision = new RaiseIncident(inputs.masked(message), memory, null);
    }
    journal.write(
        new TaskJournal.Entry(
            job,
            task.type(),
            variables,
            memory.made() + 1,
            Duration.between(start, clock.instant())),
        outcome,
        decision);
    return decision;
  }

  /** No attempt was made in the future, whatever a variable of the process says. */
  private static Instant notAfter(Instant now, Instant remembered) {
    return remembered.isAfter(now) ? now : remembered;
  }
}
