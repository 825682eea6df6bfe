package org.conferenceworker.standin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.ApplicationContext;

/** What a worker says of itself over HTTP. */
public final class Actuator {

  /** An answer. */
  public record Answer(int status, String body) {}

  private Actuator() {}

  /**
   * @param path such as {@code health/readiness}
   */
  public static Answer get(ApplicationContext worker, String path) {
    String port = worker.getEnvironment().getProperty("local.server.port");
    return get(URI.create("http://127.0.0.1:" + port + "/actuator/" + path));
  }

  public static Answer get(URI address) {
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Every series of a scrape, as in the text: {@code name{label="value",...}}, and its value. */
  public static Map<String, Double> scrape(ApplicationContext worker) {
    return series(get(worker, "prometheus").body());
  }

  public static Map<String, Double> series(String scrape) {
    var series = new TreeMap<String, Double>();
    scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int end = line.lastIndexOf(' ');
              series.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
            });
    return series;
  }
}
