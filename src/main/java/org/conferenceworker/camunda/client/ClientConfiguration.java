package org.conferenceworker.camunda.client;

import io.camunda.client.CamundaClient;
import io.camunda.client.CredentialsProvider;
import io.camunda.client.annotation.customizer.JobWorkerValueCustomizer;
import io.camunda.client.health.HealthCheck;
import io.camunda.client.impl.NoopCredentialsProvider;
import io.camunda.client.jobhandling.CamundaClientExecutorService;
import io.camunda.client.jobhandling.JobWorkerManager;
import io.camunda.client.spring.configuration.CredentialsProviderConfiguration;
import io.camunda.client.spring.properties.CamundaClientAuthProperties.AuthMethod;
import io.camunda.client.spring.properties.CamundaClientProperties;
import io.camunda.client.spring.properties.PropertyBasedJobWorkerValueCustomizer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Sets up the Camunda client; each workaround names the version that needs it. */
@Configuration(proxyBeanMethods = false)
public class ClientConfiguration {

  static final Duration LOOK_AT_ENGINE_EVERY = Duration.ofSeconds(5);

  @Bean
  WorkerSettings workerSettings(CamundaClientProperties camunda, List<JobType> types) {
    return new WorkerSettings(camunda, types);
  }

  @Bean
  JobWorkers jobWorkers(JobWorkerManager starter, CamundaClient client, List<JobType> types) {
    return new JobWorkers(starter, client, types);
  }

  @Bean
  Polls polls() {
    return new Polls();
  }

  /** Replaces the starter's indicator, which asks the engine at each probe and gives no reason. */
  @Bean
  @DependsOn("camundaLifecycleEventProducer") // so that it stops before the starter's workers
  EngineWatch camundaClientHealthIndicator(
      CamundaClient client, JobWorkers workers, PollWatch polling, MeterRegistry metrics) {
    return new EngineWatch(
        new HealthCheck(client),
        client.getConfiguration().getGrpcAddress(),
        LOOK_AT_ENGINE_EVERY,
        () -> {
          if (workers.openTypes().findAny().isPresent()) {
            polling.look();
          }
        },
        metrics);
  }

  /** Like the starter's, but names the identity provider if there is no access token. */
  @Bean
  CredentialsProvider camundaClientCredentialsProvider(CamundaClientProperties camunda) {
    var starter = new CredentialsProviderConfiguration();
    return camunda.getAuth().getMethod() == AuthMethod.oidc
        ? new IdentityProvider(
            () -> starter.camundaClientCredentialsProvider(camunda),
            camunda.getAuth().getTokenUrl())
        : starter.camundaClientCredentialsProvider(camunda);
  }

  /** The starter's second, deprecated client would take up to 15 s longer to close. */
  @Bean
  static BeanDefinitionRegistryPostProcessor noSecondClient() {
    return beans ->
        Stream.of("zeebeLifecycleEventProducer", "zeebeClient", "zeebeClientConfiguration")
            .filter(beans::containsBeanDefinition)
            .forEach(beans::removeBeanDefinition);
  }

  /** Leaves closing the client to {@link ClientShutdown}. */
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
  CamundaClientExecutorService camundaClientExecutorService(WorkerSettings settings) {
    return new CamundaClientExecutorService(new JobThreads(settings.places()), true);
  }

  /**
   * Like the starter's, but tells the client of more places than there are: see {@link JobThreads}.
   */
  @Bean
  JobWorkerValueCustomizer propertyBasedJobWorkerValueCustomizer(CamundaClientProperties camunda) {
    var starter = new PropertyBasedJobWorkerValueCustomizer(camunda);
    return worker -> {
      starter.customize(worker);
      if (Boolean.TRUE.equals(worker.getStreamEnabled())) {
        worker.setMaxJobsActive(worker.getMaxJobsActive() + JobThreads.BROUGHT);
      }
    };
  }

  /**
   * Handles messages from the engine on virtual threads: the gRPC client's own pool wakes a
   * platform thread for each message, which took a fifth of all CPU time. The network thread cannot
   * do it, because it must never wait for a free place or an access token.
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
        // The client would warn about credentials on an unencrypted connection.
        return next.newCall(method, anonymous ? replies.withCallCredentials(null) : replies);
      }
    };
  }
}
