package org.conferenceworker.vobiz;

import java.io.IOException;
import java.time.Instant;
import org.conferenceworker.http.Result;
import org.conferenceworker.http.Transport;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Vobiz API over HTTP: one exchange for each request. */
public final class VobizClient implements Api, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VobizClient.class);

  private final Transport transport;
  private final Answers answers;

  VobizClient(Transport transport, Answers answers) {
    this.transport = transport;
    this.answers = answers;
  }

  @Override
  public Outcome send(ApiRequest request, Instant sendBefore) {
    Result result = transport.exchange(request.onTheWire(sendBefore));
    try {
      return answers.meaningOf(request, result);
    } catch (RuntimeException e) {
      LOG.error("A response of Vobiz could not be read.", e);
      return new AnswerLost("unexpected " + e.getClass().getSimpleName());
    }
  }

  /** Closes the connections; calls in progress fail. */
  @Override
  public void close() throws IOException {
    transport.close();
  }
}
