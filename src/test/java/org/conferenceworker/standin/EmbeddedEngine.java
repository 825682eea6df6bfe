package org.conferenceworker.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.SetVariablesRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.SetVariablesResponse;
import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import io.camunda.zeebe.process.test.filters.RecordStream;
import io.camunda.zeebe.protocol.impl.encoding.MsgPackConverter;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.impl.record.value.usertask.UserTaskRecord;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Zeebe Process Test's in-memory engine, on loopback, with the one thing that its gateway leaves
 * out: variables of a failed job, which the real gateway sets in the scope of the job's element.
 */
public final class EmbeddedEngine implements AutoCloseable {

  private final ZeebeTestEngine engine;
  private final URI address;

  /** How far its time is ahead of the machine's, by the machine's time from which on it is. */
  private final NavigableMap<Instant, Duration> ahead =
      new ConcurrentSkipListMap<>(Map.of(Instant.MIN, Duration.ZERO));

  private EmbeddedEngine(ZeebeTestEngine engine, URI address) {
    this.engine = engine;
    this.address = address;
  }

  /** Starts on a free port of the loopback address. */
  public static EmbeddedEngine start() {
    int port = FreePort.find();
    ZeebeTestEngine engine = EngineFactory.create(port);
    // The factory's own server listens on every address of the machine.
    var gateway = (GatewayGrpc.GatewayImplBase) get(engine, "gateway");
    set(
        engine,
        "grpcServer",
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addService(ServerInterceptors.intercept(gateway, new FailVariables(gateway)))
            .build());
    engine.start();
    return new EmbeddedEngine(engine, URI.create("http://127.0.0.1:" + port));
  }

  /** Where the engine's gRPC gateway listens. */
  public URI address() {
    return address;
  }

  public CamundaClient newClient() {
    return CamundaClient.newClientBuilder()
        .grpcAddress(address)
        .preferRestOverGrpc(false)
        .applyEnvironmentVariableOverrides(false)
        .build();
  }

  /**
   * Completes a user task, as Tasklist does over REST; the engine's gateway has gRPC only, so the
   * command goes into the engine's log directly.
   */
  public void completeUserTask(long userTaskKey, Map<String, ?> variables) {
    try {
      Object writer = get(get(engine, "gateway"), "writer");
      Method write =
          writer
              .getClass()
              .getDeclaredMethod(
                  "writeCommandWithKey",
                  Long.class,
                  UnifiedRecordValue.class,
                  RecordMetadata.class);
      write.setAccessible(true);
      byte[] json = new ObjectMapper().writeValueAsBytes(variables);
      write.invoke(
          writer,
          userTaskKey,
          new UserTaskRecord()
              .setUserTaskKey(userTaskKey)
              .setVariables(
                  new UnsafeBuffer(
                      MsgPackConverter.convertToMsgPack(new String(json, StandardCharsets.UTF_8)))),
          new RecordMetadata()
              .recordType(RecordType.COMMAND)
              .valueType(ValueType.USER_TASK)
              .intent(UserTaskIntent.COMPLETE)
              .requestStreamId(1));
    } catch (ReflectiveOperationException | JsonProcessingException e) {
      throw new IllegalStateException("The test engine is built differently than expected.", e);
    }
  }

  /** Everything that happened in the engine, in order. */
  public RecordStream records() {
    return RecordStream.of(engine.getRecordStreamSource());
  }

  /** The same, but for the first so many. For one thread at a time, which nobody else reads. */
  public List<Record<?>> recordsFrom(int index) {
    var all = (List<Record<?>>) engine.getRecordStreamSource().getRecords();
    return List.copyOf(all.subList(index, all.size()));
  }

  /** Calls this, in a thread of the engine, whenever there are new {@link #records()}. */
  public void onRecords(Runnable listener) {
    ((LogStream) get(engine, "logStream")).registerRecordAvailableListener(listener::run);
  }

  /** Moves the engine's time, and {@link #clock()} with it. */
  public void increaseTime(Duration time) {
    ahead.put(Instant.now(), ahead().plus(time));
    engine.increaseTime(time);
  }

  /** The engine's time, for a worker that shall live in the same. */
  public Clock clock() {
    InstantSource now = () -> inEngineTime(Instant.now());
    return now.withZone(ZoneOffset.UTC);
  }

  /** How far the engine's time is ahead of the machine's. */
  public Duration ahead() {
    return ahead.lastEntry().getValue();
  }

  /** What the engine's time was at a moment of the machine's time. */
  public Instant inEngineTime(Instant moment) {
    return moment.plus(ahead.floorEntry(moment).getValue());
  }

  @Override
  public void close() {
    engine.stop();
  }

  private static Object get(Object object, String field) {
    try {
      Field f = object.getClass().getDeclaredField(field);
      f.setAccessible(true);
      return f.get(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The test engine is built differently than expected.", e);
    }
  }

  private static void set(Object object, String field, Object value) {
    try {
      Field f = object.getClass().getDeclaredField(field);
      f.setAccessible(true);
      f.set(object, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The test engine is built differently than expected.", e);
    }
  }

  private static final class FailVariables implements ServerInterceptor {

    private final GatewayGrpc.GatewayImplBase gateway;
    private final Map<Long, Long> elementOfJob = new ConcurrentHashMap<>();

    FailVariables(GatewayGrpc.GatewayImplBase gateway) {
      this.gateway = gateway;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      var listening =
          new SimpleForwardingServerCall<Q, A>(call) {
            @Override
            public void sendMessage(A message) {
              if (message instanceof ActivatedJob job) {
                remember(job);
              } else if (message instanceof ActivateJobsResponse jobs) {
                jobs.getJobsList().forEach(FailVariables.this::remember);
              }
              super.sendMessage(message);
            }
          };
      return new SimpleForwardingServerCallListener<>(next.startCall(listening, headers)) {
        @Override
        public void onMessage(Q message) {
          if (message instanceof FailJobRequest fail && !fail.getVariables().isEmpty()) {
            setLocally(elementOfJob.get(fail.getJobKey()), fail.getVariables());
          }
          super.onMessage(message);
        }
      };
    }

    private void remember(ActivatedJob job) {
      elementOfJob.put(job.getKey(), job.getElementInstanceKey());
    }

    private void setLocally(Long element, String variables) {
      if (element == null) {
        return;
      }
      var done = new CompletableFuture<SetVariablesResponse>();
      gateway.setVariables(
          SetVariablesRequest.newBuilder()
              .setElementInstanceKey(element)
              .setVariables(variables)
              .setLocal(true)
              .build(),
          new StreamObserver<>() {
            @Override
            public void onNext(SetVariablesResponse response) {
              done.complete(response);
            }

            @Override
            public void onError(Throwable gone) {
              // The element has been left meanwhile; the engine will say so of the job, too.
              done.complete(null);
            }

            @Override
            public void onCompleted() {}
          });
      done.join();
    }
  }
}
