package org.conferenceworker.vobiz;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.net.URI;
import java.time.Clock;
import java.util.TreeSet;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.trace.Spans;

/** API clients for tests outside this package. */
public final class ApiClients {

  private ApiClients() {}

  /** The HTTP client that the worker uses for hang-ups. */
  static CloseableHttpClient http(DnsResolver dns, String... settings) {
    return http(dns, new GuardedRequestExecutor(), settings);
  }

  private static CloseableHttpClient http(
      DnsResolver dns, HttpRequestExecutor gate, String... settings) {
    return VobizConfiguration.httpClient(
        Settings.vobiz(settings).http(),
        DefaultClientTlsStrategy.createDefault(),
        dns,
        gate,
        pool -> {});
  }

  /**
   * @param settings such as {@code vobiz.http.total-timeout=1s}
   */
  public static VobizClient client(URI baseUrl, DnsResolver dns, Clock clock, String... settings) {
    return client(baseUrl, dns, new GuardedRequestExecutor(), clock, settings);
  }

  static VobizClient client(
      URI baseUrl, DnsResolver dns, HttpRequestExecutor gate, Clock clock, String... settings) {
    return new VobizClient(
        http(dns, gate, settings),
        baseUrl,
        Settings.vobiz(settings).http().totalTimeout(),
        false,
        account -> false,
        new ApiMeters(new SimpleMeterRegistry(), new Spans(Tracer.NOOP), new TreeSet<>()),
        clock);
  }
}
