package org.conferenceworker.events;

import java.util.List;
import java.util.function.Function;

/**
 * A request to the endpoint, as it came.
 *
 * @param path as it was sent, with its percent-encoding
 * @param query as it was sent; empty if there was none
 * @param headers the values of a header by its name in any case; empty if there is none
 */
record Callback(String method, String path, String query, Function<String, List<String>> headers) {

  static final String POST = "POST";
  static final String GET = "GET";

  List<String> header(String name) {
    return headers.apply(name);
  }

  boolean isGet() {
    return method.equals(GET);
  }

  /** Headers are secret: Vobiz sends tokens in some of them. */
  @Override
  public String toString() {
    return "Callback[method=" + method + "]";
  }
}
