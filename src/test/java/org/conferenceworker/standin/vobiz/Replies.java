package org.conferenceworker.standin.vobiz;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Ready-made misbehaviour. */
public final class Replies {

  private Replies() {}

  public static Reply asTheApiDoes() {
    return (request, connection) -> connection.answer(request);
  }

  public static Reply json(int status, String body, String... headerLines) {
    return (request, connection) -> connection.json(request, status, body, headerLines);
  }

  public static Reply empty(int status, String... headerLines) {
    return (request, connection) -> connection.empty(request, status, headerLines);
  }

  /** Does the other, but only when it is told to go on. */
  public static Reply when(CountDownLatch goOn, Reply reply) {
    return (request, connection) -> {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      reply.to(request, connection);
    };
  }

  /** Answers as the API does, which takes a while. */
  public static Reply slowly(LongSupplier millis) {
    return (request, connection) -> {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis.getAsLong()));
      connection.answer(request);
    };
  }

  /** Breaks off as if the request had never been read. */
  public static Reply reset() {
    return (request, connection) -> connection.reset();
  }

  /** Does what is asked for, such as ending the conference, then breaks off before the answer. */
  public static Reply endThenReset() {
    return (request, connection) -> {
      connection.carryOut(request);
      connection.reset();
    };
  }

  public static Reply hang() {
    return (request, connection) -> connection.hang();
  }

  /** Sends exactly these bytes and closes the connection. */
  public static Reply rawThenClose(String text) {
    return (request, connection) -> {
      connection.raw(text);
      connection.close();
    };
  }

  /** Sends exactly these bytes and leaves the connection open. */
  public static Reply raw(String text) {
    return (request, connection) -> connection.raw(text);
  }

  /** Sends a head, then the same bytes slowly, one lot every few milliseconds. */
  public static Reply drip(String head, String bytes) {
    return (request, connection) -> {
      connection.raw(head);
      while (true) {
        connection.raw(bytes);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    };
  }

  /** Sends a head, then the same bytes again and again for as long as the client listens. */
  public static Reply endless(String head, String bytes) {
    return (request, connection) -> {
      connection.raw(head);
      while (true) {
        connection.raw(bytes);
      }
    };
  }
}
