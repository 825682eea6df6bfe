package org.conferenceworker.camunda.client;

import java.io.IOException;
import org.conferenceworker.log.Causes;

/**
 * The identity provider gave no access token. The message is a sentence without its full stop and
 * contains no secret. There is no cause, because a parser's exception quotes the response. The
 * client reports it as a cancelled call.
 */
class NoAccessTokenException extends IOException implements Causes.SaysItAll {

  private static final long serialVersionUID = 1L;

  NoAccessTokenException(String message) {
    super(message);
  }
}
