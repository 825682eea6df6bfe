package org.conferenceworker.http;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * An exchange in progress. It knows, without a race, whether its request may still be sent and
 * whether it was sent.
 */
final class Exchange {

  private enum Phase {
    NOT_SENT,
    SENT,
    NOT_ACCEPTED,
    GIVEN_UP
  }

  private static final String ATTRIBUTE = Exchange.class.getName();

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NOT_SENT);
  private final AtomicReference<String> brokenOff = new AtomicReference<>();
  private volatile boolean tunnelOpened;
  private final Request asked;
  private final HttpUriRequestBase message;
  private final Clock clock;
  private final Timer alarms;

  /**
   * @param origin scheme, host and port of the server
   * @param alarms timer for the time limits of the exchange
   */
  Exchange(Request asked, String origin, Clock clock, Timer alarms) {
    this.asked = asked;
    this.clock = clock;
    this.alarms = alarms;
    message = new HttpUriRequestBase(asked.method(), URI.create(origin + asked.path()));
    asked.headers().forEach(message::setHeader);
    if (asked.body() != null) {
      message.setEntity(
          new ByteArrayEntity(
              asked.body().getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
    }
  }

  HttpUriRequestBase message() {
    return message;
  }

  HttpClientContext context() {
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(ATTRIBUTE, this);
    return context;
  }

  static Exchange of(HttpContext context) {
    return (Exchange) context.getAttribute(ATTRIBUTE);
  }

  /** Whether this is exactly the request that was asked for: same method, path and body. */
  boolean isAskedFor(ClassicHttpRequest request) throws IOException {
    return asked.method().equals(request.getMethod())
        && asked.path().equals(request.getPath())
        && Arrays.equals(
            asked.body() == null ? null : asked.body().getBytes(StandardCharsets.UTF_8),
            bytesOf(request.getEntity()));
  }

  private static byte[] bytesOf(HttpEntity entity) throws IOException {
    return entity == null ? null : entity.getContent().readAllBytes();
  }

  /** Whether this asks a proxy for a tunnel and carries no header that is meant for the server. */
  boolean isForTunnel(ClassicHttpRequest request) {
    return Method.CONNECT.isSame(request.getMethod())
        && asked.headers().keySet().stream().noneMatch(request::containsHeader);
  }

  boolean isTooLate() {
    return !clock.instant().isBefore(asked.sendBefore());
  }

  /** Notes that the connection was opened for this exchange, through a proxy. */
  void openedTunnel() {
    tunnelOpened = true;
  }

  /** Whether the connection was opened for this exchange and nothing was sent on it before. */
  boolean isFirstOn(HttpClientConnection connection) {
    return tunnelOpened || connection.getEndpointDetails().getRequestCount() == 0;
  }

  /** Takes the one permission to send; after {@code false}, no byte must be written. */
  boolean mayBeSentNow() {
    return !isTooLate() && phase.compareAndSet(Phase.NOT_SENT, Phase.SENT);
  }

  /** Notes that the server refused the connection, so that the request does not count as sent. */
  void wasNotAccepted() {
    phase.set(Phase.NOT_ACCEPTED);
  }

  boolean wasSent() {
    return phase.get() == Phase.SENT;
  }

  /**
   * Aborts the exchange after this time, unless the timer is cancelled.
   *
   * @throws NotSentException if the transport has been closed
   */
  Timeout breakOffAfter(long millis, String cause) throws NotSentException {
    try {
      // On its own thread: closing a connection must not delay the next timer.
      return alarms.newTimeout(
          rings -> Thread.startVirtualThread(() -> breakOff(cause)), millis, TimeUnit.MILLISECONDS);
    } catch (IllegalStateException closed) {
      throw new NotSentException("the worker is stopping");
    }
  }

  /** Forbids sending, if it has not begun, and aborts the exchange in any case. */
  void giveUp(String cause) {
    phase.compareAndSet(Phase.NOT_SENT, Phase.GIVEN_UP);
    breakOff(cause);
  }

  private void breakOff(String cause) {
    brokenOff.compareAndSet(null, cause);
    message.cancel();
  }

  /** Why the worker aborted it; {@code null} if it did not. */
  String brokenOff() {
    return brokenOff.get();
  }
}
