package org.conferenceworker.vobiz;

import java.net.URI;
import java.time.Clock;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.conferenceworker.http.Transports;

/** API clients for tests outside this package. */
public final class ApiClients {

  private ApiClients() {}

  /**
   * @param settings such as {@code vobiz.http.total-timeout=1s}
   */
  public static VobizClient client(URI baseUrl, DnsResolver dns, Clock clock, String... settings) {
    return client(baseUrl, dns, Transports.gate(), clock, settings);
  }

  static VobizClient client(
      URI baseUrl, DnsResolver dns, HttpRequestExecutor gate, Clock clock, String... settings) {
    return new VobizClient(
        Transports.transport(baseUrl, dns, gate, clock, settings),
        new Answers(baseUrl, new WrongServers(), clock));
  }

  /** Whether a hang-up with this account is told that the server is not the API. */
  public static boolean isFoundFor(WrongServers wrongServers, String account) {
    return wrongServers.isFoundFor(account);
  }

  /** A whole body, as it is read. */
  public static ErrorBody body(byte[] body) {
    return new ErrorBody(body, true);
  }
}
