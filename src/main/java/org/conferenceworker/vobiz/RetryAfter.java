package org.conferenceworker.vobiz;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;

/**
 * The {@code Retry-After} field of <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110</a>: seconds, or a date in
 * any of its three formats. Fractions, which the RFC does not allow, are rounded up.
 */
final class RetryAfter {

  /** A longer wait is most likely a mistake, and would make a job look lost. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("\\d+(\\.\\d*)?|\\.\\d+");

  /** The third format has no zone; it is UTC like the others (RFC 9110, 5.6.7). */
  private static final DateTimeFormatter[] DATES = {
    DateUtils.FORMATTER_RFC1123,
    DateUtils.FORMATTER_RFC1036,
    DateUtils.FORMATTER_ASCTIME.withZone(ZoneOffset.UTC)
  };

  private RetryAfter() {}

  /**
   * @return the wait, between zero and {@link #LONGEST}; {@code null} if the value is not valid
   */
  static Duration parse(String value, Instant now) {
    if (value == null) {
      return null;
    }
    // The third format pads the day with a space, which the parser does not accept.
    String text = value.strip().replaceAll(" +", " ");
    if (SECONDS.matcher(text).matches()) {
      BigDecimal seconds = new BigDecimal(text).min(BigDecimal.valueOf(LONGEST.toSeconds()));
      return Duration.ofSeconds(seconds.setScale(0, RoundingMode.CEILING).longValueExact());
    }
    Instant date = DateUtils.parseDate(text, DATES);
    return date == null
        ? null
        : bounded(
            Duration.between(now, date).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS));
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
