package org.conferenceworker.standin;

import com.google.protobuf.GeneratedMessage;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An engine for one job at a time: hands it out, takes reports about it, times it out, backs off
 * and raises incidents by Zeebe's rules, in virtual time. Reports can be made to get lost on their
 * way, or their answers on the way back.
 */
public final class OneJobEngine implements AutoCloseable {

  /** What becomes of one report. */
  public enum Delivery {
    TAKEN,
    /** Never arrives; the worker is told UNAVAILABLE. */
    LOST,
    /** The engine pushes back; the worker is told RESOURCE_EXHAUSTED. */
    PUSHED_BACK,
    /** Arrives and counts, but the worker is told UNAVAILABLE. */
    ANSWER_LOST,
    /** Arrives and counts, but the worker is told DEADLINE_EXCEEDED. */
    ANSWER_LATE,
    /** Another worker with a copy of the job has just failed it, with a second of back-off. */
    FAILED_BY_ANOTHER
  }

  /** Where the job stands. */
  public enum State {
    ACTIVATABLE,
    ACTIVATED,
    BACKING_OFF,
    INCIDENT,
    COMPLETED,
    ERROR_THROWN
  }

  private final VirtualClock clock;
  private final Duration lease;
  private final Server server;
  private final Deque<Delivery> deliveries = new ArrayDeque<>();
  private final List<GeneratedMessage> effective = new ArrayList<>();
  private boolean cutOff;
  private ActivatedJob job;
  private State state;
  private Instant until;

  public OneJobEngine(VirtualClock clock, Duration lease) {
    this.clock = clock;
    this.lease = lease;
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(new Gateway())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public CamundaClient newClient() {
    return CamundaClient.newClientBuilder()
        .grpcAddress(URI.create("http://127.0.0.1:" + server.getPort()))
        .preferRestOverGrpc(false)
        .applyEnvironmentVariableOverrides(false)
        .build();
  }

  /** Takes the job from this engine, as a worker does that polls. */
  public io.camunda.client.api.response.ActivatedJob activate(CamundaClient client) {
    return client
        .newActivateJobsCommand()
        .jobType("any")
        .maxJobsToActivate(1)
        .timeout(lease)
        .send()
        .join()
        .getJobs()
        .getFirst();
  }

  /** A new job in place of the last. */
  public synchronized void newJob(ActivatedJob job) {
    this.job = job;
    state = State.ACTIVATABLE;
    effective.clear();
    deliveries.clear();
    cutOff = false;
  }

  /** What becomes of the next reports; those after them are taken. */
  public synchronized void deliver(List<Delivery> next) {
    deliveries.clear();
    deliveries.addAll(next);
    cutOff = false;
  }

  /** The engine did not see that the job arrived, and hands it out once more, inside its lease. */
  public synchronized void handOutAgain() {
    if (state == State.ACTIVATED) {
      state = State.ACTIVATABLE;
    }
  }

  /** Nothing that the worker says arrives any more. */
  public synchronized void cutOff() {
    cutOff = true;
  }

  public synchronized State state() {
    boolean over = state == State.ACTIVATED || state == State.BACKING_OFF;
    if (over && !clock.peek().isBefore(until)) {
      state = State.ACTIVATABLE;
    }
    return state;
  }

  /** When the lease or the back-off ends. */
  public synchronized Instant until() {
    return until;
  }

  /** The reports about the job that counted, in order. */
  public synchronized List<GeneratedMessage> effective() {
    return List.copyOf(effective);
  }

  /** As a person does in Operate. */
  public synchronized void resolveIncident() {
    job = job.toBuilder().setRetries(3).build();
    state = State.ACTIVATABLE;
  }

  @Override
  public void close() {
    try {
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized <A> void take(
      GeneratedMessage report, Runnable effect, A positive, StreamObserver<A> observer) {
    Delivery delivery = cutOff ? Delivery.LOST : deliveries.poll();
    Status status =
        switch (delivery) {
          case LOST -> Status.UNAVAILABLE;
          case PUSHED_BACK -> Status.RESOURCE_EXHAUSTED;
          case ANSWER_LOST -> Status.UNAVAILABLE;
          case ANSWER_LATE -> Status.DEADLINE_EXCEEDED;
          case TAKEN, FAILED_BY_ANOTHER -> Status.OK;
          case null -> Status.OK;
        };
    if (delivery == Delivery.FAILED_BY_ANOTHER
        && (state() == State.ACTIVATED || state() == State.ACTIVATABLE)) {
      state = State.BACKING_OFF;
      until = clock.peek().plusSeconds(1);
    }
    if (delivery != Delivery.LOST && delivery != Delivery.PUSHED_BACK) {
      switch (state()) {
        case COMPLETED, ERROR_THROWN -> status = status.isOk() ? Status.NOT_FOUND : status;
        case BACKING_OFF, INCIDENT -> status = status.isOk() ? Status.FAILED_PRECONDITION : status;
        case ACTIVATABLE, ACTIVATED -> {
          effective.add(report);
          effect.run();
        }
      }
    }
    if (status.isOk()) {
      observer.onNext(positive);
      observer.onCompleted();
    } else {
      observer.onError(status.asRuntimeException());
    }
  }

  private final class Gateway extends GatewayGrpc.GatewayImplBase {

    @Override
    public void activateJobs(
        ActivateJobsRequest request, StreamObserver<ActivateJobsResponse> observer) {
      synchronized (OneJobEngine.this) {
        if (state() == State.ACTIVATABLE) {
          state = State.ACTIVATED;
          until = clock.peek().plus(lease);
          job = job.toBuilder().setDeadline(until.toEpochMilli()).build();
          observer.onNext(ActivateJobsResponse.newBuilder().addJobs(job).build());
        }
      }
      observer.onCompleted();
    }

    @Override
    public void completeJob(
        CompleteJobRequest request, StreamObserver<CompleteJobResponse> observer) {
      take(
          request,
          () -> state = State.COMPLETED,
          CompleteJobResponse.getDefaultInstance(),
          observer);
    }

    @Override
    public void throwError(ThrowErrorRequest request, StreamObserver<ThrowErrorResponse> observer) {
      take(
          request,
          () -> state = State.ERROR_THROWN,
          ThrowErrorResponse.getDefaultInstance(),
          observer);
    }

    @Override
    public void failJob(FailJobRequest request, StreamObserver<FailJobResponse> observer) {
      take(
          request,
          () -> {
            job =
                job.toBuilder()
                    .setRetries(request.getRetries())
                    .setVariables(merged(job.getVariables(), request.getVariables()))
                    .build();
            state = request.getRetries() > 0 ? State.BACKING_OFF : State.INCIDENT;
            until = clock.peek().plusMillis(request.getRetryBackOff());
          },
          FailJobResponse.getDefaultInstance(),
          observer);
    }
  }

  /** Both are JSON objects; the second one's keys win because they come last. */
  private static String merged(String variables, String more) {
    return Arrays.asList("{}", "").contains(more)
        ? variables
        : variables.substring(0, variables.length() - 1) + "," + more.substring(1);
  }
}
