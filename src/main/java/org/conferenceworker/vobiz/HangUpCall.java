package org.conferenceworker.vobiz;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.conferenceworker.vobiz.GuardedRequestExecutor.NotSentException;

/**
 * One call under way: knows, without a race, whether its request may still be sent and whether it
 * was.
 */
final class HangUpCall {

  private enum Phase {
    NOT_SENT,
    SENT,
    NOT_ACCEPTED,
    GIVEN_UP
  }

  private static final String ATTRIBUTE = HangUpCall.class.getName();

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NOT_SENT);
  private final AtomicReference<String> brokenOff = new AtomicReference<>();
  private volatile boolean tunnelOpened;
  private final HttpDelete request;
  private final String path;
  private final Instant sendBefore;
  private final Clock clock;
  private final Timer alarms;

  /**
   * @param alarms rings when this call has lasted too long
   */
  HangUpCall(HttpDelete request, String path, Instant sendBefore, Clock clock, Timer alarms) {
    this.request = request;
    this.path = path;
    this.sendBefore = sendBefore;
    this.clock = clock;
    this.alarms = alarms;
  }

  HttpDelete request() {
    return request;
  }

  HttpClientContext context() {
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(ATTRIBUTE, this);
    return context;
  }

  static HangUpCall of(HttpContext context) {
    return (HangUpCall) context.getAttribute(ATTRIBUTE);
  }

  /** The path that the request line must carry, to the byte. */
  String path() {
    return path;
  }

  boolean isTooLate() {
    return !clock.instant().isBefore(sendBefore);
  }

  /** The connection was opened for this call, through a proxy. */
  void openedTunnel() {
    tunnelOpened = true;
  }

  /** Whether the connection was opened for this call, and nothing was sent to the API before. */
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
   * @throws NotSentException if the client has been closed
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
    request.cancel();
  }

  /** Why we have broken it off ourselves; {@code null} if we have not. */
  String brokenOff() {
    return brokenOff.get();
  }
}
