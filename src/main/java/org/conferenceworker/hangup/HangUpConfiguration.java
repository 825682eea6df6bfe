package org.conferenceworker.hangup;

import io.camunda.client.CamundaClient;
import io.camunda.client.CredentialsProvider;
import io.camunda.client.annotation.customizer.JobWorkerValueCustomizer;
import io.camunda.client.annotation.value.JobWorkerValue;
import io.camunda.client.health.HealthCheck;
import io.camunda.client.impl.NoopCredentialsProvider;
import io.camunda.client.jobhandling.CamundaClientExecutorService;
import io.camunda.client.jobhandling.JobWorkerManager;
import io.camunda.client.spring.configuration.CredentialsProviderConfiguration;
import io.camunda.client.spring.properties.CamundaClientAuthProperties.AuthMethod;
import io.camunda.client.spring.properties.CamundaClientJobWorkerProperties;
import io.camunda.client.spring.properties.CamundaClientProperties;
import io.camunda.client.spring.properties.PropertyBasedJobWorkerValueCustomizer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
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
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Puts the service task together. */
@Configuration(proxyBeanMethods = false)
class HangUpConfiguration {

  /** What a job's lease must leave beside the longest call: to arrive, and to be reported. */
  static final Duration REPORTING_MARGIN = Duration.ofSeconds(5);

  static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
  private static final Duration LOOK_AT_ENGINE_EVERY = Duration.ofSeconds(5);
  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(3);

  /** What the client adds to a poll's time-out. */
  private static final Duration POLL_DEADLINE_OFFSET = Duration.ofSeconds(10);

  /** The client's back-off between polls: five seconds, give or take a tenth. */
  private static final Duration LONGEST_POLL_BACKOFF = Duration.ofMillis(5500);

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
        new GuardedNames(vobizProperties.guard(), accounts),
        limits,
        new Brake(vobizProperties.guard(), accounts),
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
  CallLimits callLimits(VobizProperties vobizProperties, VobizAccounts accounts) {
    return new CallLimits(vobizProperties.limit(), accounts);
  }

  @Bean
  RulesInForce rulesInForce(VobizProperties vobizProperties, VobizAccounts accounts) {
    return new RulesInForce(vobizProperties, accounts);
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
    return () -> {
      if (!jobs.isRunning()) {
        return Health.down().withDetail("worker", "It is stopping, and takes no jobs.").build();
      }
      return isOpen(workers)
          ? Health.up().build()
          : Health.down()
              .withDetail(
                  "worker",
                  "It takes no jobs: camunda.client.worker.defaults.enabled, or its override, is"
                      + " false.")
              .build();
    };
  }

  private static boolean isOpen(JobWorkerManager workers) {
    return workers.findJobWorkerConfigByType(HangUpTask.JOB_TYPE).isPresent();
  }

  @Bean
  Polls polls() {
    return new Polls();
  }

  @Bean
  PollWatch pollingHealthIndicator(
      Polls polls,
      InFlightJobs jobs,
      JobWorkerManager workers,
      CamundaClient client,
      CamundaClientProperties camunda,
      MeterRegistry metrics) {
    Duration poll =
        orElse(
                setting(camunda, CamundaClientJobWorkerProperties::getRequestTimeout),
                camunda.getRequestTimeout())
            .plus(POLL_DEADLINE_OFFSET);
    Duration interval =
        orElse(setting(camunda, CamundaClientJobWorkerProperties::getPollInterval), Duration.ZERO);
    Duration pause = interval.compareTo(LONGEST_POLL_BACKOFF) > 0 ? interval : LONGEST_POLL_BACKOFF;
    return new PollWatch(
        polls::begun,
        jobs::underWay,
        LOOK_AT_ENGINE_EVERY,
        poll.plus(pause.multipliedBy(3)),
        setting(camunda, CamundaClientJobWorkerProperties::getTimeout),
        () -> openAnew(workers, client),
        metrics);
  }

