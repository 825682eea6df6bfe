package org.conferenceworker.hangup;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.conferenceworker.camunda.AttemptMemory;
import org.conferenceworker.camunda.Decision;
import org.conferenceworker.camunda.Decision.Complete;
import org.conferenceworker.camunda.Decision.LetLeaseEnd;
import org.conferenceworker.camunda.Decision.RaiseIncident;
import org.conferenceworker.camunda.Decision.ThrowError;
import org.conferenceworker.camunda.Decision.TryAgain;
import org.conferenceworker.camunda.InFlightJobs;
import org.conferenceworker.camunda.JobContext;
import org.conferenceworker.camunda.JobCopies;
import org.conferenceworker.camunda.JobReporter;
import org.conferenceworker.guard.CallLimits;
import org.conferenceworker.guard.GuardedNames;
import org.conferenceworker.guard.RateLimiter;
import org.conferenceworker.hangup.HangUpRequest.Invalid;
import org.conferenceworker.hangup.HangUpRequest.Valid;
import org.conferenceworker.trace.Spans;
import org.conferenceworker.vobiz.Api;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.Outcome;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the jobs of the "Hang up conference" task: reads, asks the API, reports. */
public class HangUpConferenceWorker {

  private static final Logger LOG = LoggerFactory.getLogger(HangUpConferenceWorker.class);

  /** What of a lease is not used for the call, so that there is time to report it. */
  private static final Duration TIME_TO_REPORT = Duration.ofSeconds(2);

  private final VobizAccounts accounts;
  private final Api vobiz;
  private final GuardedNames guardedNames;
  private final CallLimits limits;
  private final RateLimiter brake;
  private final HangUpPolicy policy;
  private final JobReporter reporter;
  private final HangUpJournal journal;
  private final InFlightJobs inFlight;
  private final JobCopies copies;
  private final Spans spans;
  private final Clock clock;
  private final Duration longestCall;

  /**
   * @param longestCall how long a call takes at most; a job whose lease leaves less than that, and
   *     a little for the report, is not begun
   */
  HangUpConferenceWorker(
      VobizAccounts accounts,
      Api vobiz,
      GuardedNames guardedNames,
      CallLimits limits,
      RateLimiter brake,
      HangUpPolicy policy,
      JobReporter reporter,
      HangUpJournal journal,
      InFlightJobs inFlight,
      JobCopies copies,
      Spans spans,
      Clock clock,
      Duration longestCall) {
    this.accounts = accounts;
    this.vobiz = vobiz;
    this.guardedNames = guardedNames;
    this.limits = limits;
    this.brake = brake;
    this.policy = policy;
    this.reporter = reporter;
    this.journal = journal;
    this.inFlight = inFlight;
    this.copies = copies;
    this.spans = spans;
    this.clock = clock;
    this.longestCall = longestCall;
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
        HangUpTask.RETRY_BACKOFF,
        HangUpTask.ATTEMPTS
      })
  public void hangUp(JobClient engine, ActivatedJob job) {
    try (var context = JobContext.of(job, spans)) {
      inFlight.run(
          () ->
              copies.runOnce(
                  job,
                  () -> {
                    Decision decision = decide(job, context);
                    context.outcome(decision);
                    return () -> reporter.report(engine, job, HangUpTask.ATTEMPTS, decision);
                  }));
    } catch (Throwable e) {
      // Even then the engine is told nothing wrong: it hands the job out again.
      LOG.error("Job {} is left to the engine, which hands it out again.", job.getKey(), e);
    }
  }

  private Decision decide(ActivatedJob job, JobContext context) {
    Map<String, Object> inputs = Map.of();
    AttemptMemory memory = AttemptMemory.NONE;
    try {
      inputs = job.getVariablesAsMap();
      context.account(journal.account(inputs));
      memory = AttemptMemory.read(inputs.get(HangUpTask.ATTEMPTS));
      Decision undelivered = reporter.undelivered(job.getKey()).orElse(null);
      if (undelivered != null && undelivered.stands(HangUpRequest.subject(inputs), memory)) {
        return undelivered;
      }
      memory =
          switch (undelivered) {
            case TryAgain d -> memory.and(d.memory());
            case RaiseIncident d -> memory.and(d.memory());
            // About another conference, or nothing that the next attempt needs to know.
            case Complete d -> memory;
            case ThrowError d -> memory;
            case LetLeaseEnd d -> memory;
            case null -> memory;
          };
      return attempt(job, inputs, memory);
    } catch (RuntimeException e) {
      LOG.error("Job {} failed unexpectedly.", job.getKey(), e);
      var incident =
          new RaiseIncident(
              Sentences.unexpected(
                  e, inputs.get(HangUpTask.CONFERENCE_NAME), inputs.get(HangUpTask.ACCOUNT)),
              memory,
              null);
      journal.write(job, inputs, null, incident, memory.made() + 1, Duration.ZERO);
      return incident;
    }
  }

  private Decision attempt(ActivatedJob job, Map<String, Object> inputs, AttemptMemory earlier) {
    Instant start = clock.instant();
    AttemptMemory memory =
        HangUpRequest.isMissing(inputs.get(HangUpTask.REQUESTED_AT))
            ? earlier.askedAt(start)
            : earlier;
    Result result =
        switch (HangUpRequest.read(
            inputs,
            job.getCustomHeaders(),
            accounts,
            guardedNames,
            memory.askedAt(start).requestedAt())) {
          case Invalid(String message) ->
              new Result(null, new RaiseIncident(message, memory, null));
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
  private record Result(Outcome outcome, Decision decision) {}

  private Result carryOut(Attempt attempt, Instant start, Instant leaseEnd) {
    HangUpRequest request = attempt.request();
    if (request.isTooLate(start)) {
      return new Result(null, policy.tooLate(attempt));
    }
    Instant callEnd = leaseEnd.minus(TIME_TO_REPORT);
    Instant lastStart = callEnd.minus(longestCall);
    if (start.isAfter(lastStart)) {
      return new Result(null, leaseTooShort(start, leaseEnd));
    }
    String account = request.account().name();
    Duration patience = Duration.between(start, request.sendBefore(lastStart));
    try (CallLimits.Turn turn = limits.await(account, patience)) {
      Instant now = clock.instant();
      if (request.isTooLate(now)) {
        return new Result(null, policy.tooLate(attempt));
      }
      if (now.isAfter(lastStart)) {
        return new Result(null, leaseTooShort(now, leaseEnd));
      }
      if (turn == null) {
        return new Result(null, policy.notItsTurn(attempt, now));
      }
      Duration wait = brake.pass(account, now);
      if (!wait.isZero()) {
        return new Result(null, policy.braked(attempt, wait, now));
      }
      Outcome outcome =
          vobiz.send(
              ApiRequest.hangUp(request.account(), request.conference()),
              request.sendBefore(callEnd));
      return new Result(outcome, policy.decide(attempt, outcome, clock.instant()));
    }
  }

  private Decision leaseTooShort(Instant now, Instant leaseEnd) {
    return new LetLeaseEnd(
        "it was leased for another %d ms only, and a call and its report may take %d ms"
            .formatted(
                Duration.between(now, leaseEnd).toMillis(),
                longestCall.plus(TIME_TO_REPORT).toMillis()));
  }
}
