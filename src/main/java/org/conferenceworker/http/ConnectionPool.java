package org.conferenceworker.http;

import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;

/** A connection pool that closes only when the client is closed. */
final class ConnectionPool extends PoolingHttpClientConnectionManager {

  ConnectionPool(
      HttpClientConnectionOperator operator,
      HttpConnectionFactory<ManagedHttpClientConnection> connections) {
    super(operator, PoolConcurrencyPolicy.STRICT, PoolReusePolicy.LIFO, null, connections);
  }

  /**
   * Ignores an immediate close. The HTTP client asks for one when an {@link Error} ends an
   * exchange: it would break off all other exchanges and make any further call impossible. {@link
   * Transport} closes the connection of that exchange. Closing the client asks for a graceful
   * close.
   */
  @Override
  public void close(CloseMode mode) {
    if (mode != CloseMode.IMMEDIATE) {
      super.close(mode);
    }
  }
}
