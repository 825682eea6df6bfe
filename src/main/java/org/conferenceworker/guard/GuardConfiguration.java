package org.conferenceworker.guard;

import java.time.Clock;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.vobiz.Api;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up the guard rails. */
@Configuration(proxyBeanMethods = false)
public class GuardConfiguration {

  @Bean
  CallLimits callLimits(VobizProperties vobizProperties, VobizAccounts accounts) {
    return new CallLimits(vobizProperties.limit(), accounts);
  }

  @Bean
  RulesInForce rulesInForce(VobizProperties vobizProperties, VobizAccounts accounts) {
    return new RulesInForce(vobizProperties, accounts);
  }

  @Bean
  GuardedNames guardedNames(VobizProperties properties, VobizAccounts accounts) {
    return new GuardedNames(properties.guard(), accounts);
  }

  @Bean
  HangUpAllKeys hangUpAllKeys(VobizProperties properties, GuardedNames names) {
    return new HangUpAllKeys(properties.hangUpAll(), names);
  }

  @Bean
  GuardedCalls guardedCalls(
      Api api, VobizProperties properties, VobizAccounts accounts, CallLimits limits, Clock clock) {
    return new GuardedCalls(
        api,
        limits,
        new RateLimiter(properties.guard(), accounts),
        properties.http().totalTimeout(),
        clock);
  }
}
