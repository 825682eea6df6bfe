package org.conferenceworker;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import javax.management.JMException;
import javax.management.ObjectName;

/** The packaged worker's way into {@link VobizConferenceWorker}: soon ready, and then small. */
public final class Start {

  /** The first jobs do not wait for the collector. */
  private static final long AFTER_THE_START_MILLIS = 1000;

  /** Whether it has started only for the JVM to see what a start loads. */
  private static final String TRAINING = "conference-worker.training";

  /** In so many collections the serial collector makes its heap smaller; others need one. */
  private static final int STEPS = 4;

  private Start() {}

  public static void main(String[] args) throws Exception {
    ClassLoader loader = NestedJars.inPlaceOf(Start.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    Method main =
        loader
            .loadClass("org.conferenceworker.VobizConferenceWorker")
            .getMethod("main", String[].class);
    main.invoke(null, (Object) args);
    Thread.sleep(AFTER_THE_START_MILLIS);
    if (Boolean.getBoolean(TRAINING)) {
      System.exit(0);
    }
    giveBackMemory();
  }

  /**
   * A start needs several times the memory of a worker at work: for garbage, and for the compilers.
   * Neither the JVM nor the C library would give it back before there is much to do.
   */
  private static void giveBackMemory() {
    for (int i = 0; i < STEPS; i++) {
      System.gc();
    }
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
