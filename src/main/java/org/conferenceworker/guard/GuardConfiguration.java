package org.conferenceworker.guard;

import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the guard rails together. */
@Configuration(proxyBeanMethods = false)
class GuardConfiguration {

  @Bean
  CallLimits callLimits(VobizProperties vobizProperties, VobizAccounts accounts) {
    return new CallLimits(vobizProperties.limit(), accounts);
  }

  @Bean
  RulesInForce rulesInForce(VobizProperties vobizProperties, VobizAccounts accounts) {
    return new RulesInForce(vobizProperties, accounts);
  }
}
