package org.conferenceworker.camunda.client;

import io.camunda.client.CamundaClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Closes the connection to the engine, but does not wait for it for ever.
 *
 * <p>In client 8.8.14 a job stream that is to be reopened after its worker was closed, as it is
 * while the engine is away, returns with a lock held ({@code JobStreamerImpl.open}); closing the
 * client then never ends, and neither would the process.
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
      LOG.warn("The connection to the engine did not close within {}; stopping without.", PATIENCE);
    }
  }
}
