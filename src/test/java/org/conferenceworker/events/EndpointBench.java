package org.conferenceworker.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.vobiz.account.VobizAccounts;

/**
 * The endpoint for events alone, before an engine that writes down what it gets. Accounts: {@code
 * default} and {@code sales}, a sub-account.
 */
final class EndpointBench implements AutoCloseable {

  static final String TOKEN = "s3cr3t-t0ken";
  static final String SALES_TOKEN = "s3cr3t-t0ken-of-sales";

  private static final ObjectMapper JSON = new ObjectMapper();

  final GatewayStandIn gateway;
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Caller vobiz;
  private final CamundaClient engine;
  private final EventServer server;

  /**
   * @param settings such as {@code vobiz.events.allow-get=true}
   */
  EndpointBench(String... settings) {
    this(GatewayStandIn.start(), settings);
  }

  EndpointBench(GatewayStandIn gateway, String... settings) {
    this.gateway = gateway;
    engine = gateway.newClient();
    VobizProperties properties =
        Settings.withTwoAccounts(
            Stream.concat(
                    Stream.of(
                        "vobiz.auth-token=" + TOKEN,
                        "vobiz.accounts.sales.auth-token=" + SALES_TOKEN,
                        "vobiz.events.port=0",
                        "vobiz.events.address=127.0.0.1",
                        "vobiz.events.public-url=" + Caller.PUBLIC_URL),
                    Stream.of(settings))
                .toArray(String[]::new));
    server =
        new EventsConfiguration()
            .eventServer(
                properties, new VobizAccounts(properties), engine, metrics, Clock.systemUTC());
    server.start();
    vobiz = new Caller(server.port(), TOKEN);
  }

  int port() {
    return server.port();
  }

  List<PublishMessageRequest> published() {
    return gateway.published();
  }

  /** The variable of a message. */
  static JsonNode variable(PublishMessageRequest message) {
    try {
      return JSON.readTree(message.getVariables()).get("conferenceEvent");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many callbacks were counted so. */
  double counted(String account, String event, String result) {
    return metrics
        .get("vobiz.conference.events")
        .tags("account", account, "event", event, "result", result)
        .counter()
        .count();
  }

  @Override
  public void close() {
    server.stop();
    engine.close();
    gateway.close();
  }
}
