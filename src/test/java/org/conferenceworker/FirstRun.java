package org.conferenceworker;

import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.conferenceworker.standin.EmbeddedEngine;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The first run: the shipped process on an embedded engine, the worker, and a Vobiz stand-in, all
 * on loopback. Shows each ending once and checks that it came as described.
 */
public final class FirstRun {

  private static final File PROCESS = new File("bpmn/hang-up-conference.bpmn");
  private static final String AUTH_ID = "MA_FIRSTRUN";

  /** One row of the table that is printed. */
  private record Scenario(String title, String conference, String expected) {}

  private record Row(Scenario scenario, ProcessRun run, String reached, List<String> apiSaw) {
    boolean asDescribed() {
      return reached.contains(scenario.expected());
    }
  }

  private FirstRun() {}

  public static void main(String[] args) {
    boolean worked = false;
    try {
      worked = run();
    } catch (RuntimeException e) {
      e.printStackTrace();
    } finally {
      // The embedded engine leaves threads behind that would keep the process alive.
      System.exit(worked ? 0 : 1);
    }
  }

  private static boolean run() {
    try (var vobiz = VobizStandIn.start();
        var engine = EmbeddedEngine.start();
        var worker = startWorker(vobiz, engine);
        var client = engine.newClient()) {
      client.newDeployResourceCommand().addResourceFile(PROCESS.getPath()).send().join();
      var rows = new ArrayList<Row>();

      vobiz.room(AUTH_ID, "Team meeting", "Ada", "Grace", "Alan");
      rows.add(
          play(
              new Scenario("A live conference", "Team meeting", "ConferenceEnded"),
              vobiz,
              engine,
              client));

      rows.add(
          play(
              new Scenario("It has ended already", "Yesterday's call", "ConferenceAlreadyGone"),
              vobiz,
              engine,
              client));

      vobiz.room(AUTH_ID, "Sales/EMEA 50%", "Edsger");
      vobiz.misbehave(
          "Sales/EMEA 50%",
          Replies.json(
              429,
              "{\"status\":\"error\",\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"Too"
                  + " many requests\"},\"requestId\":\"req_1\"}",
              "Retry-After: 1"));
      rows.add(
          play(
              new Scenario("Vobiz is busy at first", "Sales/EMEA 50%", "ConferenceEnded"),
              vobiz,
              engine,
              client));

      vobiz.room(AUTH_ID, "Board call", "Barbara");
      vobiz.account(AUTH_ID, "token-changed-at-vobiz");
      rows.add(
          play(
              new Scenario("The token was changed", "Board call", "refused to hang up"),
              vobiz,
              engine,
              client));

      print(rows);
      boolean worked = rows.stream().allMatch(Row::asDescribed);
      System.out.println(
          worked
              ? "All " + rows.size() + " instances ended as described."
              : "NOT every instance ended as described.");
      return worked;
    }
  }

  private static ConfigurableApplicationContext startWorker(
      VobizStandIn vobiz, EmbeddedEngine engine) {
    vobiz.account(AUTH_ID, "first-run-token");
    return new SpringApplicationBuilder(VobizConferenceWorker.class)
        .run(
            "--camunda.client.grpc-address=" + engine.address(),
            "--camunda.client.auth.method=none",
            "--vobiz.base-url=" + vobiz.baseUrl(),
            "--vobiz.auth-id=" + AUTH_ID,
            "--vobiz.auth-token=first-run-token",
            "--server.address=127.0.0.1",
            "--server.port=0",
            // Only the audit line of each attempt, so that the table below it is easily seen.
            "--logging.level.root=warn",
            "--logging.level.org.conferenceworker=info",
            "--logging.level.org.conferenceworker.FirstRun=warn",
            "--logging.level.io.camunda.client=error");
  }

  private static Row play(
      Scenario scenario, VobizStandIn vobiz, EmbeddedEngine engine, CamundaClient client) {
    ProcessRun run =
        ProcessRun.start(
            engine, client, "hang-up-conference", Map.of("conferenceName", scenario.conference()));
    String reached = run.awaitEndOrIncident();
    List<String> apiSaw =
        vobiz.requests(scenario.conference()).stream().map(FirstRun::inShort).toList();
    return new Row(scenario, run, reached, apiSaw);
  }

  private static String inShort(Request request) {
    String[] words = request.requestLine().split(" ");
    return words[0]
        + " "
        + words[1].replace("/api/v1/Account/", ".../")
        + " -> "
        + request.status();
  }

  private static void print(List<Row> rows) {
    var model = Bpmn.readModelFromFile(PROCESS);
    String format = "%-22s %-17s %-17s %-66s %s%n";
    System.out.printf(
        "%n" + format, "CASE", "INSTANCE", "CONFERENCE", "THE API SAW", "THE PROCESS REACHED");
    for (Row row : rows) {
      boolean ended = model.getModelElementById(row.reached()) instanceof FlowElement;
      for (int i = 0; i < row.apiSaw().size(); i++) {
        System.out.printf(
            format,
            i > 0 ? "" : row.scenario().title(),
            i > 0 ? "" : row.run().key(),
            i > 0 ? "" : row.scenario().conference(),
            row.apiSaw().get(i),
            i < row.apiSaw().size() - 1
                ? ""
                : (ended ? "end event \"" + nameOf(model, row) + "\"" : "an incident (below)")
                    + (row.asDescribed() ? "" : "  <- NOT AS DESCRIBED"));
      }
    }
    rows.stream()
        .filter(row -> !(model.getModelElementById(row.reached()) instanceof FlowElement))
        .forEach(
            row -> System.out.printf("%nIncident of %d:%n%s%n", row.run().key(), row.reached()));
    System.out.println();
  }

  private static String nameOf(BpmnModelInstance model, Row row) {
    return ((FlowElement) model.getModelElementById(row.reached())).getName();
  }
}
