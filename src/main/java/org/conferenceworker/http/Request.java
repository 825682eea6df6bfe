package org.conferenceworker.http;

import java.time.Instant;
import java.util.Map;

/**
 * The one request that an exchange may send.
 *
 * @param path the path of the request line, exactly as it is sent
 * @param headers the header fields, some of them secret
 * @param body JSON, or {@code null} for none
 * @param sendBefore it must not be sent at or after this time
 */
public record Request(
    String method, String path, Map<String, String> headers, String body, Instant sendBefore) {

  @Override
  public String toString() {
    return method + " " + path;
  }
}
