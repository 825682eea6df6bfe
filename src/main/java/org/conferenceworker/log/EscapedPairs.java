package org.conferenceworker.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/**
 * Writes the key-value pairs of an event as {@code key="value"}, with quotes and backslashes in the
 * value escaped by a backslash, so that no value can look like another pair. Logback's own {@code
 * %kvp} does not escape.
 */
public final class EscapedPairs extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return event.getKeyValuePairs() == null
        ? ""
        : event.getKeyValuePairs().stream()
            .map(EscapedPairs::pair)
            .collect(Collectors.joining(" "));
  }

  private static String pair(KeyValuePair pair) {
    String value = String.valueOf(pair.value).replace("\\", "\\\\").replace("\"", "\\\"");
    return pair.key + "=\"" + value + "\"";
  }
}
