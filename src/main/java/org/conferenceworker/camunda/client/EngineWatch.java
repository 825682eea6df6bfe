package org.conferenceworker.camunda.client;

import io.camunda.client.health.HealthCheck;
import io.camunda.client.health.HealthCheck.CheckResult;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.conferenceworker.log.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Checks every few seconds whether the engine can be reached, and reports it in the log (when it
 * changes), in a gauge and in the worker's health.
 */
public class EngineWatch implements SmartLifecycle, HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(EngineWatch.class);

  private enum State {
    NOT_ASKED,
    UP,
    DOWN,
    /** Without an access token the engine cannot be asked. */
    NO_TOKEN
  }

  private record Finding(State state, String sentence) {}

  private final HealthCheck engine;
  private final URI address;
  private final Duration every;
  private final Runnable andThen;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Thread watch;
  private volatile Finding last =
      new Finding(State.NOT_ASKED, "The engine has not been asked yet.");

  /**
   * @param andThen runs after each check that reached the engine; never after the watch has stopped
   */
  public EngineWatch(
      HealthCheck engine, URI address, Duration every, Runnable andThen, MeterRegistry metrics) {
    this.engine = engine;
    this.address = address;
    this.every = every;
    this.andThen = andThen;
    Gauge.builder("vobiz.worker.engine.up", () -> last.state() == State.UP ? 1 : 0)
        .description("Whether the engine could be reached when the worker last looked")
        .register(metrics);
  }

  private void look() {
    Finding found = find();
    looking.lock();
    try {
      if (isRunning()) {
        if (found.state() != last.state()) {
          say(found);
        }
        last = found;
        if (found.state() == State.UP) {
          andThen.run();
        }
      }
    } finally {
      looking.unlock();
    }
  }

  private Finding find() {
    try {
      return engine.health() == CheckResult.UP
          ? new Finding(State.UP, "The engine at %s can be reached.".formatted(address))
          : new Finding(State.DOWN, "the gateway knows no broker");
    } catch (RuntimeException e) {
      return new Finding(
          Causes.isIn(e, NoAccessTokenException.class) ? State.NO_TOKEN : State.DOWN, Causes.of(e));
    }
  }

  private void say(Finding found) {
    switch (found.state()) {
      case UP -> LOG.info(found.sentence());
      case NO_TOKEN ->
          LOG.warn(
              "{}. Without one the engine at {} cannot be asked; the worker tries again until it"
                  + " can.",
              found.sentence(),
              address);
      default ->
          LOG.warn(
              "The engine at {} cannot be reached: {}. The worker tries again until it can.",
              address,
              found.sentence());
    }
  }

  @Override
  public Health health() {
    Finding found = last;
    String sentence =
        found.state() == State.DOWN
            ? "The engine at %s cannot be reached: %s.".formatted(address, found.sentence())
            : found.sentence();
    return (found.state() == State.UP ? Health.up() : Health.down())
        .withDetail("engine", sentence)
        .build();
  }

  @Override
  public void start() {
    watch = Thread.ofVirtual().name("engine-watch").unstarted(this::watch);
    watch.start();
  }

  private void watch() {
    while (isRunning()) {
      try {
        look();
      } catch (Throwable e) {
        // Nothing else would notice that the engine is away.
        LOG.error("The check of the engine failed; the worker checks again.", e);
      }
      try {
        Thread.sleep(every);
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  /** Returns when a check that is in progress can no longer change anything. */
  @Override
  public void stop() {
    Thread thread = watch;
    watch = null;
    thread.interrupt();
    looking.lock();
    looking.unlock();
  }

  @Override
  public boolean isRunning() {
    return watch != null;
  }
}
