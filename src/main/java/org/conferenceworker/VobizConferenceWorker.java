package org.conferenceworker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import org.conferenceworker.trace.Spans;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;

/** The worker process. */
@SpringBootApplication
public class VobizConferenceWorker {

  public static void main(String[] args) {
    SecondSignal.endsTheProcess();
    SpringApplication.run(VobizConferenceWorker.class, args);
  }

  /**
   * The wall clock, which must agree with the engine's: job timeouts and validities are compared
   * with it.
   */
  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Spans spans(
      ObjectProvider<Tracer> tracer, @Value("${management.tracing.enabled}") boolean enabled) {
    return new Spans(enabled ? tracer.getIfAvailable(() -> Tracer.NOOP) : Tracer.NOOP);
  }

  /** Exposes the version, so that a change of behaviour can be related to a roll-out. */
  @Bean
  MeterBinder buildInfoMeter(ObjectProvider<BuildProperties> build) {
    return metrics ->
        build.ifAvailable(
            known ->
                Gauge.builder("vobiz.worker.build.info", () -> 1)
                    .description("The version of the worker")
                    .tag("version", known.getVersion())
                    .register(metrics));
  }
}
