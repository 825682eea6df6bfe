package org.conferenceworker.hangup;

import io.camunda.client.health.HealthCheck;
import io.camunda.client.health.HealthCheck.CheckResult;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Says in the log and in a gauge whether the engine can be reached, and when that changes. */
class EngineWatch implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(EngineWatch.class);

  private final HealthCheck engine;
  private final URI address;
  private final Duration every;
  private volatile Thread watch;
  private volatile Boolean up;

  EngineWatch(HealthCheck engine, URI address, Duration every, MeterRegistry metrics) {
    this.engine = engine;
    this.address = address;
    this.every = every;
    Gauge.builder("vobiz.worker.engine.up", () -> Boolean.TRUE.equals(up) ? 1 : 0)
        .description("Whether the engine could be reached when the worker last looked")
        .register(metrics);
  }

  private void look() {
    try {
      if (engine.health() == CheckResult.UP) {
        nowUp();
      } else {
        nowDown("the gateway knows no broker");
      }
    } catch (RuntimeException e) {
      nowDown(ClientWarnings.causes(e));
    }
  }

  private void nowUp() {
    if (!Boolean.TRUE.equals(up)) {
      up = true;
      LOG.info("The engine at {} can be reached.", address);
    }
  }

  private void nowDown(String why) {
    if (!Boolean.FALSE.equals(up) && isRunning()) {
      up = false;
      LOG.warn(
          "The engine at {} cannot be reached: {}. The worker tries again until it can.",
          address,
          why);
    }
  }

  @Override
  public void start() {
    watch =
        Thread.ofVirtual()
            .name("engine-watch")
            .unstarted(
                () -> {
                  try {
                    while (isRunning()) {
                      look();
                      Thread.sleep(every);
                    }
                  } catch (InterruptedException stopped) {
                    // Nothing is left to be done.
                  }
                });
    watch.start();
  }

  @Override
  public void stop() {
    Thread thread = watch;
    watch = null;
    thread.interrupt();
  }

  @Override
  public boolean isRunning() {
    return watch != null;
  }
}
