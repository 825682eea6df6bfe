package org.conferenceworker.hangup;

import io.camunda.client.CamundaClient;
import io.camunda.client.health.HealthCheck;
import io.camunda.client.jobhandling.CamundaClientExecutorService;
import io.camunda.client.jobhandling.JobWorkerManager;
import io.camunda.client.spring.properties.CamundaClientJobWorkerProperties;
import io.camunda.client.spring.properties.CamundaClientProperties;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.conferenceworker.settings.InvalidSettingException;
import org.conferenceworker.trace.Spans;
import org.conferenceworker.vobiz.VobizAccounts;
import org.conferenceworker.vobiz.VobizClient;
import org.conferenceworker.vobiz.VobizProperties;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the service task together. */
@Configuration(proxyBeanMethods = false)
class HangUpConfiguration {

  /** What a job's lease must leave beside the longest call: to arrive, and to be reported. */
  static final Duration REPORTING_MARGIN = Duration.ofSeconds(5);

  static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
  private static final Duration LOOK_AT_ENGINE_EVERY = Duration.ofSeconds(10);

  @Bean
  HangUpConferenceWorker hangUpConferenceWorker(
      VobizAccounts accounts,
      VobizClient vobiz,
      VobizProperties vobizProperties,
      CallLimits limits,
      CamundaClientProperties camunda,
      JobReporter reporter,
      MeterRegistry metrics,
      InFlightJobs inFlight,
      Spans spans,
      Clock clock) {
    Duration longestCall = vobizProperties.http().totalTimeout();
    requireLongerLease(
        longestCall.plus(REPORTING_MARGIN),
        setting(camunda, CamundaClientJobWorkerProperties::getTimeout));
    var backoff =
        new Backoff(LONGEST_BACKOFF, most -> ThreadLocalRandom.current().nextLong(most + 1));
    return new HangUpConferenceWorker(
        accounts,
        vobiz,
        new GuardedNames(vobizProperties.guard()),
        limits,
        new Brake(vobizProperties.guard()),
        new HangUpPolicy(backoff),
        reporter,
        new HangUpJournal(new HangUpMeters(metrics, accounts.names())),
        inFlight,
        new JobCopies(clock),
        spans,
        clock,
        longestCall);
  }

  @Bean
  JobReporter jobReporter(MeterRegistry metrics, Clock clock) {
    return new JobReporter(new ReportMeters(metrics), clock, Thread::sleep);
  }

  @Bean
  CallLimits callLimits(VobizProperties vobizProperties) {
    return new CallLimits(vobizProperties.limit());
  }

  @Bean
  InFlightJobs inFlightJobs(
      VobizProperties vobizProperties, CallLimits limits, MeterRegistry metrics) {
    var jobs =
        new InFlightJobs(
            vobizProperties.http().totalTimeout().plus(REPORTING_MARGIN), limits::stopWaiting);
    Gauge.builder("vobiz.jobs.active", jobs, InFlightJobs::underWay)
        .description("Jobs taken and not reported yet")
        .register(metrics);
    return jobs;
  }

  @Bean
  HealthIndicator hangUpWorkerHealthIndicator(JobWorkerManager workers, InFlightJobs jobs) {
    return () ->
        jobs.isRunning() && workers.findJobWorkerConfigByType(HangUpTask.JOB_TYPE).isPresent()
            ? Health.up().build()
            : Health.down().withDetail("worker", "takes no jobs").build();
  }

  @Bean
  EngineWatch engineWatch(CamundaClient client, MeterRegistry metrics) {
    return new EngineWatch(
        new HealthCheck(client),
        client.getConfiguration().getGrpcAddress(),
        LOOK_AT_ENGINE_EVERY,
        metrics);
  }

  @Bean
  ClientWarnings clientWarnings() {
    return new ClientWarnings();
  }

  /** Takes the closing of the client away from the container, for {@link ClientShutdown}. */
  @Bean
  static BeanFactoryPostProcessor clientIsClosedByClientShutdown() {
    return beans ->
        Stream.of(beans.getBeanNamesForType(CamundaClient.class, true, false))
            .filter(beans::containsBeanDefinition)
            .forEach(name -> beans.getBeanDefinition(name).setDestroyMethodName(""));
  }

  @Bean
  ClientShutdown clientShutdown(CamundaClient client) {
    return new ClientShutdown(client);
  }

  /** The starter's default is one thread for all jobs. */
  @Bean
  CamundaClientExecutorService camundaClientExecutorService() {
    return new CamundaClientExecutorService(new JobThreads(), true);
  }

  /**
   * What the engine says is worked on by virtual threads, too: the gRPC client's own pool wakes a
   * platform thread for each message, which was a fifth of all CPU time. Not by the thread that
   * reads from the network, which must never wait: for a free place, or for an access token.
   */
  @Bean
  ClientInterceptor repliesOnVirtualThreads() {
    Executor threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("reply-", 0).factory());
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return next.newCall(method, options.withExecutor(threads));
      }
    };
  }

  private static void requireLongerLease(Duration timeForOneAttempt, Duration jobTimeout) {
    if (timeForOneAttempt.compareTo(jobTimeout) >= 0) {
      throw new InvalidSettingException(
          "The settings vobiz.http.total-timeout and camunda.client.worker.defaults.timeout do not"
              + " fit: a call and its report may take %s, but a job is leased for %s only."
                  .formatted(timeForOneAttempt, jobTimeout),
          "Shorten VOBIZ_HTTP_TOTALTIMEOUT, or lengthen CAMUNDA_CLIENT_WORKER_DEFAULTS_TIMEOUT to"
              + " more than %s.".formatted(timeForOneAttempt));
    }
  }

  /** A setting of the worker as the starter will apply it: for this job type, else for all. */
  private static <T> T setting(
      CamundaClientProperties camunda, Function<CamundaClientJobWorkerProperties, T> getter) {
    var override = camunda.getWorker().getOverride().get(HangUpTask.JOB_TYPE);
    T overridden = override == null ? null : getter.apply(override);
    return Objects.requireNonNullElseGet(
        overridden, () -> getter.apply(camunda.getWorker().getDefaults()));
  }
}
