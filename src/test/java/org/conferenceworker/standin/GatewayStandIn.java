package org.conferenceworker.standin;

import com.google.protobuf.GeneratedMessage;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BrokerInfo;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A Zeebe gateway on loopback that hands out the jobs it is given and writes down what it is told
 * about them. It can be told to answer reports with a gRPC status instead.
 */
public final class GatewayStandIn implements AutoCloseable {

  private static final String HANG_UP = "vobiz:hang-up-conference:1";

  /** A worker's stream of jobs of one type. */
  private record JobStream(String type, ServerCallStreamObserver<ActivatedJob> worker) {}

  private final Server server;
  private final Deque<JobStream> streams = new ConcurrentLinkedDeque<>();
  private final Deque<ActivatedJob> waiting = new ConcurrentLinkedDeque<>();
  private final Deque<ActivatedJob> forPolls = new ConcurrentLinkedDeque<>();
  private final Deque<Status> nextAnswers = new ConcurrentLinkedDeque<>();
  private final List<GeneratedMessage> received = new CopyOnWriteArrayList<>();
  private final List<GeneratedMessage> accepted = new CopyOnWriteArrayList<>();
  private final Set<Set<String>> tenantsPolled = ConcurrentHashMap.newKeySet();
  private final Set<Set<String>> tenantsStreamed = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile Status everyAnswer;
  private int handedOut;
  private int mostUnderWay;

  private final String scheme;

  private GatewayStandIn(int port, SslContext tls) throws IOException {
    scheme = tls == null ? "http" : "https";
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .sslContext(tls)
            .addService(new Gateway())
            .build()
            .start();
  }

  /** Starts on a free port of the loopback address. */
  public static GatewayStandIn start() {
    return startAt(0);
  }

  /** Starts where another one was, as a gateway does that is restarted. */
  public static GatewayStandIn startAt(int port) {
    return start(port, null);
  }

  /** Starts on a free port, and speaks TLS only. */
  public static GatewayStandIn startWith(SslContext tls) {
    return start(0, tls);
  }

