package org.conferenceworker.vobiz;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.io.Closer;
import org.conferenceworker.vobiz.GuardedRequestExecutor.NotSentException;
import org.conferenceworker.vobiz.Outcome.AnswerLost;
import org.conferenceworker.vobiz.Outcome.CredentialsRefused;
import org.conferenceworker.vobiz.Outcome.DryRun;
import org.conferenceworker.vobiz.Outcome.NotConnected;
import org.conferenceworker.vobiz.Outcome.NotFound;
import org.conferenceworker.vobiz.Outcome.Redirected;
import org.conferenceworker.vobiz.Outcome.RequestRefused;
import org.conferenceworker.vobiz.Outcome.RouteNotFound;
import org.conferenceworker.vobiz.Outcome.ServerFailed;
import org.conferenceworker.vobiz.Outcome.Succeeded;
import org.conferenceworker.vobiz.Outcome.Throttled;
import org.conferenceworker.vobiz.Outcome.TooLateToSend;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Ends conferences on the Vobiz API, one request per call, never repeated and never redirected.
 *
 * <p>Facts about the API: <a href="https://docs.vobiz.ai">Vobiz documentation</a>, "Hang Up a
 * Conference".
 */
public final class VobizClient implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VobizClient.class);

  /** The header with the secret. */
  static final String TOKEN = "X-Auth-Token";

  private static final int LONGEST_TEXT = 200;

  /** How long a call that was broken off gets to notice it, before it is left behind. */
  private static final Duration LAST_WORD = Duration.ofMillis(500);

  private final CloseableHttpClient http;
  private final URI baseUrl;
  private final Duration totalTimeout;
  private final boolean dryRun;
  private final Predicate<String> notTheApi;
  private final ApiMeters meters;
  private final Clock clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** One thread looks ten times a second whose time is over; a timer for each call costs more. */
  private final Timer alarms =
      new HashedWheelTimer(Thread.ofPlatform().daemon().name("vobiz-alarms").factory());

  /**
   * @param http set up by {@link VobizConfiguration}
   * @param totalTimeout longest time of a whole call
   * @param dryRun whether to stop short of the call itself
   * @param notTheApi whether the check has found, for the account of this name, that the base URL
   *     is not the API
   */
  VobizClient(
      CloseableHttpClient http,
      URI baseUrl,
      Duration totalTimeout,
      boolean dryRun,
      Predicate<String> notTheApi,
      ApiMeters meters,
      Clock clock) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.totalTimeout = totalTimeout;
    this.dryRun = dryRun;
    this.notTheApi = notTheApi;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Ends the conference of this name, with all its members. Returns after the total timeout at the
   * latest, give or take a second.
   *
   * @param sendBefore the moment from which on the request must not be sent any more
   * @return what became of it; failures of network and API are outcomes, not exceptions
   * @throws IllegalStateException if the request could not be built; nothing was sent
   */
  public Outcome hangUp(VobizAccount account, ConferenceName name, Instant sendBefore) {
    String path = "/api/v1/Account/" + account.authId() + "/Conference/" + name.encoded() + "/";
    var request = new HttpDelete(URI.create(baseUrl.getScheme() + "://" + authority() + path));
    identify(request, account);
    request.setHeader(HttpHeaders.CONTENT_TYPE, ContentType.APPLICATION_JSON.getMimeType());

    var call = new HangUpCall(request, path, sendBefore, clock, alarms);
    if (dryRun) {
      return call.isTooLate() ? new TooLateToSend() : new DryRun();
    }
    return meters.time(account, () -> send(call, account));
  }

  private Outcome send(HangUpCall call, VobizAccount account) {
    Map<String, String> logContext = MDC.getCopyOfContextMap();
    var outcome = new CompletableFuture<Outcome>();
    CompletableFuture<Outcome> inTime = outcome.copy();
    Timeout alarm;
    Future<?> exchange;
    try {
      alarm =
          alarms.newTimeout(
              rings -> inTime.completeExceptionally(new TimeoutException()),
              totalTimeout.toMillis(),
              TimeUnit.MILLISECONDS);
      exchange =
          threads.submit(
              () -> {
                try {
                  MDC.setContextMap(logContext == null ? Map.of() : logContext);
                  outcome.complete(exchange(call, account));
                } catch (Throwable e) {
                  outcome.completeExceptionally(e);
                }
              });
    } catch (RejectedExecutionException | IllegalStateException e) {
      return new NotConnected("the worker is stopping");
    }
    try {
      return inTime.get();
    } catch (InterruptedException e) {
      Outcome last = giveUp(call, outcome, exchange, "the worker was stopped during the call");
      Thread.currentThread().interrupt();
      return last;
    } catch (ExecutionException e) {
      return e.getCause() instanceof TimeoutException
          ? giveUp(call, outcome, exchange, "no whole answer within " + seconds(totalTimeout))
          : unexpected(call, e.getCause());
    } finally {
      alarm.cancel();
    }
  }

  /** Sets what every request to the API carries. */
  static void identify(HttpRequest request, VobizAccount account) {
    request.setHeader("X-Auth-ID", account.authId());
    request.setHeader(TOKEN, account.authToken());
    request.setHeader(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON.getMimeType());
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
  }

  private String authority() {
    return baseUrl.getPort() < 0 ? baseUrl.getHost() : baseUrl.getHost() + ":" + baseUrl.getPort();
  }

  /** A call that is stuck where nothing interrupts it, such as a DNS look-up, is left behind. */
  private static Outcome giveUp(
      HangUpCall call, Future<Outcome> outcome, Future<?> exchange, String cause) {
    call.giveUp(cause);
    try {
      return outcome.get(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | InterruptedException | ExecutionException e) {
      exchange.cancel(true);
      return call.wasSent() ? new AnswerLost(cause) : new NotConnected(cause);
    }
  }

  private static Outcome unexpected(HangUpCall call, Throwable failure) {
    String cause = "unexpected " + failure.getClass().getSimpleName();
    // An exception may come from what was answered, and repeat it; an Error is the worker's own.
    if (failure instanceof Error) {
      LOG.error("A call to Vobiz failed unexpectedly.", failure);
    }
    if (call.wasSent() || failure instanceof Error) {
      return call.wasSent() ? new AnswerLost(cause) : new NotConnected(cause);
    }
    throw new IllegalStateException(
        "the request could not be built (" + failure.getClass().getSimpleName() + ")", failure);
  }

  private Outcome exchange(HangUpCall call, VobizAccount account) {
    ClassicHttpResponse response = null;
    try {
      response = http.executeOpen(null, call.request(), call.context());
      if (!call.wasSent()) {
        return new NotConnected(answeredByProxy(response));
      }
      return outcomeOf(response, account, call.path());
    } catch (IOException e) {
      String cause = call.brokenOff() == null ? causeOf(e, account) : call.brokenOff();
      if (call.wasSent()) {
        return new AnswerLost(cause);
      }
      return call.isTooLate() ? new TooLateToSend() : new NotConnected(cause);
    } finally {
      discard(call, response);
    }
  }

  static String answeredByProxy(HttpResponse response) {
    return "the proxy answered HTTP " + response.getCode();
  }

  /** A connection whose answer was read to its end is back in the pool; any other is closed. */
  private static void discard(HangUpCall call, ClassicHttpResponse response) {
    // Closing alone would read a body to its end first, and a body may have none.
    call.request().cancel();
    Closer.closeQuietly(response);
  }

  private Outcome outcomeOf(ClassicHttpResponse response, VobizAccount account, String path)
      throws IOException {
    int status = response.getCode();
    boolean success = status >= 200 && status < 300;
    // A success counts only once it was read; any other status says enough by itself.
    ErrorBody body = BodyReader.read(response.getEntity(), success);
    Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    var answer =
        new ApiAnswer(
            status,
            clean(body.code(), account),
            clean(body.message(), account),
            clean(body.requestId(), account),
            RetryAfter.parse(
                retryAfter == null ? body.retryAfter() : retryAfter.getValue(), clock.instant()));
    if (success) {
      return body.tellsOfNoFailure() ? new Succeeded(answer) : new ServerFailed(answer);
    }
    return switch (status) {
      case 401, 403 -> new CredentialsRefused(answer, baseUrl);
      case 404 ->
          body.speaksOfNoRoute(Echoes.of(baseUrl.getHost(), path))
              ? new RouteNotFound(answer, baseUrl, notTheApi.test(account.name()))
              : new NotFound(answer);
      case 408, 425, 429 -> new Throttled(answer);
      default -> {
        if (status >= 300 && status < 400) {
          yield new Redirected(answer, targetHost(response, account));
        }
        yield status >= 400 && status < 500 ? new RequestRefused(answer) : new ServerFailed(answer);
      }
    };
  }

  private static String targetHost(ClassicHttpResponse response, VobizAccount account) {
    Header location = response.getFirstHeader(HttpHeaders.LOCATION);
    if (location == null) {
      return null;
    }
    try {
      return clean(new URI(location.getValue().strip()).getHost(), account);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  static String causeOf(IOException failure, VobizAccount account) {
    String what =
        switch (failure) {
          case NotSentException e -> e.getMessage();
          case UnknownHostException e -> "the host name could not be resolved";
          case ConnectionRequestTimeoutException e -> "all connections to the API are in use";
          case ConnectTimeoutException e -> "no connection within the connect timeout";
          case NoRouteToHostException e -> "no route to the host";
          case ConnectException e -> "connection refused";
          case ClientProtocolException e -> "the answer was not valid HTTP";
          case SSLException e when CertificateAlert.in(e) != null -> CertificateAlert.in(e);
          case SSLException e when e.getCause() instanceof IOException broken ->
              "TLS failed (" + broken.getMessage() + ")";
          case SSLException e -> "TLS failed (" + e.getMessage() + ")";
          case SocketTimeoutException e -> GuardedRequestExecutor.NO_ANSWER;
          default -> "the connection broke off (" + failure.getClass().getSimpleName() + ")";
        };
    return clean(what, account);
  }

  /** Makes a text from outside fit for a log line: no token, one line, not endless. */
  static String clean(String text, VobizAccount account) {
    if (text == null) {
      return null;
    }
    String line =
        account.mask(text).replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}\\s]+", " ").strip();
    if (line.isEmpty()) {
      return null;
    }
    return line.codePointCount(0, line.length()) <= LONGEST_TEXT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  /** Closes the connections; calls under way fail. */
  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    // A call that is stuck would wait for ever for an alarm that does not ring any more.
    alarms.stop().forEach(VobizClient::ring);
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
