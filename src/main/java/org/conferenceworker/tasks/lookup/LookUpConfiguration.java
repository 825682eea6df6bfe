package org.conferenceworker.tasks.lookup;

import org.conferenceworker.attempt.TaskHealth;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.settings.start.ConditionalOnTask;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the jobs of the "Look up conference" task. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnTask("look-up-conference")
public class LookUpConfiguration {

  @Bean
  TaskType lookUpType() {
    return LookUpNames.TYPE;
  }

  @Bean
  LookUpTask lookUpTask(TaskRunner runner, UsualDecisions usual) {
    return new LookUpTask(runner, new LookUpPolicy(usual));
  }

  @Bean
  HealthIndicator lookUpWorkerHealthIndicator(TaskHealth health) {
    return health.of(LookUpNames.TYPE);
  }
}
