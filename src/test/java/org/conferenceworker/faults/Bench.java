package org.conferenceworker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.conferenceworker.attempt.WorkerProcess;
import org.conferenceworker.faults.Luck.Api;
import org.conferenceworker.faults.Luck.Crash;
import org.conferenceworker.faults.Luck.SecondCopy;
import org.conferenceworker.standin.OneJobEngine;
import org.conferenceworker.standin.VirtualClock;
import org.conferenceworker.standin.vobiz.Answer;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Reply;
import org.conferenceworker.standin.vobiz.VobizStandIn;

/** Where a worker makes its attempts, with the luck it is told to have. */
record Bench(
    TaskPromises task,
    VirtualClock clock,
    VobizStandIn vobiz,
    OneJobEngine engine,
    CamundaClient client,
    Ways ways) {

  SeenAttempt attempt(WorkerProcess process, Luck luck) throws Exception {
    ActivatedJob job = engine.activate(client);
    ActivatedJob copy = null;
    if (luck.secondCopy() != SecondCopy.NONE) {
      engine.handOutAgain();
      copy = engine.activate(client);
    }
    ActivatedJob meanwhile = luck.secondCopy() == SecondCopy.MEANWHILE ? copy : null;
    var attempt = new SeenAttempt(Instant.ofEpochMilli(job.getDeadline()));
    int reportsBefore = engine.effective().size();
    int requestsBefore = vobiz.requests().size();
    engine.deliver(luck.reports());
    if (luck.crash() == Crash.KILLED_BEFORE_REPORT) {
      engine.cutOff();
    }
    JobHandler worker = task.handler(process.reaching(ways.to(luck.api())));
    List<Thread> stopping = new CopyOnWriteArrayList<>();
    vobiz.always(
        (request, connection) -> {
          attempt.requestedWhen = attempt.over ? ways.lastLook.taken() : clock.peek();
          if (luck.crash() == Crash.KILLED_DURING_CALL) {
            engine.cutOff();
          }
          if (luck.crash() == Crash.STOPPED_DURING_CALL) {
            stopping.add(Thread.ofVirtual().start(process.inFlight::stop));
          }
          Answer honest = null;
          if (luck.takesEffect(task)) {
            honest = connection.carryOut(request);
            attempt.tookEffect = isSuccess(honest);
          }
          see(luck, honest, attempt);
          if (meanwhile != null && attempt.requested.getCount() > 0) {
            attempt.requested.countDown();
            handle(worker, meanwhile);
          }
          attempt.requested.countDown();
          reply(luck, honest).to(request, connection);
        });

    clock.jumpAfter(luck.jumpAfter(), luck.jump());
    ways.lastLook.reset();
    handle(worker, job);
    attempt.over = true;
    clock.jumpAfter(-1, Duration.ZERO);
    if (ways.isHasty(luck.api()) && ways.lastLook.taken() != null) {
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
      handle(worker, copy);
    }
    int reports = engine.effective().size() - reportsBefore;
    int requests = vobiz.requests().size() - requestsBefore;
    assertThat(reports).as("reports that counted").isBetween(0, 1);
    assertThat(requests).as("requests").isEqualTo(attempt.requestedWhen == null ? 0 : 1);
    attempt.report = reports == 0 ? null : engine.effective().getLast();
    return attempt;
  }

  private void handle(JobHandler worker, ActivatedJob job) {
    try {
      worker.handle(client, job);
    } catch (Exception e) {
      throw new AssertionError("A task never throws.", e);
    }
  }

  private void see(Luck luck, Answer honest, SeenAttempt attempt) {
    boolean isHonest = luck.api() == Api.HONEST;
    attempt.answer =
        switch (luck.api()) {
          case HONEST -> honest;
          case STATUS -> new Answer(luck.status(), luck.status() == 204 ? null : luck.body());
          default -> null;
        };
    attempt.answeredWithSuccess = isHonest ? isSuccess(honest) : luck.isSuccess(task);
    attempt.answeredWithNotFound = isHonest && attempt.answeredWith404();
    attempt.leftInDoubt = luck.leavesInDoubt(task);
  }

  private static boolean isSuccess(Answer answer) {
    return answer.status() < 300;
  }

  private static Reply reply(Luck luck, Answer honest) {
    String[] headers =
        luck.retryAfter() == null
            ? new String[0]
            : new String[] {"Retry-After: " + luck.retryAfter()};
    return switch (luck.api()) {
      case HONEST -> (request, connection) -> connection.answer(request, honest);
      case STATUS ->
          luck.status() == 204
              ? Replies.empty(204)
              : Replies.json(luck.status(), luck.body(), headers);
      case HANG -> (request, connection) -> connection.hang();
      case DRIP -> Replies.drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", " ");
      case CUT_OFF_BODY ->
          Replies.rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + luck.body());
      case GARBAGE -> Replies.rawThenClose(luck.body() + "\r\n\r\n");
      default -> Replies.reset();
    };
  }
}
