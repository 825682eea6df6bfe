package org.conferenceworker.http;

import java.io.IOException;

/** Thrown instead of sending; nothing was written. */
class NotSentException extends IOException {

  private static final long serialVersionUID = 1L;

  NotSentException(String message) {
    super(message);
  }
}
