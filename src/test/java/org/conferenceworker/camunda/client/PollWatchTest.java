package org.conferenceworker.camunda.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

/** When the job worker is opened anew; time passes look by look. */
class PollWatchTest {

  private static final int EVERY = 5;
  private static final int PATIENCE = 35;
  private static final int LEASE = 60;

  private long polls;
  private int underWay;
  private int openings;
  private boolean pollsWhenOpenedAnew = true;

  private final PollWatch watch =
      new PollWatch(
          () -> polls,
          () -> underWay,
          new PollWatch.Patience(
              Duration.ofSeconds(EVERY), Duration.ofSeconds(PATIENCE), Duration.ofSeconds(LEASE)),
          this::openAnew,
          new SimpleMeterRegistry());

  private void openAnew() {
    openings++;
    if (pollsWhenOpenedAnew) {
      polls++;
    }
  }

  private void lookFor(int seconds) {
    for (int i = 0; i < seconds / EVERY; i++) {
      watch.look();
    }
  }

  @Test
  void leavesItAlone_whileItPolls() {
    for (int i = 0; i < 100; i++) {
      polls++;
      lookFor(PATIENCE);
    }

    assertThat(openings).isZero();
  }

  @Test
  void opensItAnew_whenItDoesNotPollAndHasNothingToDo() {
    polls++;
    watch.look();

    lookFor(PATIENCE);
    assertThat(openings).isZero();
    lookFor(EVERY);

    assertThat(openings).isEqualTo(1);
    lookFor(PATIENCE);
    assertThat(openings).isEqualTo(1);
    assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void leavesItAlone_whileJobsAreUnderWay_forAsLongAsTheirLease() {
    polls++;
    underWay = 3;
    watch.look();

    lookFor(PATIENCE + LEASE);
    assertThat(openings).isZero();
    // No job that came with the last poll can hold the next one up any longer.
    lookFor(EVERY);

    assertThat(openings).isEqualTo(1);
  }

  @Test
  void beginsToCountAnew_whenTheLastJobIsDone() {
    polls++;
    underWay = 1;
    watch.look();
    lookFor(40);
    underWay = 0;

    lookFor(PATIENCE);
    assertThat(openings).isZero();
    lookFor(EVERY);

    assertThat(openings).isEqualTo(1);
  }

  @Test
  void isUnwell_whenOpeningItAnewDidNotHelp_andWellAgainWhenItPolls() {
    pollsWhenOpenedAnew = false;
    lookFor(PATIENCE + EVERY);
    assertThat(watch.health().getStatus()).isEqualTo(Status.UP);

    lookFor(PATIENCE + EVERY);

    assertThat(openings).isEqualTo(2);
    assertThat(watch.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(watch.health().getDetails().get("polling").toString())
        .contains("does not poll for jobs", "restart the process");
    polls++;
    watch.look();
    assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
  }
}
