package org.conferenceworker.vobiz;

import java.time.Clock;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.conferenceworker.settings.UnknownSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Sets up the API client: one pooled HTTP client for the process, without any of its own ideas. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VobizProperties.class)
public class VobizConfiguration {

  /** Bounds how long a name resolved to an address is relied on: DNS changes are seen by then. */
  private static final TimeValue CONNECTION_TIME_TO_LIVE = TimeValue.ofMinutes(5);

  private static final TimeValue IDLE_CONNECTION_TIME = TimeValue.ofSeconds(30);

  /**
   * A connection is always looked at before it is used again: one that the server has closed
   * meanwhile costs a request whose fate is unknown.
   */
  private static final TimeValue VALIDATE_AFTER = TimeValue.ZERO_MILLISECONDS;

  @Bean
  VobizAccounts vobizAccounts(VobizProperties properties, ConfigurableEnvironment environment) {
    UnknownSettings.refuse(environment, VobizProperties.PREFIX, VobizProperties.class);
    return new VobizAccounts(properties);
  }

  @Bean
  VobizClient vobizClient(VobizProperties properties, Clock clock) {
    return new VobizClient(
        httpClient(properties.http()),
        properties.baseUri(),
        properties.http().totalTimeout(),
        clock);
  }

  static CloseableHttpClient httpClient(VobizProperties.Http limits) {
    var connectTimeout = Timeout.of(limits.connectTimeout());
    var responseTimeout = Timeout.of(limits.responseTimeout());
    var http1 = Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build();
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(limits.maxConnections())
            .setMaxConnPerRoute(limits.maxConnections())
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(http1)
                    // The client's default parser looks for a status line behind any garbage, and
                    // logs that garbage.
                    .responseParserFactory(new DefaultHttpResponseParserFactory(http1))
                    .build())
            .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(responseTimeout).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connectTimeout)
                    .setSocketTimeout(responseTimeout)
                    .setTimeToLive(CONNECTION_TIME_TO_LIVE)
                    .setValidateAfterInactivity(VALIDATE_AFTER)
                    .build())
            .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connectTimeout).build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setRequestExecutor(new GuardedRequestExecutor())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(connectTimeout)
                .setResponseTimeout(responseTimeout)
                .setAuthenticationEnabled(false)

                // Would add "Upgrade: TLS/1.2" to requests to a plain-text base URL.
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
        .evictIdleConnections(IDLE_CONNECTION_TIME)
        .build();
  }
}
