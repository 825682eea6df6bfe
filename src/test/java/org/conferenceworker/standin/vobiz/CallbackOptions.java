package org.conferenceworker.standin.vobiz;

import java.time.Duration;

/**
 * How callbacks are sent. By default as Vobiz sends them: signed, by POST, all at once, while the
 * request that has caused them may be answered or not.
 *
 * @param order of those that one request causes
 * @param moment when they are sent
 * @param copies how often each is sent; each copy has nonces of its own
 * @param signed whether there are signatures
 * @param byGet whether the fields are in the query of a GET
 * @param pause before a callback that was not answered 200 is sent again
 * @param patience how long an answer may take
 */
public record CallbackOptions(
    Order order,
    Moment moment,
    int copies,
    boolean signed,
    boolean byGet,
    Duration pause,
    Duration patience) {

  /** In which order callbacks are sent. */
  public enum Order {
    /** All at once: they may overtake each other. */
    NONE,
    /** Each when the one before it was answered 200 or is given up. */
    AS_IS,
    /** The same, but the last one first. */
    REVERSED
  }

  /** When callbacks are sent, seen from the request that causes them. */
  public enum Moment {
    AT_ONCE,
    /** They are answered, or given up, before the request is answered. */
    BEFORE_ANSWER,
    /** They are not sent before the answer has been sent. */
    AFTER_ANSWER
  }

  public static CallbackOptions asVobizDoes() {
    return new CallbackOptions(
        Order.NONE, Moment.AT_ONCE, 1, true, false, Duration.ofSeconds(1), Duration.ofSeconds(3));
  }

  public CallbackOptions with(Order newOrder) {
    return new CallbackOptions(newOrder, moment, copies, signed, byGet, pause, patience);
  }

  public CallbackOptions with(Moment newMoment) {
    return new CallbackOptions(order, newMoment, copies, signed, byGet, pause, patience);
  }

  public CallbackOptions twice() {
    return new CallbackOptions(order, moment, 2, signed, byGet, pause, patience);
  }

  public CallbackOptions unsigned() {
    return new CallbackOptions(order, moment, copies, false, byGet, pause, patience);
  }

  public CallbackOptions get() {
    return new CallbackOptions(order, moment, copies, signed, true, pause, patience);
  }

  public CallbackOptions pausing(Duration newPause) {
    return new CallbackOptions(order, moment, copies, signed, byGet, newPause, patience);
  }

  public CallbackOptions waiting(Duration newPatience) {
    return new CallbackOptions(order, moment, copies, signed, byGet, pause, newPatience);
  }
}
