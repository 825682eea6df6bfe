package org.conferenceworker.http;

import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;

/** Connections to the API, which are closed when the client is, and not before. */
final class ConnectionPool extends PoolingHttpClientConnectionManager {

  ConnectionPool(
      HttpClientConnectionOperator operator,
      HttpConnectionFactory<ManagedHttpClientConnection> connections) {
    super(operator, PoolConcurrencyPolicy.STRICT, PoolReusePolicy.LIFO, null, connections);
  }

  /**
   * Does nothing at once. That is what the HTTP client asks for when an {@link Error} has ended one
   * exchange: all others under way would be broken off, and no call could ever be made again. The
   * connection of that exchange is closed by whoever began it. The client itself, when it is
   * closed, asks for an orderly end.
   */
  @Override
  public void close(CloseMode mode) {
    if (mode != CloseMode.IMMEDIATE) {
      super.close(mode);
    }
  }
}
