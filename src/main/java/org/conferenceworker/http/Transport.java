package org.conferenceworker.http;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.io.Closer;
import org.conferenceworker.http.Result.AnswerLost;
import org.conferenceworker.http.Result.NotSent;
import org.conferenceworker.http.Result.NotSentInTime;
import org.conferenceworker.http.Result.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Exchanges requests with one server. Each exchange sends its request no more than once, follows no
 * redirects and ends within a bounded time.
 */
public final class Transport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

  /** How long to wait for an aborted exchange to end before abandoning it. */
  private static final Duration LAST_WORD = Duration.ofMillis(500);

  private final CloseableHttpClient http;
  private final String origin;
  private final Duration totalTimeout;
  private final Clock clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** One thread checks all time limits ten times a second; a timer for each call costs more. */
  private final Timer alarms =
      new HashedWheelTimer(Thread.ofPlatform().daemon().name("vobiz-alarms").factory());

  /**
   * @param http with a {@link Gate}
   * @param origin scheme, host and port of the server
   * @param totalTimeout longest time of a whole exchange
   */
  Transport(CloseableHttpClient http, URI origin, Duration totalTimeout, Clock clock) {
    this.http = http;
    this.origin = origin.getScheme() + "://" + authority(origin);
    this.totalTimeout = totalTimeout;
    this.clock = clock;
  }

  private static String authority(URI origin) {
    return origin.getPort() < 0 ? origin.getHost() : origin.getHost() + ":" + origin.getPort();
  }

  /**
   * Sends the request once and reads the response. Returns after the total timeout at the latest,
   * give or take a second.
   *
   * @return the result; failures of network and server are results, not exceptions
   * @throws IllegalStateException if the request could not be built; nothing was sent
   */
  public Result exchange(Request request) {
    return exchange(new Exchange(request, origin, clock, alarms));
  }

  private Result exchange(Exchange exchange) {
    Map<String, String> logContext = MDC.getCopyOfContextMap();
    var result = new CompletableFuture<Result>();
    CompletableFuture<Result> inTime = result.copy();
    Timeout alarm;
    Future<?> underWay;
    try {
      alarm =
          alarms.newTimeout(
              rings -> inTime.completeExceptionally(new TimeoutException()),
              totalTimeout.toMillis(),
              TimeUnit.MILLISECONDS);
      underWay =
          threads.submit(
              () -> {
                try {
                  MDC.setContextMap(logContext == null ? Map.of() : logContext);
                  result.complete(send(exchange));
                } catch (Throwable e) {
                  result.completeExceptionally(e);
                }
              });
    } catch (RejectedExecutionException | IllegalStateException e) {
      return new NotSent("the worker is stopping");
    }
    try {
      return inTime.get();
    } catch (InterruptedException e) {
      Result last = giveUp(exchange, result, underWay, "the worker was stopped during the call");
      Thread.currentThread().interrupt();
      return last;
    } catch (ExecutionException e) {
      return e.getCause() instanceof TimeoutException
          ? giveUp(exchange, result, underWay, "no whole answer within " + seconds(totalTimeout))
          : unexpected(exchange, e.getCause());
    } finally {
      alarm.cancel();
    }
  }

  /** A call that cannot be interrupted, such as a DNS look-up, is abandoned. */
  private static Result giveUp(
      Exchange exchange, Future<Result> result, Future<?> underWay, String cause) {
    exchange.giveUp(cause);
    try {
      return result.get(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | InterruptedException | ExecutionException e) {
      underWay.cancel(true);
      return exchange.wasSent() ? new AnswerLost(cause) : new NotSent(cause);
    }
  }

  private static Result unexpected(Exchange exchange, Throwable failure) {
    String cause = "unexpected " + failure.getClass().getSimpleName();
    // An exception may quote the response; an Error is the worker's own.
    if (failure instanceof Error) {
      LOG.error("A call to Vobiz failed unexpectedly.", failure);
    }
    if (exchange.wasSent() || failure instanceof Error) {
      return exchange.wasSent() ? new AnswerLost(cause) : new NotSent(cause);
    }
    throw new IllegalStateException(
        "the request could not be built (" + failure.getClass().getSimpleName() + ")", failure);
  }

  private Result send(Exchange exchange) {
    ClassicHttpResponse response = null;
    try {
      response = http.executeOpen(null, exchange.message(), exchange.context());
      if (!exchange.wasSent()) {
        return new NotSent("the proxy answered HTTP " + response.getCode());
      }
      return reply(exchange, response);
    } catch (IOException e) {
      if (exchange.wasSent()) {
        return new AnswerLost(causeOf(exchange, e));
      }
      return exchange.isTooLate() ? new NotSentInTime() : new NotSent(causeOf(exchange, e));
    } finally {
      discard(exchange, response);
    }
  }

  private static Reply reply(Exchange exchange, ClassicHttpResponse response) {
    BodyReader.Body body = BodyReader.read(response.getEntity());
    return new Reply(
        response.getCode(),
        name -> {
          Header field = response.getFirstHeader(name);
          return field == null ? null : field.getValue();
        },
        body.bytes(),
        body.isWhole(),
        body.failure() == null ? null : causeOf(exchange, body.failure()));
  }

  private static String causeOf(Exchange exchange, IOException failure) {
    return exchange.brokenOff() == null ? Failures.causeOf(failure) : exchange.brokenOff();
  }

  /** Returns a connection to the pool if its response was read to the end; closes any other. */
  private static void discard(Exchange exchange, ClassicHttpResponse response) {
    // Closing the response alone would read the body to its end, and it may be endless.
    exchange.message().cancel();
    Closer.closeQuietly(response);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  /** Closes the connections; calls in progress fail. */
  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    // A stuck call would wait forever for a timer that has been stopped.
    alarms.stop().forEach(Transport::ring);
    http.close();
  }

  private static void ring(Timeout alarm) {
    try {
      alarm.task().run(alarm);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
