package org.conferenceworker.standin.vobiz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/** Takes callbacks as somebody's server does. */
final class CallbackReceiver implements AutoCloseable {

  /**
   * What has arrived.
   *
   * @param form the body; of a GET, the query
   * @param headers by their names in lower case
   */
  record Received(String method, String form, Map<String, String> headers) {

    Map<String, String> fields() {
      var fields = new LinkedHashMap<String, String>();
      for (String field : form.split("&")) {
        String[] parts = field.split("=", -1);
        fields.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
      }
      return fields;
    }
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Queue<IntSupplier> answers = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  private CallbackReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  static CallbackReceiver start() throws IOException {
    return new CallbackReceiver();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  /** What comes after those that were told before is answered with this status, instead of 200. */
  void answersNext(IntSupplier status) {
    answers.add(status);
  }

  static int waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return 200;
    } catch (InterruptedException closing) {
      return 500;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String method = exchange.getRequestMethod();
      String query = exchange.getRequestURI().getRawQuery();
      var headers = new LinkedHashMap<String, String>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      received.add(new Received(method, method.equals("GET") ? query : body, headers));
      IntSupplier status = answers.poll();
      exchange.sendResponseHeaders(status == null ? 200 : status.getAsInt(), -1);
    }
  }
}
