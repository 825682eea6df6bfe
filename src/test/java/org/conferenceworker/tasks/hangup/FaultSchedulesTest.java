package org.conferenceworker.tasks.hangup;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.GeneratedMessage;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.standin.OneJobEngine;
import org.conferenceworker.standin.OneJobEngine.Delivery;
import org.conferenceworker.standin.OneJobEngine.State;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.standin.VirtualClock;
import org.conferenceworker.standin.VobizStandIn;
import org.conferenceworker.standin.VobizStandIn.Replies;
import org.conferenceworker.standin.VobizStandIn.Reply;
import org.conferenceworker.vobiz.ApiClients;
import org.conferenceworker.vobiz.VobizClient;
import org.slf4j.LoggerFactory;

/**
 * Whatever happens in whatever order, the promises of docs/reliability.md hold: generated schedules
 * of faults of the API, the network, the engine, the clock and the worker process, against the real
 * worker on real sockets, in virtual time.
 *
 * <p>jqwik prints the seed and a shrunken sample of a failure; {@code seed = "…"} in
 * {@code @Property} replays it.
 */
class FaultSchedulesTest {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(15);
  private static final String PATH = "DELETE /api/v1/Account/MA_1/Conference/Team%20meeting/";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the API, or the way to it, does with a request. */
  enum Api {
    HONEST,
    STATUS,
    RESET,
    HANG,
    DRIP,
    CUT_OFF_BODY,
    GARBAGE,
    REFUSED,
    NO_SUCH_HOST,
    UNKNOWN_AUTHORITY,
    OTHER_HOST
  }

  enum Crash {
    NONE,
    /** kill -9 when the request has arrived at the API. */
    KILLED_DURING_CALL,
    /** kill -9 before the report leaves. */
    KILLED_BEFORE_REPORT,
    /** SIGTERM when the request has arrived at the API; another process goes on. */
    STOPPED_DURING_CALL
  }

  /** When a second copy of the job, which the engine handed out inside the lease, is begun. */
  enum SecondCopy {
    NONE,
    /** While the first copy's request is under way. */
    MEANWHILE,
    /** Once the first copy has been reported. */
    AFTERWARDS
  }

  /**
   * One attempt's worth of bad luck.
   *
   * @param endsTheRoom whether a request that is not answered as it should still ends the
   *     conference
   * @param jumpAfter after how many looks at the clock this process is put aside, and for how long
   * @param reopened whether the next meeting begins under the same name after this attempt
   * @param resolved whether a person resolves the incident, if this attempt raised one
   */
  record Luck(
      Api api,
      int status,
      String body,
      String retryAfter,
      boolean endsTheRoom,
      List<Delivery> reports,
      int jumpAfter,
      Duration jump,
      Crash crash,
      SecondCopy secondCopy,
      boolean reopened,
      boolean resolved) {

    static final Luck GOOD =
        new Luck(
            Api.HONEST,
            0,
            "",
            null,
            true,
            List.of(),
            0,
            Duration.ZERO,
            Crash.NONE,
            SecondCopy.NONE,
            false,
            false);
  }

  record Schedule(boolean roomExists, String onNotFound, String validFor, List<Luck> attempts) {}

  /** What was seen of an attempt. */
  private static final class Attempt {
    final Instant leaseEnd;
    final CountDownLatch requested = new CountDownLatch(1);
    volatile boolean over;
    Instant requestedWhen;
    boolean endedTheRoom;
    boolean answeredWithSuccess;
    boolean answeredWithNotFound;
    boolean reported;

    /** The index of the attempt in which the process died that alone knew of this one. */
    int forgottenIn = Integer.MAX_VALUE;

    Attempt(Instant leaseEnd) {
      this.leaseEnd = leaseEnd;
    }
  }

  private static final VirtualClock CLOCK = new VirtualClock(Instant.parse("2026-11-22T19:00:00Z"));
  private static final VobizProperties SETTINGS =
      Settings.vobiz("vobiz.auth-id=MA_1", "vobiz.auth-token=token");
  private static final LastLook LAST_LOOK = new LastLook();
  private static final AtomicLong KEYS = new AtomicLong();
  private static VobizStandIn vobiz;
  private static VobizStandIn untrusted;
  private static OneJobEngine engine;
  private static CamundaClient client;
  private static Map<Api, VobizClient> ways;
  private static VobizClient patient;
  private static VobizClient hasty;

