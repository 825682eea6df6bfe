package org.conferenceworker.faults;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** What was seen of an attempt. */
public final class SeenAttempt {
  public final Instant leaseEnd;
  public final CountDownLatch requested = new CountDownLatch(1);
  public volatile boolean over;
  public Instant requestedWhen;
  public boolean endedTheRoom;
  public boolean answeredWithSuccess;
  public boolean answeredWithNotFound;
  public boolean reported;

  /** The index of the attempt in which the process died that alone knew of this one. */
  public int forgottenIn = Integer.MAX_VALUE;

  public SeenAttempt(Instant leaseEnd) {
    this.leaseEnd = leaseEnd;
  }
}
