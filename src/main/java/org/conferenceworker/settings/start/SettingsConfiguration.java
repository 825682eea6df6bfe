package org.conferenceworker.settings.start;

import org.conferenceworker.settings.VobizProperties;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Checks the settings, then binds them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VobizProperties.class)
public class SettingsConfiguration {

  /** Before anything is made of the settings: what was written is not to be seen afterwards. */
  @Bean
  static BeanFactoryPostProcessor settingsAreChecked(ConfigurableEnvironment environment) {
    return beans -> {
      StartUpChecks.requireOwnSettings(environment);
      StartUpChecks.refuseBareNumbers(environment);
      UnknownSettings.refuse(environment, VobizProperties.PREFIX, VobizProperties.class);
    };
  }
}