  @BeforeContainer
  static void start() throws IOException {
    logLevel(Level.OFF);
    vobiz = VobizStandIn.start();
    vobiz.account("MA_1", "token");
    var authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    var certificate =
        new HeldCertificate.Builder()
            .signedBy(authority)
            .addSubjectAlternativeName("127.0.0.1")
            .build();
    ServerSocketFactory tls =
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .build()
            .sslContext()
            .getServerSocketFactory();
    untrusted = VobizStandIn.start(tls, "https");
    engine = new OneJobEngine(CLOCK, LEASE);
    client = engine.newClient();

    DnsResolver real = SystemDefaultDnsResolver.INSTANCE;
    patient = ApiClients.client(vobiz.baseUrl(), real, CLOCK);
    hasty =
        ApiClients.client(
            vobiz.baseUrl(),
            real,
            LAST_LOOK,
            "vobiz.http.response-timeout=30ms",
            "vobiz.http.total-timeout=60ms");
    ways =
        Map.of(
            Api.HANG, hasty,
            Api.DRIP, hasty,
            Api.REFUSED,
                ApiClients.client(URI.create("http://127.0.0.1:" + closedPort()), real, CLOCK),
            Api.NO_SUCH_HOST,
                ApiClients.client(URI.create("http://api.example"), new NoHost(), CLOCK),
            Api.UNKNOWN_AUTHORITY, ApiClients.client(untrusted.baseUrl(), real, CLOCK),
            Api.OTHER_HOST,
                ApiClients.client(
                    URI.create("https://localhost:" + untrusted.baseUrl().getPort()), real, CLOCK));
  }

  @AfterContainer
  static void stop() throws IOException {
    client.close();
    engine.close();
    patient.close();
    for (VobizClient way : ways.values()) {
      way.close();
    }
    vobiz.close();
    untrusted.close();
    logLevel(null);
  }

