package org.conferenceworker.standin.vobiz;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.conferenceworker.standin.vobiz.CallbackOptions.Order;

/** Tells who enters and leaves conferences, to those who want to know. */
final class Callbacks implements AutoCloseable {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /**
   * Who is told.
   *
   * @param signed the URL over which is signed
   * @param sentTo where a proxy would hand it on to
   */
  private record Address(URI signed, URI sentTo) {}

  private final UnaryOperator<String> tokens;
  private final Runnable answered;
  private final Map<String, String> mainTokens = new ConcurrentHashMap<>();
  private final Map<String, Address> addresses = new ConcurrentHashMap<>();
  private volatile CallbackOptions options = CallbackOptions.asVobizDoes();
  private volatile Outbox outbox = new Outbox();

  /**
   * @param tokens by auth id
   * @param answered is told of each answer to a callback, and if there was none in time
   */
  Callbacks(UnaryOperator<String> tokens, Runnable answered) {
    this.tokens = tokens;
    this.answered = answered;
  }

  void address(String authId, URI signed, URI sentTo) {
    addresses.put(authId, new Address(signed, sentTo));
  }

  /** Nobody of this account is told any more. */
  void silence(String authId) {
    addresses.remove(authId);
  }

  void mainAccount(String authId, String mainToken) {
    mainTokens.put(authId, mainToken);
  }

  void options(CallbackOptions newOptions) {
    options = newOptions;
  }

  /** A request has been carried out, but not yet answered. */
  void carriedOut(Request request, List<MemberEvent> news) {
    switch (options.moment()) {
      case AT_ONCE -> send(news);
      case BEFORE_ANSWER -> Outbox.await(send(news));
      case AFTER_ANSWER -> request.keep(news);
    }
  }

  void answered(Request request) {
    send(request.kept());
  }

  synchronized List<Future<?>> send(List<MemberEvent> news) {
    CallbackOptions how = options;
    List<Future<?>> posted = new ArrayList<>();
    for (MemberEvent event : how.order() == Order.REVERSED ? news.reversed() : news) {
      Address address = addresses.get(event.authId());
      for (int copy = 1; address != null && copy <= how.copies(); copy++) {
        posted.add(outbox.post(delivery(event, address, how), address.sentTo(), how));
      }
    }
    return posted;
  }

  private Delivery delivery(MemberEvent event, Address address, CallbackOptions how) {
    var fields = new LinkedHashMap<>(event.fields());
    fields.put("timestamp", TIMESTAMP.format(Instant.now()));
    return new Delivery(
        fields,
        CallbackHeaders.of(
            address.signed(),
            tokens.apply(event.authId()),
            mainTokens.get(event.authId()),
            how.signed()),
        answered);
  }

  List<SentCallback> sent() {
    return outbox.sent();
  }

  /** Whatever is on its way is sent no more. */
  synchronized void reset() {
    options = CallbackOptions.asVobizDoes();
    outbox.close();
    outbox = new Outbox();
  }

  @Override
  public synchronized void close() {
    addresses.clear();
    outbox.close();
  }
}
