package org.conferenceworker;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import javax.management.JMException;
import javax.management.ObjectName;

/** The packaged worker's way into {@link VobizConferenceWorker}: soon ready, and then small. */
public final class Start {

  /**
   * By then the first jobs are done, and the compilers have given their memory back to the C
   * library, which they do every five seconds.
   */
  private static final long AFTER_THE_START_MILLIS = 7000;

  /** Whether it has started only for the JVM to see what a start loads. */
  private static final String TRAINING = "conference-worker.training";

  /** Enough for all that a start begins. */
  private static final long TRAINING_MILLIS = 1000;

  private Start() {}

  public static void main(String[] args) throws Exception {
    ClassLoader loader = NestedJars.inPlaceOf(Start.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    Method main =
        loader
            .loadClass("org.conferenceworker.VobizConferenceWorker")
            .getMethod("main", String[].class);
    main.invoke(null, (Object) args);
    boolean training = Boolean.getBoolean(TRAINING);
    Thread.sleep(training ? TRAINING_MILLIS : AFTER_THE_START_MILLIS);
    giveBackMemory();
    if (training) {
      System.exit(0);
    }
  }

  /**
   * A start needs several times the memory of a worker at work: for garbage, and for the compilers.
   * Neither the JVM nor the C library would give it back before there is much to do.
   */
  private static void giveBackMemory() {
    System.gc();
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              new Object[0],
              new String[0]);
    } catch (JMException e) {
      // Not on this platform.
    }
  }
}
