package org.conferenceworker.events;

/** The body of a request, which is read at most once. */
interface Body {

  /** Bytes. Vobiz's callbacks have less than one kilobyte. */
  int LONGEST = 64 * 1024;

  /** What comes of reading it. */
  sealed interface Content {

    /**
     * All of it.
     *
     * @param bytes each as the character of that number (ISO 8859-1); empty if nobody wants them
     */
    record Complete(String bytes) implements Content {}

    /**
     * It is too large, or comes too slowly.
     *
     * @param status the HTTP status that says so
     * @param reason a sentence
     */
    record Unreadable(int status, String reason) implements Content {}
  }

  /**
   * Waits for it, up to {@link #LONGEST} bytes.
   *
   * @param keep whether anybody wants to have the bytes; others take no memory
   */
  Content read(boolean keep);
}
