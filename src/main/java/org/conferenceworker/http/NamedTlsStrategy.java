package org.conferenceworker.http;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.net.InetAddressUtils;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;

/**
 * TLS that always sends the server name (SNI). The JDK omits it if the name has no dot or ends with
 * one; a server with several certificates then presents a wrong one.
 */
public final class NamedTlsStrategy extends DefaultClientTlsStrategy {

  private final List<SNIServerName> serverNames;

  /**
   * @param protocols {@code null} for the JDK's strong ones
   * @param ciphers {@code null} for the JDK's strong ones
   * @param host the only host to connect to; IP addresses are not sent
   */
  public NamedTlsStrategy(SSLContext context, String[] protocols, String[] ciphers, String host) {
    super(
        context,
        protocols,
        ciphers,
        SSLBufferMode.STATIC,
        HostnameVerificationPolicy.BUILTIN,
        null);
    boolean isAddress = host.startsWith("[") || InetAddressUtils.isIPv4(host);
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    serverNames = isAddress ? List.of() : List.of(new SNIHostName(name));
  }

  @Override
  protected void initializeSocket(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(serverNames);
    socket.setSSLParameters(parameters);
  }
}
