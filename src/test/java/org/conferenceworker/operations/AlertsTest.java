package org.conferenceworker.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.TestWorker;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The alert rules and the dashboard, as they are shipped. */
class AlertsTest {

  private static final Path OPERATIONS = Path.of("docs", "operations").toAbsolutePath();

  private static final Pattern METRIC =
      Pattern.compile("\\b(vobiz|httpcomponents|jvm|process|camunda|system)_[a-z_]+\\b");

  private record Finished(int exitCode, String output) {}

  private static Finished run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(OPERATIONS.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Finished(process.exitValue(), output);
  }

  @Test
  void everyAlert_fires() throws Exception {
    Finished where =
        run(
            Path.of("src/test/operations/promtool.sh").toAbsolutePath().toString(),
            Path.of("target/promtool").toAbsolutePath().toString());
    Assumptions.assumeTrue(where.exitCode() == 0, where.output());
    String promtool = where.output().lines().reduce((a, b) -> b).orElseThrow();

    Finished check = run(promtool, "check", "rules", "alerts.yml");
    assertThat(check.exitCode()).as(check.output()).isZero();
    Finished test = run(promtool, "test", "rules", "alerts.test.yml");
    assertThat(test.exitCode()).as(test.output()).isZero();
  }

  @Test
  void everyAlert_hasATest() throws IOException {
    assertThat(matches("(?m)^ +alertname: (\\w+)", "alerts.test.yml"))
        .isEqualTo(matches("(?m)^ +- alert: (\\w+)", "alerts.yml"))
        .isNotEmpty();
  }

  private static Set<String> matches(String regex, String file) throws IOException {
    return Pattern.compile(regex)
        .matcher(Files.readString(OPERATIONS.resolve(file)))
        .results()
        .map(m -> m.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyMetric_thatAlertsAndDashboardAskFor_isInAScrape() throws IOException {
    var asked = new TreeSet<String>();
    for (String line : Files.readAllLines(OPERATIONS.resolve("alerts.yml"))) {
      if (line.strip().startsWith("expr:")) {
        collect(line, asked);
      }
    }
    new ObjectMapper()
        .readTree(OPERATIONS.resolve("dashboard.json").toFile())
        .findValuesAsText("expr")
        .forEach(expression -> collect(expression, asked));

    try (var vobiz = VobizStandIn.start();
        var gateway = GatewayStandIn.start();
        var worker =
            TestWorker.start(
                gateway.address(),
                vobiz.baseUrl(),
                "token",
                "--vobiz.events.port=0",
                "--vobiz.events.address=127.0.0.1",
                "--vobiz.events.public-url=https://hooks.example.com/vobiz")) {
      await().atMost(Duration.ofSeconds(30)).until(gateway::hasOpenStream);
      List<String> scraped =
          Actuator.scrape(worker).keySet().stream()
              .map(series -> series.replaceAll("\\{.*", ""))
              .distinct()
              .toList();
      assertThat(asked).hasSizeGreaterThan(10).isSubsetOf(scraped);
    }
  }

  private static void collect(String expression, Set<String> metrics) {
    METRIC.matcher(expression).results().forEach(m -> metrics.add(m.group()));
  }
}
