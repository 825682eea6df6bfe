package org.conferenceworker;

import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.conferenceworker.standin.EmbeddedEngine;
import org.conferenceworker.standin.ProcessRun;
import org.conferenceworker.standin.VobizStandIn;
import org.conferenceworker.standin.VobizStandIn.Replies;
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

  private record Row(Scenario scenario, ProcessRun run, String reached, String apiSaw) {
    boolean asDescribed() {
      return reached.contains(scenario.expected());
    }
  }

  private FirstRun() {}

  public static void main(String[] args) {
    System.exit(run() ? 0 : 1);
  }

  private static boolean run() {
    try (var vobiz = VobizStandIn.start();
        var engine = EmbeddedEngine.start();
        var worker = startWorker(vobiz, engine);
        var client = engine.newClient()) {
      client.newDeployResourceCommand().addResourceFile(PROCESS.getPath()).send().join();
      vobiz.account(AUTH_ID, "first-run-token");
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
    return new SpringApplicationBuilder(VobizConferenceWorker.class)
        .run(
            "--camunda.client.grpc-address=" + engine.address(),
            "--vobiz.base-url=" + vobiz.baseUrl(),
            "--vobiz.auth-id=" + AUTH_ID,
            "--vobiz.auth-token=first-run-token",
            "--server.address=127.0.0.1",
            "--server.port=0");
  }

  private static Row play(
      Scenario scenario, VobizStandIn vobiz, EmbeddedEngine engine, CamundaClient client) {
    ProcessRun run =
        ProcessRun.start(
            engine, client, "hang-up-conference", Map.of("conferenceName", scenario.conference()));
    String reached = run.awaitEndOrIncident();
    String apiSaw =
        vobiz.requests(scenario.conference()).stream()
            .map(r -> r.requestLine().replaceAll(" HTTP/1.1$", "") + " -> " + r.status())
            .collect(Collectors.joining("\n"));
    return new Row(scenario, run, reached, apiSaw);
  }

  private static void print(List<Row> rows) {
    var model = Bpmn.readModelFromFile(PROCESS);
    System.out.println();
    for (Row row : rows) {
      String reached =
          model.getModelElementById(row.reached()) instanceof FlowElement end
              ? "end event \"" + end.getName().replace('\n', ' ') + "\""
              : "incident: " + row.reached();
      System.out.printf(
          "%s %s%n", row.asDescribed() ? "[ok]" : "[NOT AS DESCRIBED]", row.scenario().title());
      System.out.printf("  instance         %d%n", row.run().key());
      System.out.printf("  conference       %s%n", row.scenario().conference());
      System.out.printf(
          "  the API saw      %s%n", row.apiSaw().replace("\n", "\n                   "));
      System.out.printf("  process reached  %s%n%n", reached);
    }
  }
}
