package org.conferenceworker.tasks.hangup;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.attempt.TaskRunner;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.faults.Course;
import org.conferenceworker.faults.Luck;
import org.conferenceworker.faults.Luck.Api;
import org.conferenceworker.faults.Luck.Crash;
import org.conferenceworker.faults.Luck.SecondCopy;
import org.conferenceworker.faults.Model;
import org.conferenceworker.faults.Schedule;
import org.conferenceworker.faults.Schedules;
import org.conferenceworker.faults.SeenAttempt;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.standin.OneJobEngine;
import org.conferenceworker.standin.OneJobEngine.State;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.standin.VirtualClock;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.conferenceworker.standin.vobiz.VobizStandIn;
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

  private static final VirtualClock CLOCK = new VirtualClock(Instant.parse("2026-11-22T19:00:00Z"));
  private static final VobizProperties SETTINGS =
      Settings.vobiz("vobiz.auth-id=MA_1", "vobiz.auth-token=token");
  private static final Model MODEL = new Model(new HangUpPromises());
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

  @Provide
  Arbitrary<Schedule> schedules() {
    return Schedules.schedules();
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
    var attempts = new ArrayList<SeenAttempt>();
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
      SeenAttempt attempt = attempt(process, luck);
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

  private static void check(Schedule schedule, Instant requestedAt, List<SeenAttempt> attempts)
      throws JsonProcessingException {
    MODEL.check(
        new Course(schedule, requestedAt, CLOCK.peek(), attempts, engine.effective().getLast()));
  }

  private static boolean isOver() {
    return engine.state() == State.COMPLETED || engine.state() == State.ERROR_THROWN;
  }

  private static SeenAttempt attempt(WorkerProcess process, Luck luck) throws InterruptedException {
    ActivatedJob job = engine.activate(client);
    ActivatedJob copy = null;
    if (luck.secondCopy() != SecondCopy.NONE) {
      engine.handOutAgain();
      copy = engine.activate(client);
    }
    ActivatedJob meanwhile = luck.secondCopy() == SecondCopy.MEANWHILE ? copy : null;
    VobizClient way = ways.getOrDefault(luck.api(), patient);
    var attempt = new SeenAttempt(Instant.ofEpochMilli(job.getDeadline()));
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
          if (luck.endsTheRoom()) {
            connection.carryOut(request);
            attempt.endedTheRoom = live;
          }
          attempt.answeredWithSuccess = luck.api() == Api.HONEST ? live : luck.isSuccess();
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

  private static HangUpTask hangUpTask(TaskRunner runner) {
    return new HangUpTask(runner, new HangUpPolicy(WorkerProcess.usual()));
  }
}
