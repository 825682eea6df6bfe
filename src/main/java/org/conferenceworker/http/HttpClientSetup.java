package org.conferenceworker.http;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.Credentials;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.CredentialsProviderBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.conferenceworker.settings.HttpSettings;
import org.conferenceworker.settings.InvalidSettingException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Sets up HTTP clients: pooled connections, bounded times, and none of the library's automatic
 * behaviour.
 */
final class HttpClientSetup {

  /** Bytes. A connection has three buffers; the default of 32 KiB is meant for bodies. */
  private static final int CONNECTION_BUFFER = 4096;

  private static final TimeValue IDLE_CONNECTION_TIME = TimeValue.ofSeconds(30);

  /**
   * Check a connection before every reuse: if the server has closed it, the fate of the request
   * would be unknown.
   */
  private static final TimeValue VALIDATE_AFTER = TimeValue.ZERO_MILLISECONDS;

  private HttpClientSetup() {}

  /** Uses the new bundle when its files are replaced ({@code reload-on-update}). */
  static TlsSocketStrategy tlsStrategy(String bundleName, SslBundles bundles, String host) {
    if (bundleName == null || bundleName.isBlank()) {
      return new NamedTlsStrategy(SSLContexts.createDefault(), null, null, host);
    }
    var current = new AtomicReference<TlsSocketStrategy>();
    try {
      current.set(tlsStrategy(bundles.getBundle(bundleName), host));
      bundles.addBundleUpdateHandler(bundleName, bundle -> current.set(tlsStrategy(bundle, host)));
    } catch (NoSuchSslBundleException e) {
      throw new InvalidSettingException(
          "The setting vobiz.http.ssl-bundle names \""
              + bundleName
              + "\", which is not an SSL bundle.",
          "Set up spring.ssl.bundle.pem."
              + bundleName
              + ".* or spring.ssl.bundle.jks."
              + bundleName
              + ".*, or correct the name.");
    }
    return (socket, target, port, attachment, context) ->
        current.get().upgrade(socket, target, port, attachment, context);
  }

  private static TlsSocketStrategy tlsStrategy(SslBundle bundle, String host) {
    return new NamedTlsStrategy(
        bundle.createSslContext(),
        bundle.getOptions().getEnabledProtocols(),
        bundle.getOptions().getCiphers(),
        host);
  }

  /**
   * @param tls how a connection is upgraded to TLS
   * @param dns resolves the API's host name
   * @param gate the last check before a request is sent
   * @param pool receives the connection pool
   */
  static CloseableHttpClient httpClient(
      HttpSettings limits,
      TlsSocketStrategy tls,
      DnsResolver dns,
      HttpRequestExecutor gate,
      Consumer<ConnPoolControl<HttpRoute>> pool) {
    HttpHost proxy =
        limits.proxy().url() == null ? null : HttpHost.create(URI.create(limits.proxy().url()));
    Credentials proxyUser =
        limits.proxy().username() == null
            ? null
            : new UsernamePasswordCredentials(
                limits.proxy().username(), limits.proxy().password().toCharArray());
    var connectTimeout = Timeout.of(limits.connectTimeout());
    var responseTimeout = Timeout.of(limits.responseTimeout());
    var http1 =
        Http1Config.custom()
            .setMaxLineLength(8192)
            .setMaxHeaderCount(100)
            .setBufferSize(CONNECTION_BUFFER)
            .build();
    var connections =
        new ConnectionPool(
            new DefaultHttpClientConnectionOperator(
                socksProxy -> new QuickLookSocket(),
                DefaultSchemePortResolver.INSTANCE,
                dns,
                RegistryBuilder.<TlsSocketStrategy>create()
                    .register(URIScheme.HTTPS.id, tls)
                    .build()),
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(http1)
                // The client's default parser skips garbage before a status line, and logs it.
                .responseParserFactory(new DefaultHttpResponseParserFactory(http1))
                .build());
    connections.setMaxTotal(limits.maxConnections());
    connections.setDefaultMaxPerRoute(limits.maxConnections());
    connections.setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(responseTimeout).build());
    connections.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(connectTimeout)
            .setSocketTimeout(responseTimeout)
            .setTimeToLive(TimeValue.of(limits.connectionTimeToLive()))
            .setValidateAfterInactivity(VALIDATE_AFTER)
            .build());
    connections.setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connectTimeout).build());
    pool.accept(connections);
    var client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setRequestExecutor(gate)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(connectTimeout)
                    .setResponseTimeout(responseTimeout)
                    // The API does not use HTTP authentication; a proxy may.
                    .setAuthenticationEnabled(proxyUser != null)
                    .setTargetPreferredAuthSchemes(List.of())
                    // It would add "Upgrade: TLS/1.2" to requests to a plain-text base URL.
                    .setProtocolUpgradeEnabled(false)
                    .build())
            // A redirect would carry the token to another host, and that host's 204 would look like
            // success.
            .disableRedirectHandling()
            // A repeated DELETE may end the next conference of the same name; the engine retries.
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableConnectionState()
            .setUserAgent("vobiz-conference-worker")
            .evictExpiredConnections()
            .evictIdleConnections(IDLE_CONNECTION_TIME);
    if (proxy != null) {
      client.setProxy(proxy);
    }
    if (proxyUser != null) {
      client.setDefaultCredentialsProvider(
          CredentialsProviderBuilder.create().add(new AuthScope(proxy), proxyUser).build());
    }
    return client.build();
  }
}
