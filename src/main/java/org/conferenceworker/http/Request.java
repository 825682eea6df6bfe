package org.conferenceworker.http;

import java.time.Instant;
import java.util.Map;

/**
 * The one request that an exchange may send.
 *
 * @param path the path of the request line, to the byte
 * @param headers those of the request's own; some are secret
 * @param body JSON, or {@code null} for none
 * @param sendBefore the moment from which on it must not be sent any more
 */
public record Request(
    String method, String path, Map<String, String> headers, String body, Instant sendBefore) {

  @Override
  public String toString() {
    return method + " " + path;
  }
}
