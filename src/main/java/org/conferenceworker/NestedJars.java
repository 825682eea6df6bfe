package org.conferenceworker;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * Loads classes out of the jars in the jar, each by a look into the tables of contents. Spring
 * Boot's loader opens a URL connection for each class and each of the hundred jars that do not have
 * it, which is a sixth of the time of a start.
 */
final class NestedJars extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  /** Names that are the same in a URL. */
  private static final Pattern PLAIN = Pattern.compile("[\\w./$-]+");

  private final List<Library> libraries = new ArrayList<>();

  /** Where the last class of a package was: most packages are in one jar. */
  private final Map<String, Library> byPackage = new ConcurrentHashMap<>();

  private record Library(URL url, JarFile jar, CodeSource source) {}

  private NestedJars(URL[] urls, ClassLoader parent) throws IOException {
    super(urls, parent);
    for (URL url : urls) {
      libraries.add(
          new Library(
              url,
              ((JarURLConnection) url.openConnection()).getJarFile(),
              new CodeSource(url, (CodeSigner[]) null)));
    }
  }

  /** With the same classes as this one, if they are in jars in a jar; else this one itself. */
  static ClassLoader inPlaceOf(ClassLoader loader) throws IOException {
    return loader instanceof URLClassLoader launched
        ? new NestedJars(launched.getURLs(), launched.getParent())
        : loader;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    String inPackage = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    Library likely = byPackage.get(inPackage);
    try {
      if (likely != null) {
        JarEntry entry = likely.jar.getJarEntry(path);
        if (entry != null) {
          return define(name, inPackage, likely, entry);
        }
      }
      for (Library library : libraries) {
        JarEntry entry = library.jar.getJarEntry(path);
        if (entry != null) {
          byPackage.put(inPackage, library);
          return define(name, inPackage, library, entry);
        }
      }
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    throw new ClassNotFoundException(name);
  }

  private Class<?> define(String name, String inPackage, Library library, JarEntry entry)
      throws IOException {
    byte[] bytes;
    try (InputStream in = library.jar.getInputStream(entry)) {
      bytes = in.readAllBytes();
    }
    Manifest manifest = library.jar.getManifest();
    if (manifest != null && getDefinedPackage(inPackage) == null) {
      try {
        definePackage(inPackage, manifest, library.url);
      } catch (IllegalArgumentException e) {
        // Another thread was faster.
      }
    }
    return defineClass(name, bytes, 0, bytes.length, library.source);
  }

  @Override
  public URL findResource(String name) {
    if (!PLAIN.matcher(name).matches()) {
      return super.findResource(name);
    }
    for (Library library : libraries) {
      if (library.jar.getEntry(name) != null) {
        return in(library, name);
      }
    }
    return null;
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    if (!PLAIN.matcher(name).matches()) {
      return super.findResources(name);
    }
    return Collections.enumeration(
        libraries.stream()
            .filter(library -> library.jar.getEntry(name) != null)
            .map(library -> in(library, name))
            .toList());
  }

  @SuppressWarnings("deprecation") // Only this way the new URL inherits the loader's handler.
  private static URL in(Library library, String name) {
    try {
      return new URL(library.url, name);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
