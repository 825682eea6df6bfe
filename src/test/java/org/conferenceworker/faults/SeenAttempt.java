package org.conferenceworker.faults;

import com.google.protobuf.GeneratedMessage;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.conferenceworker.standin.vobiz.Answer;

/** What was seen of an attempt. */
public final class SeenAttempt {
  final Instant leaseEnd;
  final CountDownLatch requested = new CountDownLatch(1);
  volatile boolean over;

  /** {@code null} if no request arrived. */
  public Instant requestedWhen;

  /** What was answered; {@code null} if no whole answer was sent. */
  public Answer answer;

  public boolean tookEffect;
  public boolean answeredWithSuccess;
  public boolean answeredWithNotFound;
  public boolean leftInDoubt;

  /** The report that counted; {@code null} if none did. */
  GeneratedMessage report;

  /** The index of the attempt in which the process died that alone knew of this one. */
  int forgottenIn = Integer.MAX_VALUE;

  SeenAttempt(Instant leaseEnd) {
    this.leaseEnd = leaseEnd;
  }

  /** Whether the API, or what was taken for it, said 404. */
  public boolean answeredWith404() {
    return answer != null && answer.status() == 404;
  }

  boolean isReported() {
    return report != null;
  }

  /** Whether the engine was told something else than to wait for a person. */
  public boolean isReportedAsNoIncident() {
    return isReported() && !(report instanceof FailJobRequest failed && failed.getRetries() == 0);
  }
}
