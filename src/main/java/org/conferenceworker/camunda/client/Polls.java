package org.conferenceworker.camunda.client;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;

/** Counts the client's polls for jobs, over gRPC or REST. */
public class Polls implements ClientInterceptor, AsyncExecChainHandler {

  private static final String GRPC_METHOD = "ActivateJobs";
  private static final String REST_PATH = "/jobs/activation";

  /** By job type: one type's polling may end while another's goes on. */
  private final Map<String, AtomicLong> byType = new ConcurrentHashMap<>();

  /** Of those over REST, where the job type is in a body that can be read only once. */
  private final AtomicLong ofAnyType = new AtomicLong();

  /** How many polls for jobs of this type were begun. */
  public long begun(String jobType) {
    return ofAnyType.get() + polls(jobType).get();
  }

  private AtomicLong polls(String jobType) {
    return byType.computeIfAbsent(jobType, type -> new AtomicLong());
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    ClientCall<Q, A> call = next.newCall(method, options);
    if (!GRPC_METHOD.equals(method.getBareMethodName())) {
      return call;
    }
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void sendMessage(Q message) {
        super.sendMessage(message);
        if (message instanceof ActivateJobsRequest poll) {
          polls(poll.getType()).incrementAndGet();
        }
      }
    };
  }

  @Override
  public void execute(
      HttpRequest request,
      AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    chain.proceed(request, body, scope, callback);
    if (request.getPath().endsWith(REST_PATH)) {
      ofAnyType.incrementAndGet();
    }
  }
}
