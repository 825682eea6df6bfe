package org.conferenceworker.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InFlightJobsTest {

  private final AtomicInteger done = new AtomicInteger();

  @Test
  void stopsOnlyWhenTheJobsUnderWayAreDone_andBeginsNoOther() {
    var jobs = new InFlightJobs(Duration.ofMinutes(1), () -> {});
    var goOn = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    jobs.start();
    Thread underWay =
        Thread.ofVirtual()
            .start(
                () ->
                    jobs.run(
                        () -> {
                          begun.countDown();
                          pass(goOn);
                          done.incrementAndGet();
                        }));
    pass(begun);

    Thread stop = Thread.ofVirtual().start(jobs::stop);
    await().until(() -> !jobs.isRunning());
    jobs.run(done::incrementAndGet);
    assertThat(done).hasValue(0);
    assertThat(stop.isAlive()).isTrue();

    goOn.countDown();
    await().until(() -> !stop.isAlive() && !underWay.isAlive());
    assertThat(done).hasValue(1);
    jobs.run(done::incrementAndGet);
    assertThat(done).hasValue(1);
  }

  @Test
  void doesNotWaitForeverForAJob() {
    var jobs = new InFlightJobs(Duration.ofMillis(50), () -> {});
    var begun = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    jobs.start();
    Thread.ofVirtual()
        .start(
            () ->
                jobs.run(
                    () -> {
                      begun.countDown();
                      pass(never);
                      done.incrementAndGet();
                    }));
    pass(begun);

    jobs.stop();

    assertThat(jobs.isRunning()).isFalse();
    assertThat(done).hasValue(0);
    never.countDown();
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
