package org.conferenceworker.events;

/** What became of a callback. */
sealed interface Receipt {

  /** The engine has taken a message of it. */
  record Published() implements Receipt {}

  /** The engine had every message of it already. */
  record Duplicate() implements Receipt {}

  /** It comes from Vobiz, but becomes no message. */
  record Ignored(String reason) implements Receipt {}

  /**
   * It must not become a message.
   *
   * @param status 400 or above
   */
  record Refused(int status, String reason) implements Receipt {}

  /** The engine has not taken a message of it in time. */
  record Failed(String reason) implements Receipt {}

  /** The HTTP status that tells Vobiz whether to try again. */
  default int status() {
    return switch (this) {
      case Published r -> 200;
      case Duplicate r -> 200;
      case Ignored r -> 200;
      case Refused r -> r.status();
      case Failed r -> 503;
    };
  }

  /** The result in metrics and logs. */
  default String label() {
    return switch (this) {
      case Published r -> "published";
      case Duplicate r -> "duplicate";
      case Ignored r -> "ignored";
      case Refused r -> "refused";
      case Failed r -> "failed";
    };
  }

  /** Why it became no message, as a sentence; {@code null} if it did. */
  default String reason() {
    return switch (this) {
      case Published r -> null;
      case Duplicate r -> null;
      case Ignored r -> r.reason();
      case Refused r -> r.reason();
      case Failed r -> r.reason();
    };
  }
}
