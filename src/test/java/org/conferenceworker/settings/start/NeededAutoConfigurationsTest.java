package org.conferenceworker.settings.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.mock.env.MockEnvironment;

/** What of Spring Boot's automatic set-up a start leaves out. */
class NeededAutoConfigurationsTest {

  /** A name that Spring Boot has changed would be missing from what is left out. */
  private static final List<String> NEVER =
      List.of(
          "AopAutoConfiguration",
          "CacheAutoConfiguration",
          "CacheMetricsAutoConfiguration",
          "ClientHttpConnectorAutoConfiguration",
          "ClientHttpConnectorAutoConfiguration",
          "GsonAutoConfiguration",
          "HttpClientAutoConfiguration",
          "HttpClientObservationsAutoConfiguration",
          "IntegrationMetricsAutoConfiguration",
          "ReactiveCloudFoundryActuatorAutoConfiguration",
          "ReactiveMultipartAutoConfiguration",
          "RestClientAutoConfiguration",
          "ScheduledTasksObservabilityAutoConfiguration",
          "SpringApplicationAdminJmxAutoConfiguration",
          "SqlInitializationAutoConfiguration",
          "TaskSchedulingAutoConfiguration",
          "WebClientAutoConfiguration");

  private static List<String> leftOut(MockEnvironment environment) {
    var filter = new NeededAutoConfigurations();
    filter.setEnvironment(environment);
    String[] all =
        ImportCandidates.load(AutoConfiguration.class, null).getCandidates().toArray(String[]::new);
    boolean[] needed = filter.match(all, null);
    return IntStream.range(0, all.length)
        .filter(i -> !needed[i])
        .mapToObj(i -> all[i].substring(all[i].lastIndexOf('.') + 1))
        .sorted()
        .toList();
  }

  @Test
  void leavesOut_whatNothingUses() {
    assertThat(leftOut(new MockEnvironment().withProperty("management.tracing.enabled", "true")))
        .isEqualTo(NEVER);
  }

  @Test
  void leavesOut_whatIsForTraces_whileThereAreNone() {
    assertThat(leftOut(new MockEnvironment()))
        .containsAll(NEVER)
        .contains(
            "MicrometerTracingAutoConfiguration",
            "OpenTelemetryAutoConfiguration",
            "OpenTelemetryLoggingAutoConfiguration",
            "OpenTelemetryTracingAutoConfiguration",
            "OtlpLoggingAutoConfiguration",
            "OtlpTracingAutoConfiguration")
        .doesNotContain("LoggersEndpointAutoConfiguration", "OtlpMetricsExportAutoConfiguration");
  }
}
