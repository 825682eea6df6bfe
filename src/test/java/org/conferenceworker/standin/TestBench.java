package org.conferenceworker.standin;

import io.camunda.client.CamundaClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.conferenceworker.VobizConferenceWorker;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Engine, API stand-in and worker together, in the same time. */
public final class TestBench implements AutoCloseable {

  /** Auth id of the account profile {@code default}. */
  public static final String DEFAULT = "MA_1";

  /** Auth id of the account profile {@code sales}. */
  public static final String SALES = "SA_2";

  public final VobizStandIn vobiz = VobizStandIn.start();
  public final EmbeddedEngine engine = EmbeddedEngine.start();
  public final CamundaClient client = engine.newClient();
  private final ConfigurableApplicationContext worker;

  private TestBench(String... settings) {
    vobiz.account(DEFAULT, "token");
    vobiz.account(SALES, "token2");
    worker =
        new SpringApplicationBuilder(VobizConferenceWorker.class)
            .initializers(
                context ->
                    ((GenericApplicationContext) context)
                        .registerBean("clock", Clock.class, engine::clock))
            .run(
                Stream.concat(
                        Stream.of(
                            "--camunda.client.grpc-address=" + engine.address(),
                            "--vobiz.base-url=" + vobiz.baseUrl(),
                            "--vobiz.auth-id=" + DEFAULT,
                            "--vobiz.auth-token=token",
                            "--vobiz.accounts.sales.auth-id=" + SALES,
                            "--vobiz.accounts.sales.auth-token=token2",
                            "--server.address=127.0.0.1",
                            "--server.port=0"),
                        Stream.of(settings))
                    .toArray(String[]::new));
  }

  /**
   * @param settings further settings of the worker, as arguments
   */
  public static TestBench start(String... settings) {
    return new TestBench(settings);
  }

  /**
   * With the endpoint for conference events, which the API calls for both accounts; {@code sales}
   * is a sub-account.
   */
  public static TestBench startWithEvents(String... settings) {
    int port = FreePort.find();
    var bench =
        new TestBench(
            Stream.concat(
                    Stream.of(
                        "--vobiz.events.port=" + port,
                        "--vobiz.events.address=127.0.0.1",
                        "--vobiz.events.public-url=https://hooks.example.com/vobiz",
                        "--vobiz.events.main-auth-token=main-token"),
                    Stream.of(settings))
                .toArray(String[]::new));
    bench.vobiz.mainAccount(SALES, "main-token");
    bench.callBack();
    return bench;
  }

  /** Lets the API call the endpoint for conference events from now on. */
  public void callBack() {
    Map.of(DEFAULT, "/vobiz/default", SALES, "/vobiz/sales")
        .forEach(
            (account, path) ->
                vobiz.callbacks(
                    account,
                    URI.create("https://hooks.example.com" + path),
                    URI.create("http://127.0.0.1:" + eventsPort() + path)));
  }

  /** Where the endpoint for conference events listens, if there is one. */
  public int eventsPort() {
    return worker.getEnvironment().getRequiredProperty("vobiz.events.port", Integer.class);
  }

  /** Deploys files together, as they are. */
  public void deploy(Path... files) {
    var command = client.newDeployResourceCommand().addResourceFile(files[0].toString());
    for (int i = 1; i < files.length; i++) {
      command = command.addResourceFile(files[i].toString());
    }
    command.send().join();
  }

  public ProcessRun run(String process, Map<String, ?> variables) {
    return ProcessRun.start(engine, client, process, variables);
  }

  @Override
  public void close() {
    client.close();
    worker.close();
    engine.close();
    vobiz.close();
  }
}