  /** What is under way goes on meanwhile; the old worker only takes nothing any more. */
  private static void openAnew(JobWorkerManager workers, CamundaClient client) {
    JobWorkerValue worker = workers.findJobWorkerConfigByType(HangUpTask.JOB_TYPE).orElseThrow();
    try {
      // It waits for a lock of the old worker's, of which nobody knows what has become.
      Thread.ofVirtual().start(workers::closeAllOpenWorkers).join(TIME_TO_CLOSE);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return;
    }
    workers.openWorker(client, worker);
  }

  /** The starter's indicator of this name asks the engine for each probe, and gives no reason. */
  @Bean
  @DependsOn("camundaLifecycleEventProducer") // so that it stops before the starter's workers
  EngineWatch camundaClientHealthIndicator(
      CamundaClient client, JobWorkerManager workers, PollWatch polling, MeterRegistry metrics) {
    return new EngineWatch(
        new HealthCheck(client),
        client.getConfiguration().getGrpcAddress(),
        LOOK_AT_ENGINE_EVERY,
        () -> {
          if (isOpen(workers)) {
            polling.look();
          }
        },
        metrics);
  }

  /** As the starter's, but tells whose fault it is if there is no access token. */
  @Bean
  CredentialsProvider camundaClientCredentialsProvider(CamundaClientProperties camunda) {
    var starter = new CredentialsProviderConfiguration();
    return camunda.getAuth().getMethod() == AuthMethod.oidc
        ? new IdentityProvider(
            () -> starter.camundaClientCredentialsProvider(camunda),
            camunda.getAuth().getTokenUrl())
        : starter.camundaClientCredentialsProvider(camunda);
  }

  @Bean
  ClientWarnings clientWarnings() {
    return new ClientWarnings();
  }

  /** The starter's second, deprecated client would take up to 15 s more to be closed. */
  @Bean
  static BeanDefinitionRegistryPostProcessor noSecondClient() {
    return beans ->
        Stream.of("zeebeLifecycleEventProducer", "zeebeClient", "zeebeClientConfiguration")
            .filter(beans::containsBeanDefinition)
            .forEach(beans::removeBeanDefinition);
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
  CamundaClientExecutorService camundaClientExecutorService(CamundaClientProperties camunda) {
    return new CamundaClientExecutorService(new JobThreads(places(camunda)), true);
  }

  /** The starter's, and tells the client of more places than there are: see {@link JobThreads}. */
  @Bean
  JobWorkerValueCustomizer propertyBasedJobWorkerValueCustomizer(CamundaClientProperties camunda) {
    var settings = new PropertyBasedJobWorkerValueCustomizer(camunda);
    return worker -> {
      settings.customize(worker);
      if (Boolean.TRUE.equals(worker.getStreamEnabled())) {
        worker.setMaxJobsActive(places(camunda) + JobThreads.BROUGHT);
      }
    };
  }

  private static int places(CamundaClientProperties camunda) {
    return setting(camunda, CamundaClientJobWorkerProperties::getMaxJobsActive);
  }

  /**
   * What the engine says is worked on by virtual threads, too: the gRPC client's own pool wakes a
   * platform thread for each message, which was a fifth of all CPU time. Not by the thread that
   * reads from the network, which must never wait: for a free place, or for an access token.
   */
  @Bean
  ClientInterceptor repliesOnVirtualThreads(CredentialsProvider credentials) {
    boolean anonymous = credentials instanceof NoopCredentialsProvider;
    Executor threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("reply-", 0).factory());
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        CallOptions replies = options.withExecutor(threads);
        // The client would warn that credentials go over an open connection.
        return next.newCall(method, anonymous ? replies.withCallCredentials(null) : replies);
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
    return overridden == null ? getter.apply(camunda.getWorker().getDefaults()) : overridden;
  }

  private static Duration orElse(Duration setting, Duration other) {
    return setting == null || setting.isNegative() ? other : setting;
  }
}
