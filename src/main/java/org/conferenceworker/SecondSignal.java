package org.conferenceworker;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ends the process at once when it is told to stop a second time; the JVM ignores further signals
 * while it stops.
 */
final class SecondSignal implements SignalHandler {

  private static final Logger LOG = LoggerFactory.getLogger(SecondSignal.class);

  /** Some supervisors send one and the same signal twice: to the process and to its group. */
  private static final Duration ONE_AND_THE_SAME = Duration.ofMillis(250);

  private static final Duration TIME_TO_LOG = Duration.ofMillis(500);

  private static long firstAt;
  private static boolean stopping;

  private SignalHandler first;

  private SecondSignal() {}

  /** Listens for SIGTERM and SIGINT, whichever comes first and second. */
  static void endsTheProcess() {
    for (String name : new String[] {"TERM", "INT"}) {
      var handler = new SecondSignal();
      try {
        handler.first = Signal.handle(new Signal(name), handler);
      } catch (IllegalArgumentException notOurs) {
        // As with -Xrs, or on a platform without this signal: then it stays as it is.
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
      // Not here: a log that nobody reads any more may be what the stop hangs on.
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
