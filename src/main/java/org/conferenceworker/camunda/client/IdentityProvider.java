package org.conferenceworker.camunda.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camunda.client.CredentialsProvider;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.conferenceworker.log.Causes;

/**
 * Gets access tokens for the engine like the client's own provider, and names the identity provider
 * in a sentence if there is none. The client itself reports only a cancelled call.
 *
 * <p>While there is no token, one call at a time asks for one and the others fail immediately with
 * the last finding: client 8.8.14 would let each wait for its own timeout, one after the other.
 */
public class IdentityProvider implements CredentialsProvider {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Longer than any request for a token. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

  /** Shortest time between two replacements of a token that the engine refuses. */
  private static final Duration RENEWAL_PAUSE = Duration.ofSeconds(10);

  private static final Pattern STATUS = Pattern.compile("status code (\\d{3})");

  private final Supplier<CredentialsProvider> newTokens;
  private final URI address;
  private volatile CredentialsProvider tokens;

  /**
   * The client waits for the network while it holds a monitor, which pins virtual threads on Java
   * 21 to 23; so a platform thread does it.
   */
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("access-token").factory());

  private final AtomicLong askAgainAt = new AtomicLong(System.nanoTime());
  private final AtomicLong renewAgainAt = new AtomicLong(System.nanoTime());

  /** The last finding, or {@code null} if there was a token. */
  private volatile String trouble;

  /**
   * @param newTokens creates the client's own provider
   * @param address of the identity provider, for messages
   */
  public IdentityProvider(Supplier<CredentialsProvider> newTokens, URI address) {
    this.newTokens = newTokens;
    this.tokens = newTokens.get();
    this.address = address;
  }

  @Override
  public void applyCredentials(CredentialsApplier applier) throws IOException {
    String known = trouble;
    if (known != null && !isDue(askAgainAt, LONGEST_REQUEST)) {
      throw new NoAccessTokenException(known);
    }
    try {
      asker
          .submit(
              () -> {
                ask(applier, known);
                return null;
              })
          .get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * @param known the problem that this call knew of; if there is a newer one, it does not ask
   */
  private void ask(CredentialsApplier applier, String known) throws IOException {
    if (trouble != null && known == null) {
      throw new NoAccessTokenException(trouble);
    }
    try {
      tokens.applyCredentials(applier);
      trouble = null;
    } catch (IOException | RuntimeException e) {
      if (e instanceof RuntimeException) {
        // It would keep an answer without an expiry, and fail forever.
        tokens = newTokens.get();
      }
      trouble =
          "The identity provider at %s (CAMUNDA_CLIENT_AUTH_TOKENURL) gives no access token: %s"
              .formatted(withoutSecrets(address), why(e));
      askAgainAt.set(System.nanoTime() + PAUSE.toNanos());
      throw new NoAccessTokenException(trouble);
    }
  }

  /** Whether a call that the engine refused is retried immediately with a new token. */
  @Override
  public boolean shouldRetryRequest(StatusCode status) {
    if (!status.isUnauthorized() || !isDue(renewAgainAt, RENEWAL_PAUSE)) {
      return false;
    }
    try {
      return asker.submit(() -> tokens.shouldRetryRequest(status)).get();
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isDue(AtomicLong time, Duration notAgainFor) {
    long due = time.get();
    long now = System.nanoTime();
    return now - due >= 0 && time.compareAndSet(due, now + notAgainFor.toNanos());
  }

  private static String why(Exception failure) {
    String said = Causes.of(failure);
    Matcher status = STATUS.matcher(said);
    if (status.find()) {
      return switch (status.group(1)) {
        case "400", "401", "403" ->
            "it answered HTTP %s; check CAMUNDA_CLIENT_AUTH_CLIENTID, CAMUNDA_CLIENT_AUTH_CLIENTSECRET and CAMUNDA_CLIENT_AUTH_AUDIENCE"
                .formatted(status.group(1));
        default -> "it answered HTTP " + status.group(1);
      };
    }
    return switch (failure) {
      // Their messages quote the response, which may contain a token.
      case JsonProcessingException e -> "its answer is not an access token";
      case NullPointerException e -> "its answer is not an access token";
      case UnknownHostException e -> "the host name could not be resolved";
      case SocketTimeoutException e -> "it did not answer in time (" + said + ")";
      case SSLException e -> "TLS failed (" + said + ")";
      default -> said;
    };
  }

  private static String withoutSecrets(URI address) {
    String user = address.getRawUserInfo();
    String text = address.toString().replaceFirst("[?#].*", "");
    return user == null ? text : text.replace(user + "@", "");
  }
}
