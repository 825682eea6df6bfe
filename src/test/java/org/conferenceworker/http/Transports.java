package org.conferenceworker.http;

import java.net.URI;
import java.time.Clock;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.conferenceworker.standin.Settings;

/** Transports set up as the worker's own. */
public final class Transports {

  private Transports() {}

  /**
   * @param settings such as {@code vobiz.http.total-timeout=1s}
   */
  public static Transport transport(URI origin, DnsResolver dns, Clock clock, String... settings) {
    return transport(origin, dns, gate(), clock, settings);
  }

  public static Transport transport(
      URI origin, DnsResolver dns, HttpRequestExecutor gate, Clock clock, String... settings) {
    return new Transport(
        http(dns, gate, settings), origin, Settings.vobiz(settings).http().totalTimeout(), clock);
  }

  /** The last look at a request before it is sent. */
  public static HttpRequestExecutor gate() {
    return new Gate();
  }

  static CloseableHttpClient http() {
    return http(SystemDefaultDnsResolver.INSTANCE, gate());
  }

  private static CloseableHttpClient http(
      DnsResolver dns, HttpRequestExecutor gate, String... settings) {
    return HttpClientSetup.httpClient(
        Settings.vobiz(settings).http(),
        DefaultClientTlsStrategy.createDefault(),
        dns,
        gate,
        pool -> {});
  }
}
