package org.conferenceworker.hangup;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.conferenceworker.hangup.Decision.LetLeaseEnd;
import org.conferenceworker.hangup.Decision.RaiseIncident;
import org.conferenceworker.hangup.Decision.TryAgain;
import org.conferenceworker.hangup.HangUpRequest.Invalid;
import org.conferenceworker.hangup.HangUpRequest.Valid;
import org.conferenceworker.vobiz.HangUpOutcome;
import org.conferenceworker.vobiz.VobizAccounts;
import org.conferenceworker.vobiz.VobizClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the jobs of the "Hang up conference" task: reads, asks the API, reports. */
public class HangUpConferenceWorker {

  private static final Logger LOG = LoggerFactory.getLogger(HangUpConferenceWorker.class);

  private final VobizAccounts accounts;
  private final VobizClient vobiz;
  private final HangUpPolicy policy;
  private final JobReporter reporter;
  private final HangUpJournal journal;
  private final InFlightJobs inFlight;
  private final Clock clock;
  private final Duration timeForOneAttempt;

  /**
   * @param timeForOneAttempt what a call and its report take at most; a job with a shorter lease
   *     left is not begun
   */
  HangUpConferenceWorker(
      VobizAccounts accounts,
      VobizClient vobiz,
      HangUpPolicy policy,
      JobReporter reporter,
      HangUpJournal journal,
      InFlightJobs inFlight,
      Clock clock,
      Duration timeForOneAttempt) {
    this.accounts = accounts;
    this.vobiz = vobiz;
    this.policy = policy;
    this.reporter = reporter;
    this.journal = journal;
    this.inFlight = inFlight;
    this.clock = clock;
    this.timeForOneAttempt = timeForOneAttempt;
  }

  /** Handles one job; never throws, because the starter would report a stack trace. */
  @JobWorker(
      type = HangUpTask.JOB_TYPE,
      name = "vobiz-conference-worker",
      autoComplete = false,
      fetchVariables = {
        HangUpTask.CONFERENCE_NAME,
        HangUpTask.ACCOUNT,
        HangUpTask.REQUESTED_AT,
        HangUpTask.VALID_FOR,
        HangUpTask.ATTEMPTS
      })
  public void hangUp(JobClient engine, ActivatedJob job) {
    inFlight.run(() -> reporter.report(engine, job, decide(job)));
  }

  private Decision decide(ActivatedJob job) {
    Map<String, Object> inputs = job.getVariablesAsMap();
    AttemptMemory memory = AttemptMemory.read(inputs.get(HangUpTask.ATTEMPTS));
    try {
      return switch (reporter.takeUndelivered(job.getKey()).orElse(null)) {
        case null -> attempt(job, inputs, memory);
        case TryAgain undelivered -> attempt(job, inputs, memory.and(undelivered.memory()));
        // What was decided stands: asking the API again could end another conference.
        case Decision undelivered -> undelivered;
      };
    } catch (RuntimeException e) {
      LOG.error("Job {} failed unexpectedly.", job.getKey(), e);
      return new RaiseIncident(
          Sentences.unexpected(
              e, inputs.get(HangUpTask.CONFERENCE_NAME), inputs.get(HangUpTask.ACCOUNT)),
          memory);
    }
  }

  private Decision attempt(ActivatedJob job, Map<String, Object> inputs, AttemptMemory earlier) {
    Instant start = clock.instant();
    AttemptMemory memory =
        inputs.get(HangUpTask.REQUESTED_AT) == null ? earlier.askedAt(start) : earlier;
    Result result =
        switch (HangUpRequest.read(
            inputs, job.getCustomHeaders(), accounts, memory.askedAt(start).requestedAt())) {
          case Invalid(String message) -> new Result(null, new RaiseIncident(message, memory));
          case Valid(HangUpRequest request) ->
              carryOut(
                  new Attempt(request, memory, job.getRetries()),
                  start,
                  Instant.ofEpochMilli(job.getDeadline()));
        };
    journal.write(
        job,
        inputs,
        result.outcome(),
        result.decision(),
        memory.made() + 1,
        Duration.between(start, clock.instant()));
    return result.decision();
  }

  /**
   * @param outcome what the API said, or {@code null} if it was not asked
   */
  private record Result(HangUpOutcome outcome, Decision decision) {}

  private Result carryOut(Attempt attempt, Instant now, Instant leaseEnd) {
    HangUpRequest request = attempt.request();
    Duration leaseLeft = Duration.between(now, leaseEnd);
    if (leaseLeft.compareTo(timeForOneAttempt) < 0) {
      return new Result(null, new LetLeaseEnd("its lease had only %s left".formatted(leaseLeft)));
    }
    if (request.isTooLate(now)) {
      return new Result(null, policy.tooLate(request));
    }
    HangUpOutcome outcome =
        vobiz.hangUp(request.account(), request.conference(), request.sendBefore(leaseEnd));
    return new Result(outcome, policy.decide(attempt, outcome, clock.instant()));
  }
}
