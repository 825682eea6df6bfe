package org.conferenceworker.vobiz;

import java.time.Instant;

/** The Vobiz API, or a stand-in for it. */
@FunctionalInterface
public interface Api {

  /**
   * Sends one request, no more than once.
   *
   * @param sendBefore it must not be sent at or after this time
   * @return its outcome; failures of network and API are outcomes, not exceptions
   * @throws IllegalStateException if the request could not be built; nothing was sent
   */
  Outcome send(ApiRequest request, Instant sendBefore);
}
