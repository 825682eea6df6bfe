package org.conferenceworker.attempt;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.conferenceworker.camunda.InFlightJobs;
import org.conferenceworker.camunda.JobCopies;
import org.conferenceworker.camunda.JobReporter;
import org.conferenceworker.camunda.JobRuns;
import org.conferenceworker.camunda.ReportMeters;
import org.conferenceworker.guard.CallLimits;
import org.conferenceworker.guard.GuardedCalls;
import org.conferenceworker.guard.RateLimiter;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.standin.VirtualClock;
import org.conferenceworker.trace.Spans;
import org.conferenceworker.vobiz.Api;
import org.conferenceworker.vobiz.account.VobizAccounts;

/** A worker process in virtual time: what it knows dies with it. */
public final class WorkerProcess {

  private static final MeterRegistry METRICS = new SimpleMeterRegistry();

  private final VobizProperties settings;
  private final VirtualClock clock;
  private final Duration longestCall;
  private final List<TaskType> types;
  private final VobizAccounts accounts;
  private final CallLimits limits;
  private final JobCopies copies;
  public final JobReporter reporter;
  public final InFlightJobs inFlight;

  public WorkerProcess(
      VobizProperties settings, VirtualClock clock, Duration longestCall, TaskType... types) {
    this.settings = settings;
    this.clock = clock;
    this.longestCall = longestCall;
    this.types = List.of(types);
    accounts = new VobizAccounts(settings);
    limits = new CallLimits(settings.limit(), accounts);
    copies = new JobCopies(clock);
    reporter = new JobReporter(new ReportMeters(METRICS), clock, clock::pass);
    inFlight = new InFlightJobs(longestCall, limits::stopWaiting);
    inFlight.start();
  }

  /** What runs the jobs of this process, with this way to the API. */
  public TaskRunner reaching(Api api) {
    return new TaskRunner(
        new JobRuns(inFlight, copies, new Spans(Tracer.NOOP)),
        Contexts.of(settings),
        new GuardedCalls(
            api, limits, new RateLimiter(settings.guard(), accounts), longestCall, clock),
        new TaskJournal(new TaskMeters(METRICS, accounts.names(), types), accounts::mask),
        reporter,
        clock);
  }

  /** The decisions of the worker as it is shipped. */
  public static UsualDecisions usual() {
    return new UsualDecisions(
        new Backoff(
            AttemptConfiguration.LONGEST_BACKOFF,
            most -> ThreadLocalRandom.current().nextLong(most + 1)));
  }
}
