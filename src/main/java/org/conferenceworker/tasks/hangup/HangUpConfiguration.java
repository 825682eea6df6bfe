package org.conferenceworker.tasks.hangup;

import org.conferenceworker.attempt.TaskHealth;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.settings.start.ConditionalOnTask;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the jobs of the "Hang up conference" task. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnTask("hang-up-conference")
public class HangUpConfiguration {

  @Bean
  TaskType hangUpType() {
    return HangUpNames.TYPE;
  }

  @Bean
  HangUpTask hangUpTask(TaskRunner runner, UsualDecisions usual) {
    return new HangUpTask(runner, new HangUpPolicy(usual));
  }

  @Bean
  HealthIndicator hangUpWorkerHealthIndicator(TaskHealth health) {
    return health.of(HangUpNames.TYPE);
  }
}
