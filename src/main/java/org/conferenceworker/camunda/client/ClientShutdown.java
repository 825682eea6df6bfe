package org.conferenceworker.camunda.client;

import io.camunda.client.CamundaClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Closes the connection to the engine, but does not wait forever.
 *
 * <p>In client 8.8.14, a job stream that reopens after its worker was closed, as happens while the
 * engine is away, returns with a lock held ({@code JobStreamerImpl.open}); then closing the client
 * never returns, and the process would never end.
 */
public class ClientShutdown implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(ClientShutdown.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final CamundaClient client;

  public ClientShutdown(CamundaClient client) {
    this.client = client;
  }

  @Override
  public void destroy() throws InterruptedException {
    if (!Thread.ofVirtual().start(client::close).join(PATIENCE)) {
      LOG.warn("The connection to the engine did not close within {}; stopping anyway.", PATIENCE);
    }
  }
}
