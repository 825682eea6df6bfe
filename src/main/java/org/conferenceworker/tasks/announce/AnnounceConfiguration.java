package org.conferenceworker.tasks.announce;

import org.conferenceworker.attempt.TaskHealth;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.TaskType;
import org.conferenceworker.attempt.UsualDecisions;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.settings.start.ConditionalOnTask;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the jobs of the "Play announcement" task. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnTask("play-announcement")
public class AnnounceConfiguration {

  @Bean
  TaskType announceType() {
    return AnnounceNames.TYPE;
  }

  @Bean
  AnnounceTask announceTask(TaskRunner runner, UsualDecisions usual, VobizProperties properties) {
    return new AnnounceTask(runner, new AnnouncePolicy(usual, properties.announcement().margin()));
  }

  @Bean
  HealthIndicator announcementWorkerHealthIndicator(TaskHealth health) {
    return health.of(AnnounceNames.TYPE);
  }
}
