package org.conferenceworker;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The worker process: takes the jobs of the "Hang up conference" task and ends the conferences. */
@SpringBootApplication
public class VobizConferenceWorker {

  public static void main(String[] args) {
    SecondSignal.endsTheProcess();
    SpringApplication.run(VobizConferenceWorker.class, args);
  }

  /**
   * The wall clock, which must agree with the engine's: leases and validities are compared on it.
   */
  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }
}
