package org.conferenceworker.events;

/** What became of a callback, and what Vobiz is told. */
sealed interface Receipt {

  /** The HTTP status of the answer. */
  int status();

  /** The result's label in metrics and logs. */
  String label();

  /** Why it did not become a message, as a sentence; {@code null} if it did. */
  default String reason() {
    return null;
  }

  /** The engine has taken every message of it. */
  record Published() implements Receipt {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public String label() {
      return "published";
    }
  }

  /** The engine had every message of it already. */
  record Duplicate() implements Receipt {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public String label() {
      return "duplicate";
    }
  }

  /** It is genuine, but becomes no message. */
  record Ignored(String reason) implements Receipt {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public String label() {
      return "ignored";
    }
  }

  /**
   * It is not a callback that may become a message.
   *
   * @param status 400 or above
   */
  record Refused(int status, String reason) implements Receipt {
    @Override
    public String label() {
      return "refused";
    }
  }

  /** The engine could not take it in time; Vobiz tries again. */
  record Failed(String reason) implements Receipt {
    @Override
    public int status() {
      return 503;
    }

    @Override
    public String label() {
      return "failed";
    }
  }
}
