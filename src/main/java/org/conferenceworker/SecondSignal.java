package org.conferenceworker;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ends the process immediately at a second signal to stop; the JVM itself ignores further signals
 * while it stops.
 */
final class SecondSignal implements SignalHandler {

  private static final Logger LOG = LoggerFactory.getLogger(SecondSignal.class);

  /** Some supervisors send the same signal twice: to the process and to its group. */
  private static final Duration ONE_AND_THE_SAME = Duration.ofMillis(250);

  private static final Duration TIME_TO_LOG = Duration.ofMillis(500);

  private static long firstAt;
  private static boolean stopping;

  private SignalHandler first;

  private SecondSignal() {}

  /** Handles SIGTERM and SIGINT, in any order. */
  static void endsTheProcess() {
    for (String name : new String[] {"TERM", "INT"}) {
      var handler = new SecondSignal();
      try {
        handler.first = Signal.handle(new Signal(name), handler);
      } catch (IllegalArgumentException notOurs) {
        // With -Xrs, or on a platform without this signal, the default stays.
        LOG.debug("SIG{} is left to others: {}", name, notOurs.getMessage());
      }
    }
  }

  @Override
  public void handle(Signal signal) {
    if (isFirst()) {
      first.handle(signal);
    } else if (System.nanoTime() - firstAt > ONE_AND_THE_SAME.toNanos()) {
      endNow(signal);
    }
  }

  private static synchronized boolean isFirst() {
    if (stopping) {
      return false;
    }
    stopping = true;
    firstAt = System.nanoTime();
    return true;
  }

  private static void endNow(Signal signal) {
    try {
      // On its own thread: a blocked log may be the reason why the stop hangs.
      Thread.ofPlatform()
          .daemon()
          .start(() -> LOG.warn("Second signal, SIG{}: ending at once.", signal.getName()))
          .join(TIME_TO_LOG);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(128 + signal.getNumber());
    }
  }
}
