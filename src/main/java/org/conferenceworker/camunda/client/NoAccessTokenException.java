package org.conferenceworker.camunda.client;

import java.io.IOException;

/**
 * The identity provider gave no access token. The message is a sentence without its full stop, and
 * holds no secret; there is no cause, because the cause of an answer that cannot be read quotes it.
 */
class NoAccessTokenException extends IOException {

  private static final long serialVersionUID = 1L;

  NoAccessTokenException(String message) {
    super(message);
  }
}
