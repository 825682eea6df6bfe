package org.conferenceworker.vobiz;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.net.URI;
import java.time.Clock;
import java.util.TreeSet;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.trace.Spans;

/** API clients for tests outside this package. */
public final class ApiClients {

  private ApiClients() {}

  static ApiMeters meters() {
    return new ApiMeters(new SimpleMeterRegistry(), new Spans(Tracer.NOOP), new TreeSet<>());
  }

  /**
   * @param settings such as {@code vobiz.http.total-timeout=1s}
   */
  public static VobizClient client(URI baseUrl, DnsResolver dns, Clock clock, String... settings) {
    VobizProperties.Http http = Settings.vobiz(settings).http();
    return new VobizClient(
        VobizConfiguration.httpClient(http, DefaultClientTlsStrategy.createDefault(), dns),
        baseUrl,
        http.totalTimeout(),
        false,
        ApiClients.meters(),
        clock);
  }
}
