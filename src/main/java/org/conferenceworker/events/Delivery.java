package org.conferenceworker.events;

/**
 * What became of one message.
 *
 * @param trouble why the engine has not taken it; {@code null} if it has
 */
record Delivery(State state, String trouble) {

  /** Whether the engine has the message. */
  enum State {
    TAKEN,
    /** It had it before, from an earlier copy of the callback. */
    KNOWN,
    NOT_TAKEN
  }

  static final Delivery TAKEN = new Delivery(State.TAKEN, null);
  static final Delivery KNOWN = new Delivery(State.KNOWN, null);

  static Delivery notTaken(String trouble) {
    return new Delivery(State.NOT_TAKEN, trouble);
  }

  boolean isTaken() {
    return state != State.NOT_TAKEN;
  }
}
