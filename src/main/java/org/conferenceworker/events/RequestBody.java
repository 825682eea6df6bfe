package org.conferenceworker.events;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.netty.http.server.HttpServerRequest;

/** The body of a request on the wire. */
final class RequestBody implements Callback.Body, AutoCloseable {

  private static final Duration TIME_TO_READ = Duration.ofSeconds(5);

  private final HttpServerRequest request;
  private final Semaphore places;
  private final StringBuilder kept = new StringBuilder();
  private boolean hasPlace;
  private Content content;

  /**
   * @param places how many may be kept at a time
   */
  RequestBody(HttpServerRequest request, Semaphore places) {
    this.request = request;
    this.places = places;
  }

  @Override
  public Content read(boolean keep) {
    content = readOnce(keep);
    return content;
  }

  /** Reads on to the end, if nobody has, so that the connection can be used again. */
  void skip() {
    if (content == null) {
      read(false);
    }
  }

  /** Whether nothing of it is left on the wire. */
  boolean isComplete() {
    return content instanceof Content.Complete;
  }

  private Content readOnce(boolean keep) {
    if (declaredLength() > LONGEST) {
      return tooLarge();
    }
    if (keep && !places.tryAcquire()) {
      return new Content.Unreadable(503, "Too many callbacks arrive at a time.");
    }
    hasPlace = keep;
    try {
      int length =
          request
              .receive()
              .map(chunk -> take(chunk, keep))
              .scan(0, Integer::sum)
              .takeUntil(sum -> sum > LONGEST)
              .last(0)
              .block(TIME_TO_READ);
      if (length > LONGEST) {
        return tooLarge();
      }
      return isWhole() ? new Content.Complete(kept.toString()) : brokenOff();
    } catch (RuntimeException e) {
      return e.getCause() instanceof TimeoutException ? tooSlow() : brokenOff();
    }
  }

  private long declaredLength() {
    String length = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private int take(ByteBuf chunk, boolean keep) {
    if (keep) {
      kept.append(chunk.toString(StandardCharsets.ISO_8859_1));
    }
    return chunk.readableBytes();
  }

  private boolean isWhole() {
    var whole = new AtomicBoolean();
    request.withConnection(
        connection -> whole.set(ConnectionGuard.hasWholeRequest(connection.channel())));
    return whole.get();
  }

  private static Content tooSlow() {
    return new Content.Unreadable(
        408, "Its content did not arrive within %d s.".formatted(TIME_TO_READ.toSeconds()));
  }

  private static Content brokenOff() {
    return new Content.Unreadable(408, "The connection broke off before its content had arrived.");
  }

  private static Content tooLarge() {
    return new Content.Unreadable(413, "Its content has more than %d bytes.".formatted(LONGEST));
  }

  @Override
  public void close() {
    if (hasPlace) {
      hasPlace = false;
      places.release();
    }
  }
}
