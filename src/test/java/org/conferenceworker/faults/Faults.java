package org.conferenceworker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitrary;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.faults.Luck.Crash;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.standin.OneJobEngine;
import org.conferenceworker.standin.OneJobEngine.State;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.standin.VirtualClock;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.slf4j.LoggerFactory;

/**
 * Schedules of faults of the API, the network, the engine, the clock and the worker process,
 * against the real worker on real sockets, in virtual time.
 */
public final class Faults implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(15);
  private static final String BYSTANDER = "SA_2";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TaskPromises task;
  private final Model model;
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-22T19:00:00Z"));
  private final VobizProperties settings =
      Settings.vobiz(
          "vobiz.auth-id=" + TaskPromises.AUTH_ID,
          "vobiz.auth-token=token",
          "vobiz.hang-up-all.accounts=default");
  private final AtomicLong keys = new AtomicLong();
  private final VobizStandIn vobiz = VobizStandIn.start();
  private final OneJobEngine engine = new OneJobEngine(clock, LEASE);
  private final CamundaClient client = engine.newClient();
  private final Ways ways;
  private final Bench bench;

  private Faults(TaskPromises task) throws IOException {
    this.task = task;
    model = new Model(task);
    vobiz.account(TaskPromises.AUTH_ID, "token");
    vobiz.account(BYSTANDER, "token2");
    ways = new Ways(vobiz.baseUrl(), clock);
    bench = new Bench(task, clock, vobiz, engine, client, ways);
    logLevel(Level.OFF);
  }

  public static Faults of(TaskPromises task) throws IOException {
    return new Faults(task);
  }

  @Override
  public void close() throws IOException {
    client.close();
    engine.close();
    ways.close();
    vobiz.close();
    logLevel(null);
  }

  private static void logLevel(Level level) {
    ((Logger) LoggerFactory.getLogger("org.conferenceworker")).setLevel(level);
  }

  public Arbitrary<Schedule> schedules() {
    return Schedules.of(task);
  }

  /** Fails if a promise does not hold. */
  public void run(Schedule schedule) throws Exception {
    vobiz.reset();
    vobiz.room(BYSTANDER, TaskPromises.CONFERENCE);
    if (schedule.isThere()) {
      task.bring(vobiz);
    }
    Instant requestedAt = clock.peek();
    engine.newJob(job(schedule, requestedAt));
    var attempts = new ArrayList<SeenAttempt>();
    WorkerProcess process = newProcess();

    // After the bad luck comes good luck, and everything comes to an end.
    for (int i = 0; i < schedule.attempts().size() + 15 && !isOver(); i++) {
      Luck luck = i < schedule.attempts().size() ? schedule.attempts().get(i) : Luck.GOOD;
      switch (engine.state()) {
        case INCIDENT -> {
          if (!luck.resolved()) {
            check(
                new Course(
                    schedule, requestedAt, clock.peek(), attempts, engine.effective().getLast()));
            return;
          }
          engine.resolveIncident();
        }
        case ACTIVATED, BACKING_OFF -> clock.passUntil(engine.until());
        default -> {}
      }
      attempts.add(bench.attempt(process, luck));
      if (luck.crash() != Crash.NONE) {
        process = newProcess();
        // What a report that counted says includes what the attempts before it knew.
        for (int k = i; k >= 0 && !attempts.get(k).isReported(); k--) {
          attempts.get(k).forgottenIn = Math.min(i, attempts.get(k).forgottenIn);
        }
      }
      if (luck.comesBack() && !task.isThere(vobiz)) {
        task.bring(vobiz);
      }
    }
    assertThat(isOver()).as("at its end").isTrue();
    check(new Course(schedule, requestedAt, clock.peek(), attempts, engine.effective().getLast()));
  }

  private ActivatedJob job(Schedule schedule, Instant requestedAt) throws JsonProcessingException {
    var variables = new HashMap<>(task.inputs());
    variables.put("requestedAt", requestedAt.toString());
    variables.put("validFor", schedule.validFor());
    variables.put("retryBackoff", "PT1S");
    return ActivatedJob.newBuilder()
        .setKey(keys.incrementAndGet())
        .setType(task.type().jobType())
        .setRetries(3)
        .setCustomHeaders(JSON.writeValueAsString(schedule.headers()))
        .setVariables(JSON.writeValueAsString(variables))
        .build();
  }

  private WorkerProcess newProcess() {
    return new WorkerProcess(settings, clock, LONGEST_CALL, task.type());
  }

  private boolean isOver() {
    return engine.state() == State.COMPLETED || engine.state() == State.ERROR_THROWN;
  }

  private void check(Course course) throws JsonProcessingException {
    model.check(course);
    assertThat(vobiz.requests())
        .allSatisfy(
            request ->
                assertThat(List.of(request.requestLine(), request.body()))
                    .isEqualTo(task.request(course.schedule())));
    assertThat(vobiz.rooms(BYSTANDER)).hasSize(1);
  }
}
