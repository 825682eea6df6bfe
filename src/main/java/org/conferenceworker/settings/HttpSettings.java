package org.conferenceworker.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param connectTimeout longest wait for a TCP connection and for its TLS handshake
 * @param responseTimeout longest wait for a response to begin, and longest silence while the rest
 *     of it is read
 * @param totalTimeout longest time of a whole call, from the DNS look-up to the last byte
 * @param maxConnections highest number of connections to the API; a call waits for a free one no
 *     longer than the connect timeout
 * @param connectionTimeToLive longest time that a connection is used; limits how long an old
 *     address is used after the API's DNS entry has changed (the JVM itself keeps an entry for 30
 *     s)
 * @param sslBundle name of the Spring Boot SSL bundle (spring.ssl.bundle.*) with the certificate
 *     authorities to trust and the client certificate to present; if it is not set, the JVM's own
 *     authorities and no client certificate
 * @param proxy the HTTP proxy on the way to the API
 */
public record HttpSettings(
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("10s") Duration responseTimeout,
    @DefaultValue("15s") Duration totalTimeout,
    @DefaultValue("512") int maxConnections,
    @DefaultValue("1m") Duration connectionTimeToLive,
    String sslBundle,
    @DefaultValue @NestedConfigurationProperty ProxySettings proxy) {

  private static final int MOST_CONNECTIONS = 100_000;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * @throws InvalidSettingException if one of them is out of bounds
   */
  public HttpSettings {
    requirePositive("vobiz.http.connect-timeout", connectTimeout);
    requirePositive("vobiz.http.response-timeout", responseTimeout);
    requirePositive("vobiz.http.total-timeout", totalTimeout);
    requirePositive("vobiz.http.connection-time-to-live", connectionTimeToLive);
    if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
      throw new InvalidSettingException(
          "The setting vobiz.http.max-connections is " + maxConnections + ".",
          "Set a number from 1 to "
              + MOST_CONNECTIONS
              + "; its default is camunda.client.worker.defaults.max-jobs-active.");
    }
  }

  private static void requirePositive(String setting, Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(
          "The setting "
              + setting
              + " is "
              + value
              + ", but a time limit is between a millisecond and an hour.",
          "Set a duration such as 2s or 500ms, or remove the setting for its default.");
    }
  }
}
