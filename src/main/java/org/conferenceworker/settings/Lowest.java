package org.conferenceworker.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;

/** Finds the lowest of several limits. */
final class Lowest {

  private Lowest() {}

  /** The lowest limit of these accounts; {@code null} if none has one. */
  static <T extends Comparable<T>> T of(Collection<String> accounts, Function<String, T> limit) {
    return accounts.stream()
        .map(limit)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
