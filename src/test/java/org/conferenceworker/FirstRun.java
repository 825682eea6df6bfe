package org.conferenceworker;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.conferenceworker.standin.EmbeddedEngine;
import org.conferenceworker.standin.FreePort;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The first run: shipped processes on an embedded engine, the worker, and a Vobiz stand-in, all on
 * loopback. Shows each task, and some ways in which things go wrong, and checks that each instance
 * ends as described.
 */
public final class FirstRun {

  private static final String AUTH_ID = "MA_FIRSTRUN";
  private static final Path DIAGRAMS = Path.of("bpmn");

  /** The tasks by the requests that they send. */
  private static final Map<String, String> TASKS =
      Map.of(
          "GET .*/Conference/[^/]+/", "Look up conference",
          "POST .*/Play/", "Play announcement",
          "POST .*/Kick/", "Kick member",
          "DELETE .*/Conference/[^/]+/", "Hang up conference",
          "DELETE .*/Conference/", "Hang up all conferences");

  /**
   * One case of the table that is printed.
   *
   * @param process the id of the process, which is the name of its file, too
   * @param people what people do in its user tasks, one after the other
   * @param expected the id of the end event, or a part of the incident's message
   */
  private record Scenario(
      String title, String process, Map<String, ?> variables, List<Form> people, String expected) {}

  /** A user task and what a person enters. */
  private record Form(String userTask, Map<String, ?> entries) {}

  /**
   * What happened in one case.
   *
   * @param calls the task or event, and the request, of each call in either direction
   */
  private record Row(Scenario scenario, ProcessRun run, String reached, List<Call> calls) {
    boolean asDescribed() {
      return reached.contains(scenario.expected());
    }
  }

  private record Call(String element, String request) {}

  private final VobizStandIn vobiz;
  private final EmbeddedEngine engine;
  private final CamundaClient client;
  private final List<Row> rows = new ArrayList<>();

  private FirstRun(VobizStandIn vobiz, EmbeddedEngine engine, CamundaClient client) {
    this.vobiz = vobiz;
    this.engine = engine;
    this.client = client;
  }

  public static void main(String[] args) {
    boolean worked = false;
    var callbacks = URI.create("http://127.0.0.1:" + FreePort.find() + "/vobiz");
    try (var vobiz = VobizStandIn.start();
        var engine = EmbeddedEngine.start();
        var worker = startWorker(vobiz, engine, callbacks);
        var client = engine.newClient()) {
      worked = new FirstRun(vobiz, engine, client).run(callbacks);
    } catch (RuntimeException e) {
      e.printStackTrace();
    } finally {
      // The embedded engine leaves threads behind that would keep the process alive.
      System.exit(worked ? 0 : 1);
    }
  }

  private static ConfigurableApplicationContext startWorker(
      VobizStandIn vobiz, EmbeddedEngine engine, URI callbacks) {
    vobiz.account(AUTH_ID, "first-run-token");
    return new SpringApplicationBuilder(VobizConferenceWorker.class)
        .run(
            "--camunda.client.grpc-address=" + engine.address(),
            "--camunda.client.auth.method=none",
            "--vobiz.base-url=" + vobiz.baseUrl(),
            "--vobiz.auth-id=" + AUTH_ID,
            "--vobiz.auth-token=first-run-token",
            "--vobiz.hang-up-all.accounts=default",
            "--vobiz.announcement.margin=1s",
            "--vobiz.events.port=" + callbacks.getPort(),
            "--vobiz.events.address=" + callbacks.getHost(),
            "--vobiz.events.public-url=" + callbacks,
            "--server.address=127.0.0.1",
            "--server.port=0",
            // Only the audit line of each attempt, so that the table below it is easily seen.
            "--logging.level.root=warn",
            "--logging.level.org.conferenceworker=info",
            "--logging.level.org.conferenceworker.FirstRun=warn",
            "--logging.level.io.camunda.client=error");
  }

