package org.conferenceworker.benchmark;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A gateway that does next to nothing, so that the worker is what limits: streams jobs as fast as
 * the flow control of its streams lets it, in turn if there are several, and takes reports. Each
 * kind of worker gets a lane of its own.
 */
final class GatewayLane implements AutoCloseable {

  /** What a job carries, apart from its key. */
  interface Cargo {
    String jobType();

    String variables(long key);

    String headers();
  }

  private final Cargo cargo;
  private final Server server;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final List<Stream> streams = new CopyOnWriteArrayList<>();
  private final Deque<Job> again = new ArrayDeque<>();
  private Run run;
  private long next;
  private long upTo;
  private int turn;

  private record Stream(ServerCallStreamObserver<ActivatedJob> observer, long timeoutMillis) {}

  private record Job(long key, int retries, String variables) {}

  GatewayLane(Cargo cargo) {
    this.cargo = cargo;
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .directExecutor()
              .addService(new Gateway())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** How many streams there are for jobs of the cargo's type. */
  int streams() {
    return streams.size();
  }

  /** Lets workers have these jobs as fast as they take them. */
  synchronized void start(Run jobs) {
    run = jobs;
    next = run.firstKey;
    upTo = next + run.jobs;
    handOut();
  }

  /** Hands these jobs out at a steady pace. */
  void startSteadily(Run jobs, double perSecond) {
    synchronized (this) {
      run = jobs;
      next = run.firstKey;
      upTo = next;
    }
    Thread.ofPlatform()
        .start(
            () -> {
              long start = System.nanoTime();
              for (int i = 0; i < jobs.jobs; i++) {
                long due = start + (long) (i * 1e9 / perSecond);
                for (long wait; (wait = due - System.nanoTime()) > 0; ) {
                  LockSupport.parkNanos(wait);
                }
                synchronized (this) {
                  upTo++;
                  handOut();
                }
              }
            });
  }

  /**
   * Strictly in turn: whoever reads a little faster must not get more than the others, or a round
   * would measure how long that one takes for it.
   */
  private synchronized void handOut() {
    while (!streams.isEmpty()) {
      Stream stream = streams.get(turn % streams.size());
      if (!stream.observer().isReady()) {
        return;
      }
      Job job = next < upTo ? new Job(next++, 3, null) : again.poll();
      if (job == null) {
        return;
      }
      turn++;
      run.handedOut(job.key());
      stream.observer().onNext(toActivated(job, stream.timeoutMillis()));
    }
  }

  private ActivatedJob toActivated(Job job, long timeoutMillis) {
    return ActivatedJob.newBuilder()
        .setKey(job.key())
        .setType(cargo.jobType())
        .setProcessInstanceKey(2251799813685249L + job.key())
        .setBpmnProcessId("process")
        .setProcessDefinitionVersion(1)
        .setElementId("HangUp")
        .setElementInstanceKey(4503599627370497L + job.key())
        .setCustomHeaders(cargo.headers())
        .setWorker("worker")
        .setRetries(job.retries())
        .setDeadline(System.currentTimeMillis() + timeoutMillis)
        .setVariables(job.variables() == null ? cargo.variables(job.key()) : job.variables())
        .setTenantId("<default>")
        .build();
  }

  private synchronized void handOutAgain(Job job) {
    again.add(job);
    handOut();
  }

  @Override
  public void close() {
    later.shutdownNow();
    server.shutdownNow();
  }

  private final class Gateway extends GatewayGrpc.GatewayImplBase {

    @Override
    public void topology(TopologyRequest request, StreamObserver<TopologyResponse> observer) {
      observer.onNext(TopologyResponse.newBuilder().setClusterSize(1).build());
      observer.onCompleted();
    }

    /** Long polling, in vain: every job goes over a stream. */
    @Override
    public void activateJobs(
        ActivateJobsRequest request, StreamObserver<ActivateJobsResponse> observer) {
      var call = (ServerCallStreamObserver<ActivateJobsResponse>) observer;
      call.setOnCancelHandler(() -> {});
      later.schedule(
          () -> {
            if (!call.isCancelled()) {
              call.onNext(ActivateJobsResponse.getDefaultInstance());
              call.onCompleted();
            }
          },
          Math.clamp(request.getRequestTimeout() - 500, 1000, 10_000),
          TimeUnit.MILLISECONDS);
    }

    @Override
    public void streamActivatedJobs(
        StreamActivatedJobsRequest request, StreamObserver<ActivatedJob> observer) {
      if (!request.getType().equals(cargo.jobType())) {
        // A worker's other tasks, which have nothing to do.
        return;
      }
      var stream =
          new Stream((ServerCallStreamObserver<ActivatedJob>) observer, request.getTimeout());
      stream
          .observer()
          .setOnCancelHandler(
              () -> {
                streams.remove(stream);
                handOut();
              });
      stream.observer().setOnReadyHandler(GatewayLane.this::handOut);
      streams.add(stream);
      handOut();
    }

    @Override
    public void completeJob(
        CompleteJobRequest request, StreamObserver<CompleteJobResponse> observer) {
      run.done(request.getJobKey());
      observer.onNext(CompleteJobResponse.getDefaultInstance());
      observer.onCompleted();
    }

    @Override
    public void failJob(FailJobRequest request, StreamObserver<FailJobResponse> observer) {
      run.failed.incrementAndGet();
      if (request.getRetries() > 0) {
        String variables = cargo.variables(request.getJobKey());
        String more = request.getVariables();
        var job =
            new Job(
                request.getJobKey(),
                request.getRetries(),
                more.length() > 2
                    ? variables.substring(0, variables.length() - 1) + "," + more.substring(1)
                    : variables);
        later.schedule(() -> handOutAgain(job), request.getRetryBackOff(), TimeUnit.MILLISECONDS);
      } else {
        run.unexpected.incrementAndGet();
      }
      observer.onNext(FailJobResponse.getDefaultInstance());
      observer.onCompleted();
    }

    @Override
    public void throwError(ThrowErrorRequest request, StreamObserver<ThrowErrorResponse> observer) {
      run.unexpected.incrementAndGet();
      observer.onNext(ThrowErrorResponse.getDefaultInstance());
      observer.onCompleted();
    }
  }
}
