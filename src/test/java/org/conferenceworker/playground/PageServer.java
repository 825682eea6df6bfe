package org.conferenceworker.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.conferenceworker.playground.Board.Topic;

/** The page, what it shows, and what can be done on it; on loopback alone. */
final class PageServer implements AutoCloseable {

  /** A page that has gone is noticed by then. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final String TEXT = "text/plain; charset=utf-8";

  /** A file of the page. */
  private record Part(String file, String type) {}

  /** By their paths. */
  private static final Map<String, Part> PAGE =
      Map.of(
          "/", new Part("index.html", "text/html; charset=utf-8"),
          "/page.js", new Part("page.js", "text/javascript; charset=utf-8"),
          "/page.css", new Part("page.css", "text/css; charset=utf-8"));

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path page;
  private final Board board;

  /**
   * @param page the folder with its files
   * @param port 0 for any that is free
   */
  PageServer(Path page, Board board, int port) throws IOException {
    this.page = page;
    this.board = board;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    serve("/", this::sendPage);
    serve("/events", this::sendNews);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  void start() {
    server.start();
  }

  /** Offers texts by the rest of the path; {@code null} means that there is none. */
  void offer(String path, Function<String, String> text) {
    serve(
        path,
        exchange -> {
          String rest = exchange.getRequestURI().getRawPath().substring(path.length());
          String found = text.apply(URLDecoder.decode(rest, StandardCharsets.UTF_8));
          if (found == null) {
            send(exchange, 404, TEXT, bytes("There is no such thing."));
          } else {
            send(exchange, 200, TEXT, bytes(found));
          }
        });
  }

  /** Offers actions by their names; what they throw is said to the person. */
  void offer(Map<String, Consumer<JsonNode>> actions) {
    actions.forEach((name, action) -> serve("/do/" + name, exchange -> act(exchange, action)));
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (isOurs(exchange)) {
              handler.handle(exchange);
            } else {
              send(exchange, 403, TEXT, bytes("Open " + address() + "."));
            }
          }
        });
  }

  /** Another site's page in the same browser must not reach this one, by whatever name. */
  private boolean isOurs(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    int port = server.getAddress().getPort();
    return List.of("127.0.0.1:" + port, "localhost:" + port).contains(host)
        && (origin == null || origin.equals("http://" + host));
  }

  private void act(HttpExchange exchange, Consumer<JsonNode> action) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      send(exchange, 405, TEXT, bytes("Only POST."));
      return;
    }
    JsonNode asked = Board.JSON.readTree(exchange.getRequestBody());
    try {
      action.accept(asked);
      exchange.sendResponseHeaders(204, -1);
    } catch (RuntimeException refused) {
      String sentence = Refusal.sentence(String.valueOf(refused.getMessage()));
      send(exchange, 409, TEXT, bytes(sentence));
    }
  }

  private void sendPage(HttpExchange exchange) throws IOException {
    Part part = PAGE.get(exchange.getRequestURI().getPath());
    if (part == null) {
      send(exchange, 404, TEXT, bytes("There is no such page."));
      return;
    }
    send(exchange, 200, part.type(), Files.readAllBytes(page.resolve(part.file())));
  }

  /** Server-sent events: everything that there is, then whatever changes. */
  private void sendNews(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    long seen = 0;
    try {
      while (true) {
        boolean first = seen == 0;
        List<Topic> news = board.awaitNewer(seen, HEARTBEAT);
        var text = new StringBuilder(news.isEmpty() ? ":\n\n" : "");
        for (Topic topic : news) {
          text.append("event: ")
              .append(topic.name().split(":")[0])
              .append("\ndata: ")
              .append(topic.json())
              .append("\n\n");
          seen = Math.max(seen, topic.version());
        }
        if (first) {
          text.append("event: ready\ndata:\n\n");
        }
        out.write(bytes(text.toString()));
        out.flush();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
