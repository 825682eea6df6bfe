package org.conferenceworker.standin.vobiz;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A callback on its way: sent again until it is answered 200, up to three times in all. */
final class Delivery {

  private static final int TIMES = 3;

  private final Map<String, String> fields;
  private final Map<String, String> headers;
  private final Runnable answered;
  private final Instant sentAt = Instant.now();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();

  /**
   * @param answered is told of each answer, and if there was none in time
   */
  Delivery(Map<String, String> fields, Map<String, String> headers, Runnable answered) {
    this.fields = fields;
    this.headers = headers;
    this.answered = answered;
  }

  SentCallback sent() {
    return new SentCallback(sentAt, fields, headers, List.copyOf(statuses));
  }

  void send(HttpClient client, URI url, CallbackOptions options) throws InterruptedException {
    HttpRequest request = request(url, options);
    while (true) {
      int status = status(client, request);
      statuses.add(status);
      answered.run();
      if (status == 200 || statuses.size() == TIMES) {
        return;
      }
      Thread.sleep(options.pause());
    }
  }

  private static int status(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException noAnswer) {
      return 0;
    }
  }

  private HttpRequest request(URI url, CallbackOptions options) {
    HttpRequest.Builder request =
        options.byGet()
            ? HttpRequest.newBuilder(
                URI.create(url + (url.getRawQuery() == null ? "?" : "&") + form()))
            : HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form()));
    headers.forEach(request::header);
    return request.timeout(options.patience()).build();
  }

  private String form() {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
