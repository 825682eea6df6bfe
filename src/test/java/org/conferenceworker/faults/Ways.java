package org.conferenceworker.faults;

import static org.conferenceworker.faults.Luck.Api.DRIP;
import static org.conferenceworker.faults.Luck.Api.HANG;
import static org.conferenceworker.faults.Luck.Api.NO_SUCH_HOST;
import static org.conferenceworker.faults.Luck.Api.OTHER_HOST;
import static org.conferenceworker.faults.Luck.Api.REFUSED;
import static org.conferenceworker.faults.Luck.Api.UNKNOWN_AUTHORITY;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import javax.net.ServerSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.faults.Luck.Api;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.vobiz.ApiClients;
import org.conferenceworker.vobiz.VobizClient;

/** The ways from the worker to the API, most of which do not get there. */
final class Ways implements AutoCloseable {

  final LastLook lastLook;
  private final VobizStandIn untrusted;
  private final VobizClient patient;
  private final VobizClient hasty;
  private final Map<Api, VobizClient> ways;

  Ways(URI api, Clock clock) throws IOException {
    lastLook = new LastLook(clock);
    untrusted = VobizStandIn.start(certificateOfUnknownAuthority(), "https");
    DnsResolver real = SystemDefaultDnsResolver.INSTANCE;
    patient = ApiClients.client(api, real, clock);
    hasty =
        ApiClients.client(
            api,
            real,
            lastLook,
            "vobiz.http.response-timeout=30ms",
            "vobiz.http.total-timeout=60ms");
    ways =
        Map.of(
            HANG,
            hasty,
            DRIP,
            hasty,
            REFUSED,
            ApiClients.client(URI.create("http://127.0.0.1:" + closedPort()), real, clock),
            NO_SUCH_HOST,
            ApiClients.client(URI.create("http://api.example"), new NoHost(), clock),
            UNKNOWN_AUTHORITY,
            ApiClients.client(untrusted.baseUrl(), real, clock),
            OTHER_HOST,
            ApiClients.client(
                URI.create("https://localhost:" + untrusted.baseUrl().getPort()), real, clock));
  }

  VobizClient to(Api api) {
    return ways.getOrDefault(api, patient);
  }

  /** Whether the worker may give up before the stand-in has read what was sent. */
  boolean isHasty(Api api) {
    return to(api) == hasty;
  }

  @Override
  public void close() throws IOException {
    patient.close();
    for (VobizClient way : ways.values()) {
      way.close();
    }
    untrusted.close();
  }

  private static ServerSocketFactory certificateOfUnknownAuthority() {
    var authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    var certificate =
        new HeldCertificate.Builder()
            .signedBy(authority)
            .addSubjectAlternativeName("127.0.0.1")
            .build();
    return new HandshakeCertificates.Builder()
        .heldCertificate(certificate)
        .build()
        .sslContext()
        .getServerSocketFactory();
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The API client looks at the clock just before it sends; without that look nothing is sent. */
  static final class LastLook extends Clock {
    private final Clock clock;
    private volatile Instant taken;

    private LastLook(Clock clock) {
      this.clock = clock;
    }

    void reset() {
      taken = null;
    }

    Instant taken() {
      return taken;
    }

    @Override
    public Instant instant() {
      Instant now = clock.instant();
      taken = taken == null ? now : taken;
      return now;
    }

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class NoHost implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      throw new UnknownHostException(host);
    }
  }
}
