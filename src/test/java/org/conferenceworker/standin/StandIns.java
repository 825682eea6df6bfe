package org.conferenceworker.standin;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Opens an API and an engine on loopback for each test, starts workers between them, and closes all
 * of them afterwards, the workers first. To be registered as a field of the instance.
 */
public final class StandIns implements AfterEachCallback {

  /** Auth id of the account profile {@code default}. */
  public static final String DEFAULT = "MA_1";

  public final VobizStandIn vobiz = VobizStandIn.start();
  public final GatewayStandIn gateway = GatewayStandIn.start();
  private final String token;
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

  public StandIns() {
    this("token");
  }

  /**
   * @param token of the account {@link #DEFAULT}, which the API knows
   */
  public StandIns(String token) {
    this.token = token;
    vobiz.account(DEFAULT, token);
  }

  /** A worker with the account {@link #DEFAULT} that has begun to ask the engine for jobs. */
  public ConfigurableApplicationContext startWorker(String... settings) {
    var worker = startWorkerBetween(gateway.address(), vobiz.baseUrl(), settings);
    await().until(gateway::hasOpenStream);
    return worker;
  }

  /** The same, but told of no account. */
  public ConfigurableApplicationContext startWorkerWithoutAccount(String... settings) {
    var worker =
        closing(TestWorker.startWithoutAccount(gateway.address(), vobiz.baseUrl(), settings));
    await().until(gateway::hasOpenStream);
    return worker;
  }

  /** A worker with the account {@link #DEFAULT}, whether or not there is anything to reach. */
  public ConfigurableApplicationContext startWorkerBetween(
      URI engine, URI api, String... settings) {
    return closing(TestWorker.start(engine, api, token, settings));
  }

  /** Closes this, too, once the test is over, before what was opened earlier. */
  public <T extends AutoCloseable> T closing(T resource) {
    toClose.push(resource);
    return resource;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    while (!toClose.isEmpty()) {
      toClose.pop().close();
    }
    gateway.close();
    vobiz.close();
  }
}
