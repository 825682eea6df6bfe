package org.conferenceworker.camunda;

import io.camunda.client.api.response.ActivatedJob;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.conferenceworker.trace.JobContext;
import org.conferenceworker.trace.Spans;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each job once, with its log context and span, unless the process is stopping. */
public final class JobRuns {

  private static final Logger LOG = LoggerFactory.getLogger(JobRuns.class);

  private final InFlightJobs inFlight;
  private final JobCopies copies;
  private final Spans spans;

  public JobRuns(InFlightJobs inFlight, JobCopies copies, Spans spans) {
    this.inFlight = inFlight;
    this.copies = copies;
    this.spans = spans;
  }

  /**
   * Runs a job; never throws, because the starter would report a stack trace.
   *
   * @param title what the job is, for the trace
   * @param decide decides what the engine is to be told; what it returns tells the engine, and
   *     returns whether nothing is left to report
   */
  public void run(ActivatedJob job, String title, Function<JobContext, BooleanSupplier> decide) {
    try (var context = JobContext.of(job, title, spans)) {
      inFlight.run(() -> copies.runOnce(job, () -> decide.apply(context)));
    } catch (Throwable e) {
      // The engine is told nothing wrong: it hands the job out again.
      LOG.error("Job {} is left to the engine, which hands it out again.", job.getKey(), e);
    }
  }
}
