package org.conferenceworker.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.httpcomponents.hc5.PoolingHttpClientConnectionManagerMetricsBinder;
import java.net.URI;
import java.time.Clock;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.settings.HttpSettings;
import org.conferenceworker.settings.VobizProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One pooled HTTP client for the process. */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

  @Bean
  Transport transport(
      VobizProperties properties, SslBundles bundles, MeterRegistry metrics, Clock clock) {
    URI origin = properties.baseUri();
    HttpSettings settings = properties.http();
    return new Transport(
        HttpClientSetup.httpClient(
            settings,
            HttpClientSetup.tlsStrategy(settings.sslBundle(), bundles, origin.getHost()),
            SystemDefaultDnsResolver.INSTANCE,
            new Gate(),
            pool ->
                new PoolingHttpClientConnectionManagerMetricsBinder(pool, "vobiz").bindTo(metrics)),
        origin,
        settings.totalTimeout(),
        clock);
  }
}
