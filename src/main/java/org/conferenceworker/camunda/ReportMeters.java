package org.conferenceworker.camunda;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts how reports to the engine end, and the copies that it took. */
public class ReportMeters {

  /** How a report ended; all but {@link #TAKEN} and {@link #OUT_OF_TURN} deserve a look. */
  enum End {
    TAKEN,
    /** The engine had an earlier copy of it already. */
    OUT_OF_TURN,
    /** The job was gone: cancelled, or reported by somebody else. */
    JOB_GONE,
    /** The lease, or the back-off that it asked for, was over first. */
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
                        .description("Reports to the engine, by how they ended")
                        .tag("result", end.name().toLowerCase(Locale.ROOT))
                        .register(metrics)));
    failures =
        Counter.builder("vobiz.job.report.failures")
            .description("Copies of a report that failed for now")
            .register(metrics);
  }

  void ended(End end) {
    ends.get(end).increment();
  }

  void copyFailed() {
    failures.increment();
  }
}
