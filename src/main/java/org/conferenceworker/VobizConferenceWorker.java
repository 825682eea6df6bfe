package org.conferenceworker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import org.conferenceworker.attempt.AttemptConfiguration;
import org.conferenceworker.camunda.CamundaConfiguration;
import org.conferenceworker.camunda.client.ClientConfiguration;
import org.conferenceworker.events.EventsConfiguration;
import org.conferenceworker.guard.GuardConfiguration;
import org.conferenceworker.http.HttpConfiguration;
import org.conferenceworker.log.LogConfiguration;
import org.conferenceworker.settings.start.SettingsConfiguration;
import org.conferenceworker.tasks.announce.AnnounceConfiguration;
import org.conferenceworker.tasks.hangup.HangUpConfiguration;
import org.conferenceworker.tasks.hangupall.HangUpAllConfiguration;
import org.conferenceworker.tasks.kick.KickConfiguration;
import org.conferenceworker.tasks.lookup.LookUpConfiguration;
import org.conferenceworker.trace.Spans;
import org.conferenceworker.vobiz.VobizConfiguration;
import org.conferenceworker.vobiz.check.CheckConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The worker process. Its parts are named here, not searched for at each start. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  AttemptConfiguration.class,
  CamundaConfiguration.class,
  ClientConfiguration.class,
  EventsConfiguration.class,
  GuardConfiguration.class,
  HttpConfiguration.class,
  LogConfiguration.class,
  SettingsConfiguration.class,
  AnnounceConfiguration.class,
  HangUpConfiguration.class,
  HangUpAllConfiguration.class,
  KickConfiguration.class,
  LookUpConfiguration.class,
  VobizConfiguration.class,
  CheckConfiguration.class
})
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
