package org.conferenceworker.vobiz;

import java.time.Instant;

/** The Vobiz API, or what stands for it. */
@FunctionalInterface
public interface Api {

  /**
   * Sends one request, no more than once.
   *
   * @param sendBefore the moment from which on it must not be sent any more
   * @return what became of it; failures of network and API are outcomes, not exceptions
   * @throws IllegalStateException if the request could not be built; nothing was sent
   */
  Outcome send(ApiRequest request, Instant sendBefore);
}
