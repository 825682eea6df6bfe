package org.conferenceworker.log;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Filters what libraries write into the log. */
@Configuration(proxyBeanMethods = false)
public class LogConfiguration {

  @Bean
  ClientWarnings clientWarnings() {
    return new ClientWarnings();
  }
}
