package org.conferenceworker.log;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up what the log leaves out. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  @Bean
  ClientWarnings clientWarnings() {
    return new ClientWarnings();
  }
}
