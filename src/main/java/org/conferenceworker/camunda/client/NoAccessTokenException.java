package org.conferenceworker.camunda.client;

import java.io.IOException;
import org.conferenceworker.log.Causes;

/**
 * The identity provider gave no access token. The message is a sentence without its full stop, and
 * holds no secret; there is no cause, because the cause of an answer that cannot be read quotes it.
 * The client hands it on as a call that was cancelled.
 */
class NoAccessTokenException extends IOException implements Causes.SaysItAll {

  private static final long serialVersionUID = 1L;

  NoAccessTokenException(String message) {
    super(message);
  }
}
