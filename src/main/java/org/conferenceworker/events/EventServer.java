package org.conferenceworker.events;

import io.netty.channel.Channel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conferenceworker.events.Receipt.Failed;
import org.conferenceworker.events.Receipt.Refused;
import org.conferenceworker.log.Causes;
import org.conferenceworker.settings.EventSettings;
import org.conferenceworker.settings.InvalidSettingException;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * The port on which callbacks arrive. It has network threads of its own, so that a flood does not
 * keep probes and scrapes from their answers.
 */
class EventServer implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(EventServer.class);

  /** More are closed at once. */
  static final int MOST_CONNECTIONS = 1024;

  /** Callbacks at a time that take memory. */
  static final int MOST_AT_A_TIME = 256;

  /** Bytes. Vobiz's own headers have less than two thousand. */
  private static final int LONGEST_HEAD = 16 * 1024;

  /** What a request is for (RFC 9112, 3.2), with or without scheme and authority. */
  private static final Pattern TARGET =
      Pattern.compile("(?i:https?://[^/?]*)?(?<path>/[^?]*)(\\?(?<query>.*))?", Pattern.DOTALL);

  private static final Duration TIME_TO_STOP = EventEndpoint.TIME_FOR_ENGINE.plusMillis(500);

  private final EventSettings settings;
  private final CallbackAddress address;
  private final EventEndpoint endpoint;
  private final AtomicInteger connections = new AtomicInteger();
  private final Semaphore places = new Semaphore(MOST_AT_A_TIME);

  private ExecutorService threads;
  private LoopResources network;
  private volatile DisposableServer server;

  EventServer(EventSettings settings, CallbackAddress address, EventEndpoint endpoint) {
    this.settings = settings;
    this.address = address;
    this.endpoint = endpoint;
  }

  @Override
  public void start() {
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("callback-", 0).factory());
    network = LoopResources.create("callbacks", 1, true);
    HttpServer listening =
        HttpServer.create()
            .port(settings.port())
            .runOn(network)
            .channelGroup(new DefaultChannelGroup(GlobalEventExecutor.INSTANCE))
            .protocol(HttpProtocol.HTTP11)
            .httpRequestDecoder(
                limits ->
                    limits
                        // By GET, the fields are in the first line.
                        .maxInitialLineLength(LONGEST_HEAD)
                        .maxHeaderSize(LONGEST_HEAD))
            .doOnChannelInit((observer, channel, remote) -> admit(channel))
            .handle(this::answer);
    try {
      server =
          (settings.address() == null ? listening : listening.host(settings.address())).bindNow();
    } catch (ChannelBindException e) {
      throw new InvalidSettingException(
          "The endpoint for conference events cannot listen on port %d%s: %s."
              .formatted(
                  settings.port(),
                  settings.address() == null ? "" : " of " + settings.address(),
                  Causes.of(e.getCause())),
          "Set vobiz.events.port to a free port, other than that of health and metrics, and"
              + " vobiz.events.address to an address of this machine.");
    }
    LOG.info(
        "Conference events: listening on port {}; the callback URLs are {}; published: {}.",
        server.port(),
        address.urls(),
        String.join(", ", settings.publish()));
    if (settings.allowUnsigned()) {
      LOG.warn(
          "Conference events: callbacks without a signature are accepted (vobiz.events.allow-unsigned);"
              + " anybody who knows a callback URL can tell processes that a conference is empty.");
    }
  }

  int port() {
    return server.port();
  }

  private void admit(Channel channel) {
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    if (connections.incrementAndGet() > MOST_CONNECTIONS) {
      channel.close();
    } else {
      ConnectionGuard.of(channel, endpoint::refuse);
    }
  }

  private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
    return Mono.fromFuture(
            () -> CompletableFuture.supplyAsync(() -> receive(request), threads),
            // Whoever breaks the connection off does not take back what they have said.
            true)
        .flatMap(answer -> answer.over(response));
  }

  private Answer receive(HttpServerRequest request) {
    Matcher target = TARGET.matcher(request.uri());
    boolean hasPath = target.matches();
    try (var body = new RequestBody(request, places)) {
      Receipt receipt =
          endpoint.receive(
              new Callback(
                  request.method().name(),
                  hasPath ? target.group("path") : "",
                  hasPath ? Objects.requireNonNullElse(target.group("query"), "") : "",
                  header -> request.requestHeaders().getAll(header),
                  body));
      body.skip();
      return new Answer(receipt, body.isComplete(), settings.allowedMethods());
    } catch (RuntimeException e) {
      LOG.error("A callback could not be received.", e);
      return new Answer(
          new Failed("The worker could not receive it; its log says why."), false, "");
    }
  }

  /**
   * @param goOn whether the connection can be used again
   * @param allowed methods
   */
  private record Answer(Receipt receipt, boolean goOn, String allowed) {

    Mono<Void> over(HttpServerResponse response) {
      response
          .status(receipt.status())
          .keepAlive(goOn)
          .header(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
      if (receipt.status() == 405) {
        response.header(HttpHeaderNames.ALLOW, allowed);
      }
      // What is wrong with the engine is for the log only.
      String said = receipt instanceof Refused refused ? refused.reason() : receipt.label();
      return response.sendString(Mono.just(said + "\n")).then();
    }
  }

  @Override
  public void stop() {
    LOG.info("Stopping: taking no more callbacks.");
    try {
      server.disposeNow(TIME_TO_STOP);
    } catch (IllegalStateException e) {
      LOG.warn("Stopping with callbacks that have not arrived completely; Vobiz sends them again.");
    }
    threads.shutdown();
    network.disposeLater(Duration.ZERO, TIME_TO_STOP).block();
    server = null;
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }
}
