package org.conferenceworker.vobiz.check;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.vobiz.VobizClient;
import org.conferenceworker.vobiz.WrongServers;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets the check of credentials and base URL up. */
@Configuration(proxyBeanMethods = false)
public class CheckConfiguration {

  private static final Duration CHECK_AT_MOST_EVERY = Duration.ofMinutes(1);

  @Bean
  VobizApiHealth vobizApiHealthIndicator(
      VobizClient client,
      VobizAccounts accounts,
      WrongServers wrongServers,
      VobizProperties properties,
      MeterRegistry metrics) {
    return new VobizApiHealth(
        new AccountCheck(client, properties.baseUri(), wrongServers),
        accounts,
        properties,
        CHECK_AT_MOST_EVERY,
        properties.check().every(),
        metrics);
  }
}
