package org.conferenceworker.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.trace.Spans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What a collector of traces gets. */
class TracesTest {

  private static final Duration EXPORTED_WITHIN = Duration.ofSeconds(60);

  /** Of opentelemetry/proto/trace/v1/trace.proto, what is looked at. */
  private record Span(ByteString trace, ByteString id, ByteString parent, String name, long kind) {

    static Stream<Span> in(byte[] request) {
      try {
        return Stream.of(UnknownFieldSet.parseFrom(request))
            .flatMap(export -> below(export, 1)) // resource_spans
            .flatMap(resource -> below(resource, 2)) // scope_spans
            .flatMap(scope -> below(scope, 2)) // spans
            .map(
                span ->
                    new Span(
                        bytes(span, 1),
                        bytes(span, 2),
                        bytes(span, 4),
                        bytes(span, 5).toStringUtf8(),
                        span.getField(6).getVarintList().getFirst()));
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Stream<UnknownFieldSet> below(UnknownFieldSet message, int field) {
      return message.getField(field).getLengthDelimitedList().stream()
          .map(
              bytes -> {
                try {
                  return UnknownFieldSet.parseFrom(bytes);
                } catch (InvalidProtocolBufferException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }

    private static ByteString bytes(UnknownFieldSet message, int field) {
      return message.getField(field).getLengthDelimitedList().stream()
          .findFirst()
          .orElse(ByteString.EMPTY);
    }
  }

  @RegisterExtension private final StandIns standIns = new StandIns();
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private final List<Span> exported = new CopyOnWriteArrayList<>();
  private HttpServer collector;
  private ConfigurableApplicationContext worker;

  @BeforeEach
  void startCollector() throws IOException {
    vobiz.room("MA_1", "room");
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          Span.in(exchange.getRequestBody().readAllBytes()).forEach(exported::add);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    standIns.closing(() -> collector.stop(0));
  }

  private void start(String... settings) {
    var all = new ArrayList<>(List.of(settings));
    all.add(
        "--management.otlp.tracing.endpoint=http://127.0.0.1:"
            + collector.getAddress().getPort()
            + "/v1/traces");
    worker = standIns.startWorker(all.toArray(String[]::new));
    gateway.handOut(
        GatewayStandIn.job(1, "{\"conferenceName\":\"room\"}", 3, Duration.ofMinutes(1)));
    await().until(() -> gateway.accepted().size() == 1);
  }

  @Test
  void haveASpanForTheJob_withTheCallBelowIt_ifTheOperatorSaysSo() {
    start("--management.tracing.enabled=true");

    await().atMost(EXPORTED_WITHIN).until(() -> exported.size() == 2);
    Span job =
        exported.stream()
            .filter(s -> s.name().equals("hang up conference"))
            .findFirst()
            .orElseThrow();
    Span call =
        exported.stream()
            .filter(s -> s.name().equals("DELETE Conference"))
            .findFirst()
            .orElseThrow();
    assertThat(call.trace()).isEqualTo(job.trace());
    assertThat(call.parent()).isEqualTo(job.id());
    assertThat(job.parent()).isEqualTo(ByteString.EMPTY);
    // SPAN_KIND_CONSUMER and SPAN_KIND_CLIENT.
    assertThat(job.kind()).isEqualTo(5);
    assertThat(call.kind()).isEqualTo(3);
    assertThat(vobiz.requests().getFirst().headerLines())
        .noneMatch(line -> line.toLowerCase().contains("trace"));
  }

  @Test
  void areNotMade_unlessTheOperatorSaysSo() {
    start();

    assertThat(worker.getBean(Spans.class).tracer()).isSameAs(Tracer.NOOP);
    worker.close();
    assertThat(exported).isEmpty();
  }
}
