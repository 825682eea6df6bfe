package org.conferenceworker.settings.start;

import org.conferenceworker.settings.TaskSettings;
import org.conferenceworker.settings.VobizProperties;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Checks the settings, then binds them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VobizProperties.class)
public class SettingsConfiguration {

  /** Runs before binding, because the original spelling and value are not visible afterwards. */
  @Bean
  static BeanFactoryPostProcessor settingsAreChecked(ConfigurableEnvironment environment) {
    return beans -> {
      StartUpChecks.refuseNativeReflection();
      StartUpChecks.requireOwnSettings(environment);
      StartUpChecks.refuseBareNumbers(environment);
      UnknownSettings.refuse(environment, VobizProperties.PREFIX, VobizProperties.class);
      // Without any task there would not be the beans that all others need.
      Binder.get(environment).bind(TaskSettings.PREFIX, TaskSettings.class);
    };
  }
}
