package org.conferenceworker.events;

import java.util.List;
import java.util.function.Function;

/**
 * A request to the endpoint, as it came.
 *
 * @param path as it was sent, with its percent-encoding
 * @param query as it was sent; empty if there was none
 * @param headers the values of a header by its name in any case; empty if there is none
 * @param body not yet read
 */
record Callback(
    String method, String path, String query, Function<String, List<String>> headers, Body body) {

  static final String POST = "POST";
  static final String GET = "GET";

  /** The body of a request, which is read at most once. */
  interface Body {

    /** Bytes. Vobiz's callbacks have less than one kilobyte. */
    int LONGEST = 64 * 1024;

    /** What comes of reading it. */
    sealed interface Content {

      /**
       * All of it.
       *
       * @param bytes each as the character of that number (ISO 8859-1); empty if nobody wants them
       */
      record Complete(String bytes) implements Content {}

      /**
       * It is too large, or comes too slowly.
       *
       * @param status the HTTP status that says so
       * @param reason a sentence
       */
      record Unreadable(int status, String reason) implements Content {}
    }

    /**
     * Waits for it, up to {@link #LONGEST} bytes.
     *
     * @param keep whether anybody wants to have the bytes; others take no memory
     */
    Content read(boolean keep);
  }

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
