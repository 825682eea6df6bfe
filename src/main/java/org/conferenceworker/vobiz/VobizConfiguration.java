package org.conferenceworker.vobiz;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.conferenceworker.http.Transport;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.trace.Spans;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Sets the API up. */
@Configuration(proxyBeanMethods = false)
public class VobizConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(VobizConfiguration.class);

  @Bean
  VobizAccounts vobizAccounts(VobizProperties properties) {
    return new VobizAccounts(properties);
  }

  @Bean
  WrongServers wrongServers() {
    return new WrongServers();
  }

  /** The transport is closed by itself. */
  @Bean(destroyMethod = "")
  VobizClient vobizClient(
      VobizProperties properties, Transport transport, WrongServers wrongServers, Clock clock) {
    return new VobizClient(transport, new Answers(properties.baseUri(), wrongServers, clock));
  }

  /** What the tasks send their requests to. */
  @Bean
  @Primary
  Api api(
      VobizProperties properties,
      VobizClient client,
      VobizAccounts accounts,
      MeterRegistry metrics,
      Spans spans,
      Clock clock) {
    var measured = new MeasuredApi(client, metrics, spans, accounts.names());
    if (!properties.dryRun()) {
      return measured;
    }
    LOG.warn(
        "Dry run (vobiz.dry-run): everything is done but the call; nothing happens to any conference.");
    return new DryRunApi(clock);
  }
}
