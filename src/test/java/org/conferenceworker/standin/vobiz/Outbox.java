package org.conferenceworker.standin.vobiz;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.conferenceworker.standin.vobiz.CallbackOptions.Order;

/** Sends callbacks, in threads of its own. */
final class Outbox implements AutoCloseable {

  private final ExecutorService allAtOnce = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService oneByOne =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
  private final List<Delivery> started = new CopyOnWriteArrayList<>();

  /** Most stand-ins never need one. */
  private HttpClient client;

  /** Not for several threads at a time. */
  Future<?> post(Delivery delivery, URI url, CallbackOptions options) {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .proxy(HttpClient.Builder.NO_PROXY)
              .build();
    }
    ExecutorService threads = options.order() == Order.NONE ? allAtOnce : oneByOne;
    return threads.submit(
        () -> {
          started.add(delivery);
          delivery.send(client, url, options);
          return null;
        });
  }

  /** Waits until each is answered 200 or given up. */
  static void await(List<Future<?>> posted) {
    for (Future<?> delivery : posted) {
      try {
        delivery.get();
      } catch (CancellationException | ExecutionException closed) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  List<SentCallback> sent() {
    return started.stream().map(Delivery::sent).toList();
  }

  /** Breaks off what is on its way; nothing is sent afterwards. */
  @Override
  public void close() {
    allAtOnce.shutdownNow();
    // Somebody may wait for one of them.
    oneByOne.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(true));
    allAtOnce.close();
    oneByOne.close();
    if (client != null) {
      client.shutdownNow();
    }
  }
}
