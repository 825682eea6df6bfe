package org.conferenceworker.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes a library's failure on one line, without secrets. */
public final class Causes {

  private static final Pattern EXCEPTION_NAME = Pattern.compile("^[\\w.]+Exception: ");

  /** A failure whose message is complete; the exceptions that wrap it would mislead. */
  public interface SaysItAll {}

  private Causes() {}

  /** The messages of a failure and its causes on one line, without repetition. */
  public static String of(Throwable failure) {
    var said = new LinkedHashSet<String>();
    for (Throwable t : chain(failure).toList()) {
      if (t instanceof SaysItAll) {
        return t.getMessage();
      }
      // Jackson's messages quote what could not be read, which may be a secret.
      String message =
          t.getMessage() == null || t instanceof JsonProcessingException
              ? t.getClass().getSimpleName()
              : t.getMessage();
      said.add(EXCEPTION_NAME.matcher(message).replaceFirst("").replaceAll("\\s+", " ").strip());
    }
    return said.stream()
        .filter(one -> said.stream().noneMatch(other -> !other.equals(one) && other.contains(one)))
        .collect(Collectors.joining("; "));
  }

  /** Whether a failure of this kind is among the causes. */
  public static boolean isIn(Throwable failure, Class<? extends Throwable> kind) {
    return chain(failure).anyMatch(kind::isInstance);
  }

  /** A failure and its causes, which may form a cycle. */
  private static Stream<Throwable> chain(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return Stream.iterate(failure, t -> t != null && seen.add(t), Throwable::getCause);
  }
}
