package org.conferenceworker.camunda;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts reports to the engine by result, and failed copies. */
public class ReportMeters {

  /** How a report ended; all except {@link #TAKEN} and {@link #OUT_OF_TURN} deserve a look. */
  enum End {
    TAKEN,
    /** The engine already had an earlier copy. */
    OUT_OF_TURN,
    /** The job no longer existed: cancelled, or reported by another worker. */
    JOB_GONE,
    /** The job timeout, or the back-off that the report asked for, ended first. */
    TIME_OVER,
    REFUSED,
    /** The worker was stopped first. */
    STOPPED
  }

  private final Map<End, Counter> ends = new EnumMap<>(End.class);
  private final Counter failures;

  public ReportMeters(MeterRegistry metrics) {
    Arrays.stream(End.values())
        .forEach(
            end ->
                ends.put(
                    end,
                    Counter.builder("vobiz.job.reports")
                        .description("Reports to the engine, by result")
                        .tag("result", end.name().toLowerCase(Locale.ROOT))
                        .register(metrics)));
    failures =
        Counter.builder("vobiz.job.report.failures")
            .description("Failed attempts to send a report")
            .register(metrics);
  }

  void ended(End end) {
    ends.get(end).increment();
  }

  void copyFailed() {
    failures.increment();
  }
}
