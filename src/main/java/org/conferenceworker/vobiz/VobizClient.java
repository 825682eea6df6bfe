package org.conferenceworker.vobiz;

import java.io.IOException;
import java.time.Instant;
import org.conferenceworker.http.Transport;

/** The Vobiz API over HTTP: one exchange for each request. */
public final class VobizClient implements Api, AutoCloseable {

  private final Transport transport;
  private final Answers answers;

  VobizClient(Transport transport, Answers answers) {
    this.transport = transport;
    this.answers = answers;
  }

  @Override
  public Outcome send(ApiRequest request, Instant sendBefore) {
    return answers.meaningOf(request, transport.exchange(request.onTheWire(sendBefore)));
  }

  /** Closes the connections; calls in progress fail. */
  @Override
  public void close() throws IOException {
    transport.close();
  }
}
