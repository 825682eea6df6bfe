package org.conferenceworker.standin;

import java.net.URI;
import java.util.stream.Stream;
import org.conferenceworker.VobizConferenceWorker;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole worker inside the test's process, between an engine and an API on loopback. */
public final class TestWorker {

  private TestWorker() {}

  /** With the account {@code MA_1} for {@code default}. */
  public static ConfigurableApplicationContext start(
      URI engine, URI api, String token, String... settings) {
    return startWithoutAccount(
        engine, api, joined(settings, "--vobiz.auth-id=MA_1", "--vobiz.auth-token=" + token));
  }

  /**
   * @param settings such as {@code --vobiz.dry-run=true}, the accounts among them
   */
  public static ConfigurableApplicationContext startWithoutAccount(
      URI engine, URI api, String... settings) {
    return new SpringApplicationBuilder(VobizConferenceWorker.class)
        .run(
            joined(
                settings,
                "--camunda.client.grpc-address=" + engine,
                "--vobiz.base-url=" + api,
                "--server.address=127.0.0.1",
                "--server.port=0"));
  }

  private static String[] joined(String[] settings, String... more) {
    return Stream.concat(Stream.of(more), Stream.of(settings)).toArray(String[]::new);
  }
}
