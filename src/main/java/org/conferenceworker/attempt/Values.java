package org.conferenceworker.attempt;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads single values from a job's variables and headers. */
class Values {

  private static final int LONGEST_LINE = 500;

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Z}\\p{C}]*");
  private static final Pattern NOT_ON_ONE_LINE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private final Map<String, Object> variables;
  private final Map<String, String> headers;

  Values(Map<String, Object> variables, Map<String, String> headers) {
    this.variables = variables;
    this.headers = headers;
  }

  static boolean isBlank(Object value) {
    return value instanceof String text && text.isBlank();
  }

  /** The value of an input with a default; {@code null} if it is missing. */
  final Object given(String input) throws InvalidInput {
    return given(input, "allowed is a value, or no input at all for the default");
  }

  /**
   * The value of an input; {@code null} if it is missing. An input that is present and null is an
   * error in its expression, so it does not get the default.
   */
  final Object given(String input, String allowed) throws InvalidInput {
    if (variables.containsKey(input) && variables.get(input) == null) {
      throw InvalidInput.ofInput(
          "the input \"%s\" is null, as when its expression names a variable that is not there, or"
                  .formatted(input)
              + " joins a string and a number (write \"Case \" + string(caseNumber)); "
              + allowed);
    }
    return variables.get(input);
  }

  /**
   * A header that is one of these constants.
   *
   * @param defaultValue what it is if there is no such header
   */
  public final <E extends Enum<E> & Choice> E choice(String header, E defaultValue)
      throws InvalidInput {
    String value = headers.get(header);
    if (value == null) {
      return defaultValue;
    }
    E[] choices = defaultValue.getDeclaringClass().getEnumConstants();
    return Stream.of(choices)
        .filter(choice -> choice.headerValue().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidInput.ofHeader(
                    header,
                    value,
                    "is not known",
                    "allowed is one of: "
                        + Stream.of(choices)
                            .map(Choice::headerValue)
                            .collect(Collectors.joining(", "))));
  }

  /** A header that is {@code true} or {@code false}, which is the default. */
  public final boolean flag(String header) throws InvalidInput {
    return choice(header, Flag.FALSE) == Flag.TRUE;
  }

  private enum Flag implements Choice {
    TRUE,
    FALSE
  }

  /** A text of one line that must be there; a person may have typed a secret by mistake. */
  public final String line(String input) throws InvalidInput {
    String allowed =
        "allowed is a text on one line of at most %d characters".formatted(LONGEST_LINE);
    Object value = given(input, allowed);
    String problem =
        switch (value) {
          case null -> "is missing";
          case String text when INVISIBLE.matcher(text).matches() -> "is blank";
          case String text when text.codePointCount(0, text.length()) > LONGEST_LINE ->
              "is too long";
          case String text when NOT_ON_ONE_LINE.matcher(text).find() ->
              "contains a control character";
          case String text -> null;
          default -> "is not a string";
        };
    if (problem != null) {
      throw InvalidInput.of(input, null, problem, allowed);
    }
    return (String) value;
  }

  /**
   * An ISO 8601 duration; {@code null} if it is missing or blank.
   *
   * @param longest the longest that is allowed
   */
  final Duration duration(String input, Duration longest, String allowed) throws InvalidInput {
    Object value = given(input);
    if (value == null || isBlank(value)) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw InvalidInput.of(input, value, "is not a duration", allowed);
    }
    Duration duration;
    try {
      duration = Duration.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw InvalidInput.of(input, value, "is not a duration of days to seconds", allowed);
    }
    if (duration.isNegative() || duration.isZero()) {
      throw InvalidInput.of(input, value, "is not longer than zero", allowed);
    }
    if (duration.compareTo(longest) > 0) {
      throw InvalidInput.of(input, value, "is too long", allowed);
    }
    return duration;
  }
}