  private static GatewayStandIn start(int port, SslContext tls) {
    try {
      return new GatewayStandIn(port, tls);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI address() {
    return URI.create(scheme + "://127.0.0.1:" + server.getPort());
  }

  public CamundaClient newClient() {
    return CamundaClient.newClientBuilder()
        .grpcAddress(address())
        .preferRestOverGrpc(false)
        .applyEnvironmentVariableOverrides(false)
        .build();
  }

  /** A job of the "Hang up conference" task, leased from now on. */
  public static ActivatedJob job(long key, String variables, int retries, Duration lease) {
    return ActivatedJob.newBuilder()
        .setKey(key)
        .setType(HANG_UP)
        .setProcessInstanceKey(1000 + key)
        .setBpmnProcessId("process")
        .setProcessDefinitionVersion(1)
        .setElementId("HangUp")
        .setElementInstanceKey(2000 + key)
        .setCustomHeaders("{}")
        .setWorker("worker")
        .setRetries(retries)
        .setDeadline(Instant.now().plus(lease).toEpochMilli())
        .setVariables(variables)
        .setTenantId("<default>")
        .build();
  }

  /**
   * Hands the job to a worker: over the newest open stream as soon as that takes more, or to the
   * next worker that asks.
   */
  public void handOut(ActivatedJob job) {
    waiting.add(job);
    handOutOverStream();
  }

  /** Hands the job to the next worker that polls, as an engine does that could not push it. */
  public void handOutToPoll(ActivatedJob job) {
    forPolls.add(job);
  }

  private synchronized void handOutOverStream() {
    for (var newest = streams.descendingIterator(); newest.hasNext(); ) {
      JobStream stream = newest.next();
      while (stream.worker().isReady()
          && next(waiting, stream.type()) instanceof ActivatedJob job) {
        stream.worker().onNext(job);
      }
    }
  }

  private synchronized ActivatedJob next(Deque<ActivatedJob> jobs, String type) {
    for (var each = jobs.iterator(); each.hasNext(); ) {
      ActivatedJob job = each.next();
      if (job.getType().equals(type)) {
        each.remove();
        handedOut++;
        mostUnderWay = Math.max(mostUnderWay, handedOut - received.size());
        return job;
      }
    }
    return null;
  }

  /** How many jobs were handed out. */
  public synchronized int handedOut() {
    return handedOut;
  }

  /** How many jobs at a time, at most, were handed out and not reported yet. */
  public synchronized int mostUnderWay() {
    return mostUnderWay;
  }

  /** Answers the next reports with these, one each; a status OK means that the report is taken. */
  public void answerReportsWith(Status... statuses) {
    nextAnswers.addAll(Arrays.asList(statuses));
  }

  public void stopAnsweringWithErrors() {
    nextAnswers.clear();
  }

  /** Answers every report with this status from now on, until it is null. */
  public void answerEveryReportWith(Status status) {
    everyAnswer = status;
  }

  /** From now on every call is accepted, and none is answered. */
  public void fallSilent() {
    silent = true;
  }

  /** Answers calls again that arrive from now on. */
  public void answerAgain() {
    silent = false;
  }

  /** Every report that arrived, whatever it was answered. */
  public List<GeneratedMessage> received() {
    return received;
  }

  /** The reports that were taken. */
  public List<GeneratedMessage> accepted() {
    return accepted;
  }

  /** The messages that were taken. */
  public List<PublishMessageRequest> published() {
    return accepted.stream()
        .filter(PublishMessageRequest.class::isInstance)
        .map(PublishMessageRequest.class::cast)
        .toList();
  }

  /** For which tenants jobs were polled. */
  public Set<Set<String>> tenantsPolled() {
    return tenantsPolled;
  }

  /** For which tenants streams were opened. */
  public Set<Set<String>> tenantsStreamed() {
    return tenantsStreamed;
  }

  /** Whether jobs of the "Hang up conference" task can be pushed. */
  public boolean hasOpenStream() {
    return hasOpenStream(HANG_UP);
  }

  /** Whether jobs of this type can be pushed. */
  public boolean hasOpenStream(String type) {
    return streams.stream().anyMatch(stream -> stream.type().equals(type));
  }

  @Override
  public void close() {
    try {
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private <A> void answer(GeneratedMessage report, A positive, StreamObserver<A> observer) {
    received.add(report);
    if (silent) {
      return;
    }
    Status status = everyAnswer == null ? nextAnswers.poll() : everyAnswer;
    if (status == null || status.isOk()) {
      accepted.add(report);
      observer.onNext(positive);
      observer.onCompleted();
    } else {
      observer.onError(status.asRuntimeException());
    }
  }

  private final class Gateway extends GatewayGrpc.GatewayImplBase {

    @Override
    public void topology(TopologyRequest request, StreamObserver<TopologyResponse> observer) {
      if (silent) {
        return;
      }
      observer.onNext(
          TopologyResponse.newBuilder()
              .setClusterSize(1)
              .addBrokers(BrokerInfo.newBuilder().setHost("127.0.0.1"))
              .build());
      observer.onCompleted();
    }

    @Override
    public void activateJobs(
        ActivateJobsRequest request, StreamObserver<ActivateJobsResponse> observer) {
      tenantsPolled.add(Set.copyOf(request.getTenantIdsList()));
      if (silent) {
        return;
      }
      var jobs = ActivateJobsResponse.newBuilder();
      for (int i = 0; i < request.getMaxJobsToActivate(); i++) {
        ActivatedJob job = next(forPolls, request.getType());
        job = job == null ? next(waiting, request.getType()) : job;
        if (job == null) {
          break;
        }
        jobs.addJobs(job);
      }
      observer.onNext(jobs.build());
      observer.onCompleted();
    }

    @Override
    public void streamActivatedJobs(
        StreamActivatedJobsRequest request, StreamObserver<ActivatedJob> observer) {
      var call = (ServerCallStreamObserver<ActivatedJob>) observer;
      tenantsStreamed.add(Set.copyOf(request.getTenantIdsList()));
      var stream = new JobStream(request.getType(), call);
      call.setOnCancelHandler(() -> streams.remove(stream));
      call.setOnReadyHandler(GatewayStandIn.this::handOutOverStream);
      streams.add(stream);
      handOutOverStream();
    }

    @Override
    public void completeJob(
        CompleteJobRequest request, StreamObserver<CompleteJobResponse> observer) {
      answer(request, CompleteJobResponse.getDefaultInstance(), observer);
    }

    /** As the engine does, takes a message with an id once. */
    @Override
    public void publishMessage(
        PublishMessageRequest request, StreamObserver<PublishMessageResponse> observer) {
      boolean known =
          published().stream()
              .anyMatch(
                  taken ->
                      taken.getName().equals(request.getName())
                          && taken.getCorrelationKey().equals(request.getCorrelationKey())
                          && taken.getMessageId().equals(request.getMessageId()));
      if (known) {
        received.add(request);
        observer.onError(Status.ALREADY_EXISTS.asRuntimeException());
      } else {
        answer(request, PublishMessageResponse.getDefaultInstance(), observer);
      }
    }

    @Override
    public void failJob(FailJobRequest request, StreamObserver<FailJobResponse> observer) {
      answer(request, FailJobResponse.getDefaultInstance(), observer);
    }

    @Override
    public void throwError(ThrowErrorRequest request, StreamObserver<ThrowErrorResponse> observer) {
      answer(request, ThrowErrorResponse.getDefaultInstance(), observer);
    }
  }
}
