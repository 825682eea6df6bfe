package org.conferenceworker.events;

import com.google.common.base.Ticker;
import io.camunda.client.CamundaClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.conferenceworker.settings.EventSettings;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Turns Vobiz's callbacks into BPMN messages, if there is a port for them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("vobiz.events.port")
public class EventsConfiguration {

  @Bean
  EventServer eventServer(
      VobizProperties properties,
      VobizAccounts accounts,
      CamundaClient engine,
      MeterRegistry metrics,
      Clock clock) {
    EventSettings settings = properties.events();
    var address = new CallbackAddress(settings.callbackBase(), accounts.names());
    var replays = new Replays(Ticker.systemTicker());
    var gate = new CallbackGate(settings, address, new Signatures(address, accounts), replays);
    var endpoint =
        new EventEndpoint(
            settings,
            gate,
            replays,
            new EventPublisher(engine, settings.messageTtl()),
            new EventJournal(metrics, accounts.names(), accounts::mask),
            clock);
    return new EventServer(settings, address, endpoint);
  }

  @Bean
  HealthIndicator conferenceEventsHealthIndicator(EventServer server) {
    return () ->
        server.isRunning()
            ? Health.up().build()
            : Health.down().withDetail("events", "It does not listen for callbacks.").build();
  }
}
