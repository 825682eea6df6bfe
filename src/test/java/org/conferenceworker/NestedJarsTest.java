package org.conferenceworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.concurrent.locks.Lock;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The class loader of the packaged worker; here its jars are not in a jar. */
class NestedJarsTest {

  private static ClassLoader quick(Class<?>... oneOfEachJar) throws Exception {
    URL[] urls = new URL[oneOfEachJar.length];
    for (int i = 0; i < urls.length; i++) {
      URL jar = oneOfEachJar[i].getProtectionDomain().getCodeSource().getLocation();
      urls[i] = URI.create("jar:" + jar + "!/").toURL();
    }
    return NestedJars.inPlaceOf(new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
  }

  @Test
  void loadsClasses_withTheirPackage_once() throws Exception {
    ClassLoader loader = quick(Logger.class, HttpHost.class);

    Class<?> loaded = loader.loadClass(HttpHost.class.getName());

    assertThat(loaded).isNotSameAs(HttpHost.class).isSameAs(loader.loadClass(loaded.getName()));
    assertThat(loaded.getClassLoader()).isSameAs(loader);
    assertThat(loaded.getPackage().getImplementationVersion())
        .isEqualTo(HttpHost.class.getPackage().getImplementationVersion())
        .isNotNull();
    assertThat(loaded.getProtectionDomain().getCodeSource().getLocation().toString())
        .startsWith("jar:file:")
        .contains("httpcore5");
    assertThat(loader.loadClass(Lock.class.getName())).isSameAs(Lock.class);
  }

  @Test
  void doesNotFind_whatIsInNoJar() throws Exception {
    ClassLoader loader = quick(Logger.class, HttpHost.class);

    assertThatThrownBy(() -> loader.loadClass("org.slf4j.Missing"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThat(loader.getResource("org/slf4j/Missing.class")).isNull();
  }

  @Test
  void findsResources_inTheOrderOfTheJars() throws Exception {
    ClassLoader loader = quick(Logger.class, HttpHost.class);

    var manifests = Collections.list(loader.getResources("META-INF/MANIFEST.MF"));

    assertThat(manifests).last().asString().contains("httpcore5");
    assertThat(manifests.get(manifests.size() - 2)).asString().contains("slf4j-api");
    assertThat(loader.getResource("org/slf4j/Logger.class").openStream())
        .hasSameContentAs(
            Logger.class.getClassLoader().getResourceAsStream("org/slf4j/Logger.class"));
  }

  /** As in the image, where the jars are files. */
  @Test
  void leavesTheJvmsOwnLoader_asItIs() throws Exception {
    ClassLoader own = NestedJarsTest.class.getClassLoader();

    assertThat(NestedJars.inPlaceOf(own)).isSameAs(own);
  }
}
