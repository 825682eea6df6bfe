package org.conferenceworker.standin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Time that passes only when somebody lets it pass, and that can be told to jump when it is read
 * next but so many times, as it does for a process that the operating system has put aside.
 */
public final class VirtualClock extends Clock {

  private Instant now;
  private int readsBeforeJump;
  private Duration jump = Duration.ZERO;

  public VirtualClock(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    if (readsBeforeJump-- == 0) {
      now = now.plus(jump);
    }
    return now;
  }

  /** The time, without counting as a reading. */
  public synchronized Instant peek() {
    return now;
  }

  public synchronized void pass(Duration duration) {
    now = now.plus(duration);
  }

  public synchronized void passUntil(Instant moment) {
    if (now.isBefore(moment)) {
      now = moment;
    }
  }

  public synchronized void jumpAfter(int reads, Duration jump) {
    this.readsBeforeJump = reads;
    this.jump = jump;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