  private static void logLevel(Level level) {
    ((Logger) LoggerFactory.getLogger("org.conferenceworker")).setLevel(level);
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The API client looks at the clock just before it sends; without that look nothing is sent. */
  private static final class LastLook extends Clock {
    private volatile Instant taken;

    void reset() {
      taken = null;
    }

    Instant taken() {
      return taken;
    }

    @Override
    public Instant instant() {
      Instant now = CLOCK.instant();
      taken = taken == null ? now : taken;
      return now;
    }

    @Override
    public ZoneId getZone() {
      return CLOCK.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class NoHost implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      throw new UnknownHostException(host);
    }
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void keepsItsPromises(@ForAll("schedules") Schedule schedule) throws Exception {
    vobiz.reset();
    if (schedule.roomExists()) {
      vobiz.room("MA_1", "Team meeting");
    }
    Instant requestedAt = CLOCK.peek();
    engine.newJob(
        GatewayOuterClass.ActivatedJob.newBuilder()
            .setKey(KEYS.incrementAndGet())
            .setType(HangUpNames.JOB_TYPE)
            .setRetries(3)
            .setCustomHeaders("{\"onNotFound\":\"" + schedule.onNotFound() + "\"}")
            .setVariables(
                "{\"conferenceName\":\"Team meeting\",\"retryBackoff\":\"PT1S\",\"validFor\":\"%s\",\"requestedAt\":\"%s\"}"
                    .formatted(schedule.validFor(), requestedAt))
            .build());
    var attempts = new ArrayList<Attempt>();
    var process = new WorkerProcess(SETTINGS, CLOCK, LONGEST_CALL, HangUpNames.TYPE);

    // After the bad luck comes good luck, and everything comes to an end.
    for (int i = 0; i < schedule.attempts().size() + 15 && !isOver(); i++) {
      Luck luck = i < schedule.attempts().size() ? schedule.attempts().get(i) : Luck.GOOD;
      switch (engine.state()) {
        case INCIDENT -> {
          if (!luck.resolved()) {
            check(schedule, requestedAt, attempts);
            return;
          }
          engine.resolveIncident();
        }
        case ACTIVATED, BACKING_OFF -> CLOCK.passUntil(engine.until());
        default -> {}
      }
      Attempt attempt = attempt(process, luck);
      attempts.add(attempt);
      if (luck.crash() != Crash.NONE) {
        process = new WorkerProcess(SETTINGS, CLOCK, LONGEST_CALL, HangUpNames.TYPE);
        // What a report that counted says includes what the attempts before it knew.
        for (int k = i; k >= 0 && !attempts.get(k).reported; k--) {
          attempts.get(k).forgottenIn = Math.min(i, attempts.get(k).forgottenIn);
        }
      }
      if (luck.reopened() && vobiz.rooms("MA_1").isEmpty()) {
        vobiz.room("MA_1", "Team meeting");
      }
    }
    assertThat(isOver()).as("at its end").isTrue();
    check(schedule, requestedAt, attempts);
  }

  private static boolean isOver() {
    return engine.state() == State.COMPLETED || engine.state() == State.ERROR_THROWN;
  }

  private static Attempt attempt(WorkerProcess process, Luck luck) throws InterruptedException {
    ActivatedJob job = engine.activate(client);
    ActivatedJob copy = null;
    if (luck.secondCopy() != SecondCopy.NONE) {
      engine.handOutAgain();
      copy = engine.activate(client);
    }
    ActivatedJob meanwhile = luck.secondCopy() == SecondCopy.MEANWHILE ? copy : null;
    VobizClient way = ways.getOrDefault(luck.api(), patient);
    var attempt = new Attempt(Instant.ofEpochMilli(job.getDeadline()));
    int reportsBefore = engine.effective().size();
    int requestsBefore = vobiz.requests().size();
    engine.deliver(luck.reports());
    if (luck.crash() == Crash.KILLED_BEFORE_REPORT) {
      engine.cutOff();
    }
    var stopping = new ArrayList<Thread>();
    vobiz.misbehave(
        "Team meeting",
        (request, connection) -> {
          attempt.requestedWhen = attempt.over ? LAST_LOOK.taken() : CLOCK.peek();
          boolean live = vobiz.rooms("MA_1").contains("Team meeting");
          if (luck.crash() == Crash.KILLED_DURING_CALL) {
            engine.cutOff();
          }
          if (luck.crash() == Crash.STOPPED_DURING_CALL) {
            stopping.add(Thread.ofVirtual().start(process.inFlight::stop));
          }
          if (endsTheRoom(luck)) {
            connection.carryOut(request);
            attempt.endedTheRoom = live;
          }
          attempt.answeredWithSuccess = luck.api() == Api.HONEST ? live : success(luck);
          attempt.answeredWithNotFound = luck.api() == Api.HONEST && !live;
          if (meanwhile != null && attempt.requested.getCount() > 0) {
            attempt.requested.countDown();
            hangUpTask(process.reaching(way)).hangUp(client, meanwhile);
          }
          attempt.requested.countDown();
          answer(luck, live).to(request, connection);
        });

    CLOCK.jumpAfter(luck.jumpAfter(), luck.jump());
    LAST_LOOK.reset();
    hangUpTask(process.reaching(way)).hangUp(client, job);
    attempt.over = true;
    CLOCK.jumpAfter(-1, Duration.ZERO);
    if (way == hasty && LAST_LOOK.taken() != null) {
      // On a busy machine it may give up before the stand-in has read what it sent.
      attempt.requested.await(1, TimeUnit.SECONDS);
    }

    for (Thread stop : stopping) {
      stop.join();
    }
    if (luck.secondCopy() == SecondCopy.AFTERWARDS
        && engine.effective().size() > reportsBefore
        && luck.crash() == Crash.NONE
        && process.reporter.undelivered(job.getKey()).isEmpty()) {
      hangUpTask(process.reaching(way)).hangUp(client, copy);
    }
    int reports = engine.effective().size() - reportsBefore;
    int requests = vobiz.requests().size() - requestsBefore;
    assertThat(reports).as("reports that counted").isBetween(0, 1);
    assertThat(requests).as("requests").isEqualTo(attempt.requestedWhen == null ? 0 : 1);
    attempt.reported = reports == 1;

    return attempt;
  }

  /** An API that says 4xx or 3xx has not ended anything; any other may have. */
  private static boolean endsTheRoom(Luck luck) {
    return switch (luck.api()) {
      case HONEST -> true;
      case STATUS -> success(luck) || (luck.status() >= 500 && luck.endsTheRoom());
      default -> luck.endsTheRoom();
    };
  }

  private static boolean success(Luck luck) {
    boolean readable =
        luck.status() == 204
            || luck.body().isBlank()
            || List.of("{}", "{\"message\":\"Not Found\"}").contains(luck.body());
    return luck.api() == Api.STATUS && luck.status() >= 200 && luck.status() < 300 && readable;
  }

  private static Reply answer(Luck luck, boolean live) {
    String[] headers =
        luck.retryAfter() == null
            ? new String[0]
            : new String[] {"Retry-After: " + luck.retryAfter()};
    return switch (luck.api()) {
      case HONEST ->
          live ? Replies.empty(204) : Replies.json(404, "{\"error\":\"conference not found\"}");
      case STATUS ->
          luck.status() == 204
              ? Replies.empty(204)
              : Replies.json(luck.status(), luck.body(), headers);
      case HANG -> (request, connection) -> connection.hang();
      case DRIP -> Replies.drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", " ");
      case CUT_OFF_BODY ->
          Replies.rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + luck.body());
      case GARBAGE -> Replies.rawThenClose(luck.body() + "\r\n\r\n");
      default -> Replies.reset();
    };
  }

  private static void check(Schedule schedule, Instant requestedAt, List<Attempt> attempts)
      throws JsonProcessingException {
    Duration validFor =
        schedule.validFor().isEmpty() ? Duration.ofDays(9999) : Duration.parse(schedule.validFor());
    Instant validUntil = requestedAt.plus(validFor);
    GeneratedMessage last = engine.effective().getLast();
    Statistics.label("end").collect(end(last));
    Statistics.label("end")
        .coverage(
            ends -> {
              for (String end :
                  List.of(
                      "ENDED",
                      "ENDED_BY_EARLIER_ATTEMPT",
                      "ALREADY_ENDED",
                      "CONFERENCE_NOT_FOUND",
                      "HANG_UP_TOO_LATE",
                      "incident")) {
                ends.check(end).count(count -> count > 0);
              }
            });

    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      if (attempt.requestedWhen != null) {
        assertThat(remembered(attempts, i))
            .as("nothing is sent after a success that was seen")
            .noneMatch(a -> a.answeredWithSuccess);
        assertThat(undelivered(attempts, i))
            .as("nothing is sent after a \"not found\" that the engine was not told")
            .noneMatch(a -> a.answeredWithNotFound);
        assertThat(attempt.requestedWhen)
            .as("sent in time")
            .isBefore(validUntil)
            .isBefore(attempt.leaseEnd);
      }
    }
    List<Attempt> remembered = remembered(attempts, attempts.size());
    if (remembered.stream().anyMatch(a -> a.answeredWithSuccess)) {
      assertThat(last).isInstanceOf(CompleteJobRequest.class);
    }
    switch (last) {
      case CompleteJobRequest report -> {
        JsonNode result = JSON.readTree(report.getVariables()).get("hangUpResult");
        switch (result.get("outcome").asText()) {
          case "ENDED" ->
              assertThat(attempts).as("success seen").anyMatch(a -> a.answeredWithSuccess);
          case "ENDED_BY_EARLIER_ATTEMPT" ->
              assertThat(attempts).hasSizeGreaterThan(1).anyMatch(a -> a.requestedWhen != null);
          case "ALREADY_ENDED" -> assertThat(schedule.onNotFound()).isEqualTo("complete");
          default -> throw new AssertionError(result);
        }
        assertThat(result.get("conferenceName").asText()).isEqualTo("Team meeting");
      }
      case ThrowErrorRequest report -> {
        if (report.getErrorCode().equals("CONFERENCE_NOT_FOUND")) {
          assertThat(remembered)
              .as("what the task ended itself is not reported as not found")
              .noneMatch(a -> a.endedTheRoom);
        } else {
          assertThat(report.getErrorCode()).isEqualTo("HANG_UP_TOO_LATE");
          assertThat(CLOCK.peek()).isAfterOrEqualTo(validUntil);
        }
        assertSaysEverything(report.getErrorMessage());
      }
      case FailJobRequest report -> {
        assertThat(report.getRetries()).isZero();
        assertSaysEverything(report.getErrorMessage());
      }
      default -> throw new AssertionError(last);
    }
  }

