package org.conferenceworker.settings.start;

import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out what Spring Boot would set up because a library is there, although nothing in the
 * worker uses it: it costs time and memory at each start. Unlike an exclusion, it can depend on a
 * setting.
 */
class NeededAutoConfigurations implements AutoConfigurationImportFilter, EnvironmentAware {

  private static final String BOOT = "org.springframework.boot.autoconfigure.";
  private static final String ACTUATE = "org.springframework.boot.actuate.autoconfigure.";

  private static final Set<String> NEVER =
      Set.of(
          BOOT + "admin.SpringApplicationAdminJmxAutoConfiguration",
          BOOT + "aop.AopAutoConfiguration",
          BOOT + "cache.CacheAutoConfiguration",
          BOOT + "gson.GsonAutoConfiguration",
          BOOT + "http.client.HttpClientAutoConfiguration",
          BOOT + "http.client.reactive.ClientHttpConnectorAutoConfiguration",
          BOOT + "sql.init.SqlInitializationAutoConfiguration",
          BOOT + "task.TaskSchedulingAutoConfiguration",
          BOOT + "web.client.RestClientAutoConfiguration",
          BOOT + "web.reactive.ReactiveMultipartAutoConfiguration",
          BOOT + "web.reactive.function.client.ClientHttpConnectorAutoConfiguration",
          BOOT + "web.reactive.function.client.WebClientAutoConfiguration",
          ACTUATE + "cloudfoundry.reactive.ReactiveCloudFoundryActuatorAutoConfiguration",
          ACTUATE + "metrics.cache.CacheMetricsAutoConfiguration",
          ACTUATE + "metrics.integration.IntegrationMetricsAutoConfiguration",
          ACTUATE + "observation.web.client.HttpClientObservationsAutoConfiguration",
          ACTUATE + "scheduling.ScheduledTasksObservabilityAutoConfiguration");

  /** The beginnings of their names. */
  private static final List<String> FOR_TRACES =
      List.of(
          ACTUATE + "logging.OpenTelemetry",
          ACTUATE + "logging.otlp.",
          ACTUATE + "opentelemetry.",
          ACTUATE + "tracing.");

  private boolean traces;

  @Override
  public void setEnvironment(Environment environment) {
    traces = environment.getProperty("management.tracing.enabled", Boolean.class, false);
  }

  @Override
  public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
    var needed = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      needed[i] = classes[i] == null || isNeeded(classes[i]);
    }
    return needed;
  }

  private boolean isNeeded(String name) {
    return !NEVER.contains(name) && (traces || FOR_TRACES.stream().noneMatch(name::startsWith));
  }
}
