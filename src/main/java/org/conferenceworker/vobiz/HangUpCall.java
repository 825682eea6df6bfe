package org.conferenceworker.vobiz;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * One call under way: knows, without a race, whether its request may still be sent and whether it
 * was.
 */
final class HangUpCall {

  private enum Phase {
    NOT_SENT,
    SENT,
    GIVEN_UP
  }

  private static final String ATTRIBUTE = HangUpCall.class.getName();

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NOT_SENT);
  private final HttpDelete request;
  private final String path;
  private final Instant sendBefore;
  private final Clock clock;

  HangUpCall(HttpDelete request, String path, Instant sendBefore, Clock clock) {
    this.request = request;
    this.path = path;
    this.sendBefore = sendBefore;
    this.clock = clock;
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

  /** Takes the one permission to send; whoever gets {@code false} must not write a byte. */
  boolean mayBeSentNow() {
    return !isTooLate() && phase.compareAndSet(Phase.NOT_SENT, Phase.SENT);
  }

  boolean wasSent() {
    return phase.get() == Phase.SENT;
  }

  /** Forbids sending, if that has not begun, and breaks the connection off in any case. */
  void giveUp() {
    phase.compareAndSet(Phase.NOT_SENT, Phase.GIVEN_UP);
    request.cancel();
  }
}
