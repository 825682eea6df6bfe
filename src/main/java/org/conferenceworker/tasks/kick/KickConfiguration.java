package org.conferenceworker.tasks.kick;

import org.conferenceworker.attempt.TaskHealth;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.settings.start.ConditionalOnTask;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the jobs of the "Kick member" task. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnTask("kick-member")
public class KickConfiguration {

  @Bean
  TaskType kickType() {
    return KickNames.TYPE;
  }

  @Bean
  KickTask kickTask(TaskRunner runner, UsualDecisions usual) {
    return new KickTask(runner, new KickPolicy(usual));
  }

  @Bean
  HealthIndicator kickWorkerHealthIndicator(TaskHealth health) {
    return health.of(KickNames.TYPE);
  }
}
