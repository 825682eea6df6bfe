package org.conferenceworker.tasks.hangupall;

import org.conferenceworker.attempt.TaskHealth;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.settings.start.ConditionalOnTask;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the jobs of the "Hang up all conferences" task. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnTask("hang-up-all-conferences")
public class HangUpAllConfiguration {

  @Bean
  TaskType hangUpAllType() {
    return HangUpAllNames.TYPE;
  }

  @Bean
  HangUpAllTask hangUpAllTask(TaskRunner runner, UsualDecisions usual) {
    return new HangUpAllTask(runner, new HangUpAllPolicy(usual));
  }

  @Bean
  HealthIndicator hangUpAllWorkerHealthIndicator(TaskHealth health) {
    return health.of(HangUpAllNames.TYPE);
  }
}
