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
 * One exchange under way: knows, without a race, whether its request may still be sent and whether
 * it was.
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
   * @param alarms rings when the exchange has lasted too long
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

  /** Whether this is the request that was asked for: its method, path and body, to the byte. */
  boolean isAskedFor(ClassicHttpRequest request) throws IOException {
    return asked.method().equals(request.getMethod())
        && asked.path().equals(request.getPath())
        && Arrays.equals(bytesOf(message.getEntity()), bytesOf(request.getEntity()));
  }

  private static byte[] bytesOf(HttpEntity entity) throws IOException {
    return entity == null ? null : entity.getContent().readAllBytes();
  }

  /** Whether a proxy is asked for a tunnel, with nothing in the request that is for the server. */
  boolean isForTunnel(ClassicHttpRequest request) {
    return Method.CONNECT.isSame(request.getMethod())
        && asked.headers().keySet().stream().noneMatch(request::containsHeader);
  }

  boolean isTooLate() {
    return !clock.instant().isBefore(asked.sendBefore());
  }

  /** The connection was opened for this exchange, through a proxy. */
  void openedTunnel() {
    tunnelOpened = true;
  }

  /** Whether the connection was opened for this exchange, and nothing was sent on it before. */
  boolean isFirstOn(HttpClientConnection connection) {
    return tunnelOpened || connection.getEndpointDetails().getRequestCount() == 0;
  }

  /** Takes the one permission to send; whoever gets {@code false} must not write a byte. */
  boolean mayBeSentNow() {
    return !isTooLate() && phase.compareAndSet(Phase.NOT_SENT, Phase.SENT);
  }

  /** What was written reached a server that had not accepted the connection. */
  void wasNotAccepted() {
    phase.set(Phase.NOT_ACCEPTED);
  }

  boolean wasSent() {
    return phase.get() == Phase.SENT;
  }

  /**
   * Breaks the connection off after this time, unless the alarm is cancelled before.
   *
   * @throws NotSentException if the transport has been closed
   */
  Timeout breakOffAfter(long millis, String cause) throws NotSentException {
    try {
      // On a thread of its own: closing a connection must not hold up the next alarm.
      return alarms.newTimeout(
          rings -> Thread.startVirtualThread(() -> breakOff(cause)), millis, TimeUnit.MILLISECONDS);
    } catch (IllegalStateException closed) {
      throw new NotSentException("the worker is stopping");
    }
  }

  /** Forbids sending, if that has not begun, and breaks the connection off in any case. */
  void giveUp(String cause) {
    phase.compareAndSet(Phase.NOT_SENT, Phase.GIVEN_UP);
    breakOff(cause);
  }

  private void breakOff(String cause) {
    brokenOff.compareAndSet(null, cause);
    message.cancel();
  }

  /** Why the worker itself broke it off; {@code null} if it did not. */
  String brokenOff() {
    return brokenOff.get();
  }
}