  /** The attempts before this one that somebody still knew of when it began. */
  private static List<Attempt> remembered(List<Attempt> attempts, int index) {
    return attempts.subList(0, index).stream().filter(a -> a.forgottenIn >= index).toList();
  }

  /** Of those, the ones since which no report has counted. */
  private static List<Attempt> undelivered(List<Attempt> attempts, int index) {
    int since = index;
    while (since > 0 && !attempts.get(since - 1).reported) {
      since--;
    }
    return attempts.subList(since, index).stream().filter(a -> a.forgottenIn >= index).toList();
  }

  private static void assertSaysEverything(String message) {
    assertThat(message).contains("\"Team meeting\"", "\"default\"").endsWith(".");
  }

  private static String end(GeneratedMessage report) throws JsonProcessingException {
    return switch (report) {
      case CompleteJobRequest r ->
          JSON.readTree(r.getVariables()).get("hangUpResult").get("outcome").asText();
      case ThrowErrorRequest r -> r.getErrorCode();
      default -> "incident";
    };
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(5, true), Tuple.of(1, false)),
            Arbitraries.of("error", "error", "complete", "incident"),
            Arbitraries.of("PT1H", "PT1H", "PT1M", "PT5S", ""),
            luck().list().ofMinSize(1).ofMaxSize(5))
        .as(Schedule::new);
  }

  private Arbitrary<Luck> luck() {
    var api =
        Arbitraries.frequency(
            Tuple.of(6, Api.HONEST),
            Tuple.of(6, Api.STATUS),
            Tuple.of(4, Api.RESET),
            Tuple.of(1, Api.HANG),
            Tuple.of(1, Api.DRIP),
            Tuple.of(2, Api.CUT_OFF_BODY),
            Tuple.of(1, Api.GARBAGE),
            Tuple.of(1, Api.REFUSED),
            Tuple.of(1, Api.NO_SUCH_HOST),
            Tuple.of(1, Api.UNKNOWN_AUTHORITY),
            Tuple.of(1, Api.OTHER_HOST));
    var answer = Combinators.combine(api, statuses(), bodies(), retryAfter()).as(Tuple::of);
    var fate =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(Delivery.class).list().ofMaxSize(4),
                Arbitraries.integers().between(0, 9),
                jumps(),
                Arbitraries.frequency(
                    Tuple.of(8, Crash.NONE),
                    Tuple.of(1, Crash.KILLED_DURING_CALL),
                    Tuple.of(1, Crash.KILLED_BEFORE_REPORT),
                    Tuple.of(1, Crash.STOPPED_DURING_CALL)),
                Arbitraries.frequency(
                    Tuple.of(6, SecondCopy.NONE),
                    Tuple.of(1, SecondCopy.MEANWHILE),
                    Tuple.of(1, SecondCopy.AFTERWARDS)),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false))
            .as(Tuple::of);
    return Combinators.combine(answer, fate)
        .as(
            (a, f) ->
                new Luck(
                    a.get1(), a.get2(), a.get3(), a.get4(), f.get1(), f.get2(), f.get3(), f.get4(),
                    f.get5(), f.get6(), f.get7(), f.get8()));
  }

  private Arbitrary<Integer> statuses() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            3,
            Arbitraries.of(
                200, 202, 204, 301, 302, 307, 400, 401, 402, 403, 404, 408, 409, 422, 425, 429, 500,
                502, 503, 504)),
        Tuple.of(1, Arbitraries.integers().between(200, 599)));
  }

  private Arbitrary<String> bodies() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "",
            "{}",
            "{\"error\":\"failed\",\"api_id\":\"1\"}",
            "{\"message\":\"Not Found\"}",
            "{\"status\":\"error\",\"error\":{\"code\":\"X\",\"message\":\"it broke\","
                + "\"details\":{\"retryAfter\":1}},\"requestId\":\"req_1\"}",
            "<html><body>error</body></html>",
            "{\"error\":",
            "[1"),
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(50));
  }

  private Arbitrary<String> retryAfter() {
    return Arbitraries.of(
            "0",
            "1",
            "30",
            "7200",
            "99999999999999999999",
            "-1",
            "soon",
            "Sun, 22 Nov 2026 19:01:00 GMT",
            "Wed, 21 Oct 2015 07:28:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT")
        .injectNull(0.5);
  }

  private Arbitrary<Duration> jumps() {
    return Arbitraries.frequency(
            Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 40), Tuple.of(1, 61), Tuple.of(1, 4000))
        .map(Duration::ofSeconds);
  }

  private static HangUpTask hangUpTask(TaskRunner runner) {
    return new HangUpTask(runner, new HangUpPolicy(WorkerProcess.usual()));
  }
}
