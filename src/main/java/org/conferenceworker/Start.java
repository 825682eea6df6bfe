package org.conferenceworker;

import java.lang.reflect.Method;

/** Starts the worker with a class loader that is quick. */
public final class Start {

  private Start() {}

  public static void main(String[] args) throws Exception {
    ClassLoader loader = NestedJars.inPlaceOf(Start.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    Method main =
        loader
            .loadClass("org.conferenceworker.VobizConferenceWorker")
            .getMethod("main", String[].class);
    main.invoke(null, (Object) args);
  }
}
