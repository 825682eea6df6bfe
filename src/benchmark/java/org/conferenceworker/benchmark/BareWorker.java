package org.conferenceworker.benchmark;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;

/**
 * The same work as this worker's, with nothing around it: Camunda's client and HttpClient 5, a
 * virtual thread for each job, one DELETE, and the engine's answer to the completion is waited for.
 * Nothing is checked, decided, guarded, measured or written down.
 */
public final class BareWorker {

  private final String api;
  private final CloseableHttpClient http;

  /** What is in a stream's window comes in any case; so many are worked on at a time. */
  private final Semaphore places;

  private BareWorker(String api, int calls) {
    this.api = api;
    places = new Semaphore(calls);
    http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                    .setMaxConnPerRoute(calls)
                    .setMaxConnTotal(calls)
                    .build())
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableAuthCaching()
            .build();
  }

  public static void main(String[] args) {
    int calls = Integer.parseInt(args[3]);
    var worker = new BareWorker(args[2], calls);
    var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    CamundaClient.newClientBuilder()
        .grpcAddress(URI.create(args[0]))
        .preferRestOverGrpc(false)
        .applyEnvironmentVariableOverrides(false)
        .build()
        .newWorker()
        .jobType(args[1])
        .handler((client, job) -> worker.begin(threads, client, job))
        .maxJobsActive(calls)
        .timeout(Duration.ofSeconds(60))
        .streamEnabled(true)
        .streamTimeout(Duration.ofHours(1))
        .open();
  }

  private void begin(Executor threads, JobClient client, ActivatedJob job)
      throws InterruptedException {
    places.acquire();
    threads.execute(
        () -> {
          try {
            hangUp(client, job);
          } catch (Exception e) {
            e.printStackTrace();
          } finally {
            places.release();
          }
        });
  }

  private void hangUp(JobClient client, ActivatedJob job) throws Exception {
    Object name = job.getVariablesAsMap().get("conferenceName");
    var request = new HttpDelete(api + "/api/v1/Account/MA_1/Conference/" + name + "/");
    request.setHeader("X-Auth-ID", "MA_1");
    request.setHeader("X-Auth-Token", "token");
    request.setHeader("Content-Type", "application/json");
    int status = http.execute(request, response -> response.getCode());
    client
        .newCompleteCommand(job)
        .variables(Map.of("hangUpResult", Map.of("httpStatus", status)))
        .send()
        .join();
  }
}
