package org.conferenceworker.vobiz;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Members of one conference by their ids, exactly as given and in the order given, that are safe as
 * one segment of a URL path; or all of its members.
 */
public record MemberIds(List<String> values) {

  /** What is allowed, for the person who has to correct the ids. */
  public static final String ALLOWED =
      "allowed is one member id or a list of at most 100, each of ASCII letters, digits, \"-\" and"
          + " \"_\" only";

  /** Stands for all members; the API knows it in lower case. */
  private static final String ALL = "all";

  private static final int MOST = 100;
  private static final int LONGEST = 1_000;

  /** Below it, every whole number is exactly a double. */
  private static final double EXACT = 1L << 53;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

  /** All members of a conference. */
  public static final MemberIds EVERYBODY = new MemberIds(List.of(ALL));

  /**
   * @throws IllegalArgumentException if an id is not allowed; its message says what is wrong
   */
  public MemberIds {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
    if (values.size() > MOST) {
      throw new IllegalArgumentException("has more than " + MOST + " ids");
    }
    values.forEach(MemberIds::requireUsable);
    boolean somewhereAll = values.stream().anyMatch(ALL::equalsIgnoreCase);
    if (somewhereAll && !values.equals(List.of(ALL))) {
      throw new IllegalArgumentException(
          "has \"all\" among ids or with capital letters, which could mean everybody");
    }
    values = List.copyOf(values);
  }

  /**
   * Reads what a process knows members by: a text or a whole number, which is one id, or a list of
   * them.
   *
   * @throws IllegalArgumentException if it is anything else; its message says what is wrong
   */
  public static MemberIds of(Object value) {
    List<?> ids = value instanceof List<?> list ? list : Collections.singletonList(value);
    return new MemberIds(ids.stream().map(MemberIds::id).toList());
  }

  private static String id(Object value) {
    return switch (value) {
      case String text -> text;
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case BigInteger number -> number.toString();
      // JSON does not tell 17 and 17.0 apart.
      case Double number when number == Math.rint(number) && Math.abs(number) < EXACT ->
          Long.toString(number.longValue());
      case null, default ->
          throw new IllegalArgumentException("is not a string, a whole number or a list of them");
    };
  }

  private static void requireUsable(String id) {
    if (id == null || id.isBlank()) {
      throw new IllegalArgumentException("has a blank id");
    }
    if (id.length() > LONGEST) {
      throw new IllegalArgumentException("has an id that is too long");
    }
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("has a character that no member id has");
    }
  }

  /** Whether they are everybody in the conference. */
  public boolean isAll() {
    return values.equals(List.of(ALL));
  }

  /** As a process knows them: a list of ids, or "all". */
  public Object toVariable() {
    return isAll() ? ALL : values;
  }

  /** The ids as one path segment. */
  String encoded() {
    return String.join(",", values);
  }
}