  private boolean run(URI callbacks) {
    deploy();
    vobiz.room(AUTH_ID, "Team meeting", "Ada", "Grace", "Alan");
    play(hangUp("A live conference", "Team meeting", "ConferenceEnded"));

    play(hangUp("It has ended already", "Yesterday's call", "ConferenceAlreadyGone"));

    vobiz.room(AUTH_ID, "Sales/EMEA 50%", "Edsger");
    vobiz.misbehave(
        "Sales/EMEA 50%",
        Replies.json(
            429,
            "{\"status\":\"error\",\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"Too"
                + " many requests\"},\"requestId\":\"req_1\"}",
            "Retry-After: 1"));
    play(hangUp("Vobiz is busy at first", "Sales/EMEA 50%", "ConferenceEnded"));

    vobiz.callbacks(AUTH_ID, URI.create(callbacks + "/default"));
    vobiz.room(AUTH_ID, "Town hall", "Barbara", "Donald");
    play(
        new Scenario(
            "Told, ended, empty",
            "end-and-wait-until-empty",
            Map.of(
                "conferenceName",
                "Town hall",
                "announcementUrl",
                "https://media.example.com/goodbye.mp3"),
            List.of(),
            "ConferenceEmpty"));

    vobiz.room(AUTH_ID, "Book club", "Ada", "Grace", "Edsger");
    play(
        new Scenario(
            "A person looks first",
            "look-then-decide",
            Map.of("conferenceName", "Book club", "moderator", "ada"),
            List.of(new Form("Decide", Map.of("decision", "letGoOn"))),
            "GoesOn"));
    play(
        new Scenario(
            "One member has to go",
            "remove-one-member",
            Map.of("moderator", "ada"),
            List.of(
                new Form(
                    "NameMember",
                    Map.of("conferenceName", "Book club", "memberId", "3", "mode", "kick"))),
            "MemberRemoved"));
    play(
        new Scenario(
            "Maintenance",
            "hang-up-all-for-maintenance",
            Map.of(),
            List.of(
                new Form(
                    "Request",
                    Map.of(
                        "account", "default",
                        "expectedAuthId", AUTH_ID,
                        "reason", "Maintenance",
                        "requestedBy", "Ada")),
                new Form("Confirm", Map.of("confirmed", true, "confirmedBy", "Grace"))),
            "AllEnded"));

    vobiz.room(AUTH_ID, "Board call", "Barbara");
    vobiz.account(AUTH_ID, "token-changed-at-vobiz");
    play(hangUp("The token was changed", "Board call", "refused to hang up"));

    print();
    boolean worked = rows.stream().allMatch(Row::asDescribed);
    System.out.println(
        worked
            ? "All " + rows.size() + " instances ended as described."
            : "NOT every instance ended as described.");
    return worked;
  }

  private void deploy() {
    try (Stream<Path> files = Files.list(DIAGRAMS)) {
      List<String> all = files.map(Path::toString).sorted().toList();
      var command = client.newDeployResourceCommand().addResourceFile(all.getFirst());
      for (String file : all.subList(1, all.size())) {
        command = command.addResourceFile(file);
      }
      command.send().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scenario hangUp(String title, String conference, String expected) {
    return new Scenario(
        title, "hang-up-conference", Map.of("conferenceName", conference), List.of(), expected);
  }

  private void play(Scenario scenario) {
    client.newDeployResourceCommand().addResourceFile(diagram(scenario).toString()).send().join();
    int before = vobiz.requests().size();
    ProcessRun run = ProcessRun.start(engine, client, scenario.process(), scenario.variables());
    for (Form form : scenario.people()) {
      run.awaitUserTask(form.userTask(), 1);
      run.completeUserTask(form.userTask(), form.entries());
    }
    String reached = run.awaitEndOrIncident();
    List<Request> all = vobiz.requests();
    rows.add(
        new Row(
            scenario,
            run,
            reached,
            Stream.concat(
                    all.subList(before, all.size()).stream()
                        .map(request -> new Call(task(request), inShort(request))),
                    waitedFor(run))
                .toList()));
  }

  /** The callback that this instance has waited for, if it has. */
  private Stream<Call> waitedFor(ProcessRun run) {
    JsonNode event = run.processVariable("conferenceEvent");
    return event == null
        ? Stream.of()
        : vobiz.callbacksSent().stream()
            .filter(sent -> event.get("callUuid").asText().equals(sent.field("CallUUID")))
            .filter(sent -> "true".equals(sent.field("ConferenceLastMember")))
            .map(sent -> new Call("Conference is empty", "called back: the last member has left"));
  }

  private static Path diagram(Scenario scenario) {
    return DIAGRAMS.resolve(scenario.process() + ".bpmn");
  }

  private void print() {
    String format = "%-23s %-24s %-66s %s%n";
    System.out.printf(
        "%n" + format, "CASE", "TASK", "CALLS TO AND FROM VOBIZ", "THE PROCESS REACHED");
    for (Row row : rows) {
      for (int i = 0; i < row.calls().size(); i++) {
        Call call = row.calls().get(i);
        System.out.printf(
            format,
            i > 0 ? "" : row.scenario().title(),
            call.element(),
            call.request(),
            i < row.calls().size() - 1
                ? ""
                : endOf(row) + (row.asDescribed() ? "" : "  <- NOT AS DESCRIBED"));
      }
    }
    rows.stream()
        .filter(row -> endEvent(row) == null)
        .forEach(
            row -> System.out.printf("%nIncident of %d:%n%s%n", row.run().key(), row.reached()));
    System.out.println();
  }

  private static String task(Request request) {
    String sent = request.requestLine().replaceFirst(" HTTP/1.1$", "");
    return TASKS.entrySet().stream()
        .filter(task -> sent.matches(task.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("?");
  }

  private static String inShort(Request request) {
    String[] words = request.requestLine().split(" ");
    return words[0]
        + " "
        + words[1].replace("/api/v1/Account/", ".../")
        + " -> "
        + request.status();
  }

  private static String endOf(Row row) {
    String event = endEvent(row);
    return event == null ? "an incident (below)" : "end event \"" + event + "\"";
  }

  /** The name of the end event; {@code null} if there is an incident. */
  private static String endEvent(Row row) {
    ModelElementInstance element =
        Bpmn.readModelFromFile(diagram(row.scenario()).toFile()).getModelElementById(row.reached());
    return element instanceof FlowElement event ? event.getName() : null;
  }
}
