package org.conferenceworker.hangup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.conferenceworker.camunda.InFlightJobs;
import org.conferenceworker.camunda.JobCopies;
import org.conferenceworker.camunda.JobReporter;
import org.conferenceworker.camunda.ReportMeters;
import org.conferenceworker.guard.CallLimits;
import org.conferenceworker.guard.GuardedNames;
import org.conferenceworker.guard.RateLimiter;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.standin.VirtualClock;
import org.conferenceworker.trace.Spans;
import org.conferenceworker.vobiz.VobizClient;
import org.conferenceworker.vobiz.account.VobizAccounts;

/** A worker process in virtual time: what it knows dies with it. */
final class WorkerProcess {

  private static final MeterRegistry METRICS = new SimpleMeterRegistry();

  private final VobizProperties settings;
  private final VirtualClock clock;
  private final Duration longestCall;
  private final VobizAccounts accounts;
  private final CallLimits limits;
  private final JobCopies copies;
  final JobReporter reporter;
  final InFlightJobs inFlight;

  WorkerProcess(VobizProperties settings, VirtualClock clock, Duration longestCall) {
    this.settings = settings;
    this.clock = clock;
    this.longestCall = longestCall;
    accounts = new VobizAccounts(settings);
    limits = new CallLimits(settings.limit(), accounts);
    copies = new JobCopies(clock);
    reporter = new JobReporter(new ReportMeters(METRICS), clock, clock::pass);
    inFlight = new InFlightJobs(longestCall, limits::stopWaiting);
    inFlight.start();
  }

  /** The worker of this process, with this way to the API. */
  HangUpConferenceWorker reaching(VobizClient api) {
    return new HangUpConferenceWorker(
        accounts,
        api,
        new GuardedNames(settings.guard(), accounts),
        limits,
        new RateLimiter(settings.guard(), accounts),
        new HangUpPolicy(
            new Backoff(
                HangUpConfiguration.LONGEST_BACKOFF,
                most -> ThreadLocalRandom.current().nextLong(most + 1))),
        reporter,
        new HangUpJournal(new HangUpMeters(METRICS, accounts.names())),
        inFlight,
        copies,
        new Spans(Tracer.NOOP),
        clock,
        longestCall);
  }
}
