package org.conferenceworker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.StandIns;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Where settings may come from, and what of them reaches API and engine. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {

  @RegisterExtension private final StandIns standIns = new StandIns("first-t0ken");
  private final VobizStandIn vobiz = standIns.vobiz;
  private final GatewayStandIn gateway = standIns.gateway;
  private ConfigurableApplicationContext worker;

  @BeforeEach
  void otherAccount() {
    vobiz.account("SA_2", "sales-t0ken");
  }

  private void start(String... settings) {
    worker = standIns.startWorkerWithoutAccount(settings);
  }

  private void hangUp(long key, String account, String conference) {
    int before = gateway.accepted().size();
    gateway.handOut(
        GatewayStandIn.job(
            key,
            "{\"conferenceName\":\"%s\",\"account\":\"%s\"}".formatted(conference, account),
            3,
            Duration.ofMinutes(1)));
    await().until(() -> gateway.accepted().size() == before + 1);
  }

  private List<String> tokensSent() {
    return vobiz.requests().stream().map((Request r) -> r.header("X-Auth-Token")).toList();
  }

  @Test
  void mayComeFromMountedSecrets(@TempDir Path secrets) throws IOException {
    Files.writeString(secrets.resolve("vobiz.auth-id"), "MA_1");
    Files.writeString(secrets.resolve("vobiz.auth-token"), "first-t0ken\n");
    vobiz.room("MA_1", "room");

    start("--spring.config.import=configtree:" + secrets + "/");
    hangUp(1, "default", "room");

    assertThat(vobiz.rooms("MA_1")).isEmpty();
  }

  @Test
  void chooseTheCredentialsByAccount() {
    start(
        "--vobiz.auth-id=MA_1",
        "--vobiz.auth-token=first-t0ken",
        "--vobiz.accounts.sales.auth-id=SA_2",
        "--vobiz.accounts.sales.auth-token=sales-t0ken");

    hangUp(1, "sales", "gone");
    hangUp(2, "default", "gone");

    assertThat(tokensSent()).containsExactly("sales-t0ken", "first-t0ken");
  }

  @Test
  void useANewToken_fromTheNextCallOn_whenItsFileIsReplaced(
      @TempDir Path secrets, CapturedOutput output) throws IOException {
    Path file = Files.writeString(secrets.resolve("token"), "first-t0ken\n");
    start("--vobiz.auth-id=MA_1", "--vobiz.auth-token-file=" + file);
    hangUp(1, "default", "gone");

    vobiz.account("MA_1", "second-t0ken");
    Files.writeString(file, "second-t0ken\n");
    hangUp(2, "default", "gone");
    Files.delete(file);
    hangUp(3, "default", "gone");
    Files.writeString(file, "not to be sent\n");
    hangUp(4, "default", "gone");

    assertThat(tokensSent())
        .containsExactly("first-t0ken", "second-t0ken", "second-t0ken", "second-t0ken");
    assertThat(output.getAll())
        .contains("The token of account \"default\" has changed.")
        .containsOnlyOnce("has no usable token now")
        .doesNotContain("first-t0ken", "second-t0ken", "not to be sent");
  }

  @Test
  void keepTheTokenSecretThatACallWasSentWith_whenItIsReplacedMeanwhile(
      @TempDir Path secrets, CapturedOutput output) throws IOException {
    Path file = Files.writeString(secrets.resolve("token"), "sales-t0ken");
    start("--vobiz.accounts.sales.auth-id=SA_2", "--vobiz.accounts.sales.auth-token-file=" + file);
    var goOn = new CountDownLatch(1);
    vobiz.misbehave(
        "slow", Replies.when(goOn, Replies.json(401, "{\"error\":\"sales-t0ken is old\"}")));
    vobiz.misbehave("room", Replies.json(401, "{\"error\":\"second-t0ken is new\"}"));
    gateway.handOut(
        GatewayStandIn.job(
            1, "{\"conferenceName\":\"slow\",\"account\":\"sales\"}", 3, Duration.ofMinutes(1)));
    await().until(() -> vobiz.requests("slow").size() == 1);

    Files.writeString(file, "second-t0ken");
    hangUp(2, "sales", "room");
    goOn.countDown();

    await().until(() -> gateway.accepted().size() == 2);
    assertThat(gateway.accepted().toString())
        .contains("*** is old", "*** is new", file.toString())
        .doesNotContain("sales-t0ken", "second-t0ken");
    assertThat(output.getAll()).doesNotContain("sales-t0ken", "second-t0ken");
    assertThat(Actuator.get(worker, "health/vobizApi").body()).doesNotContain("t0ken");
  }

  @Test
  void areRefused_whenTheTokenIsSetTwice_orItsFileIsNotThere(@TempDir Path secrets) {
    assertThatThrownBy(
            () ->
                start(
                    "--vobiz.auth-id=MA_1",
                    "--vobiz.auth-token=a",
                    "--vobiz.auth-token-file=" + secrets.resolve("b")))
        .hasRootCauseInstanceOf(InvalidSettingException.class)
        .rootCause()
        .hasMessageContaining("both");
    assertThatThrownBy(
            () -> start("--vobiz.auth-id=MA_1", "--vobiz.auth-token-file=" + secrets.resolve("b")))
        .rootCause()
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("cannot be read: NoSuchFileException");
  }

  @Test
  void limitTheTenants_whoseJobsAreTaken() {
    start(
        "--vobiz.auth-id=MA_1",
        "--vobiz.auth-token=first-t0ken",
        "--camunda.client.worker.defaults.tenant-ids=sales,support");

    await().until(() -> !gateway.tenantsPolled().isEmpty());
    assertThat(gateway.tenantsStreamed()).isEqualTo(Set.of(Set.of("sales", "support")));
    assertThat(gateway.tenantsPolled()).isEqualTo(Set.of(Set.of("sales", "support")));
  }
}
