package org.conferenceworker.vobiz;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;

/**
 * The {@code Retry-After} field of <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110</a>: seconds, or a date.
 */
final class RetryAfter {

  /** A longer wait is nobody's intention, and would make a job look lost. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("\\d+");

  private RetryAfter() {}

  /**
   * @return the wait, between zero and {@link #LONGEST}; {@code null} if the value says nothing
   */
  static Duration parse(String value, Instant now) {
    if (value == null) {
      return null;
    }
    String text = value.strip();
    if (SECONDS.matcher(text).matches()) {
      BigInteger seconds = new BigInteger(text).min(BigInteger.valueOf(LONGEST.toSeconds()));
      return Duration.ofSeconds(seconds.longValueExact());
    }
    Instant date = DateUtils.parseStandardDate(text);
    return date == null ? null : bounded(Duration.between(now, date));
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
