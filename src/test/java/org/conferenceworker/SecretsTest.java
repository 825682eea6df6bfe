package org.conferenceworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.TextFormat;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.conferenceworker.standin.Actuator;
import org.conferenceworker.standin.GatewayStandIn;
import org.conferenceworker.standin.TestWorker;
import org.conferenceworker.standin.VobizStandIn;
import org.conferenceworker.standin.VobizStandIn.Replies;
import org.conferenceworker.vobiz.VobizAccount;
import org.conferenceworker.vobiz.VobizAccounts;
import org.conferenceworker.vobiz.VobizProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The token goes to the API and nowhere else, even when somebody turns everything on. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

  private static final String TOKEN = "s3cr3t-t0ken";

  @Test
  void theTokenIsNowhereToBeSeen(CapturedOutput output) throws Exception {
    try (var vobiz = VobizStandIn.start();
        var gateway = GatewayStandIn.start()) {
      vobiz.account("MA_1", TOKEN);
      vobiz.room("MA_1", "live");
      String echo = "{\"error\":\"X-Auth-Token: " + TOKEN + "\",\"api_id\":\"" + TOKEN + "\"}";
      vobiz.misbehave("refused", Replies.json(401, echo));
      vobiz.misbehave("bad", Replies.json(400, echo));
      vobiz.misbehave("moved", Replies.empty(302, "Location: https://" + TOKEN + ".example/"));
      vobiz.misbehave("broken", Replies.json(500, echo));
      vobiz.misbehave("lost", Replies.endThenReset());
      vobiz.misbehave("garbage", Replies.rawThenClose("X-Auth-Token: " + TOKEN + "\r\n\r\n"));

      try (var worker = start(vobiz, gateway)) {
        await().until(gateway::hasOpenStream);
        var names = List.of("live", "gone", "refused", "bad", "moved", "broken", "lost", "garbage");
        for (int i = 0; i < names.size(); i++) {
          gateway.handOut(
              GatewayStandIn.job(
                  i, "{\"conferenceName\":\"" + names.get(i) + "\"}", 3, Duration.ofMinutes(1)));
        }
        await().until(() -> gateway.accepted().size() == names.size());

        assertThat(gateway.accepted())
            .hasAtLeastOneElementOfType(FailJobRequest.class)
            .extracting(m -> TextFormat.printer().printToString(m))
            .allSatisfy(report -> assertThat(report).doesNotContain(TOKEN));
        for (String endpoint :
            List.of("health", "info", "prometheus", "env", "configprops", "beans", "loggers")) {
          assertThat(Actuator.get(worker, endpoint).body()).doesNotContain(TOKEN);
        }
        assertThat(Actuator.get(worker, "prometheus").body())
            .contains("vobiz_conference_hangup_seconds_count");
        assertThat(Arrays.stream(worker.getBeanDefinitionNames()).map(worker::getBean))
            .extracting(String::valueOf)
            .allSatisfy(bean -> assertThat(bean).doesNotContain(TOKEN));
        assertThat(
                List.of(
                    worker.getBean(VobizProperties.class),
                    worker.getBean(VobizAccounts.class).find("default").orElseThrow(),
                    new VobizProperties.Credentials("MA_1", TOKEN, null),
                    new VobizAccount("default", "MA_1", TOKEN)))
            .extracting(Object::toString)
            .allSatisfy(text -> assertThat(text).contains("***").doesNotContain(TOKEN));
        // That this test would see it: the API did get the token.
        assertThat(vobiz.requests())
            .allSatisfy(r -> assertThat(r.header("X-Auth-Token")).isEqualTo(TOKEN));
      }
      assertThat(output.getAll()).contains("DEBUG", "hang-up").doesNotContain(TOKEN);
    }
  }

  private static ConfigurableApplicationContext start(VobizStandIn vobiz, GatewayStandIn gateway) {
    return TestWorker.start(
        gateway.address(),
        vobiz.baseUrl(),
        TOKEN,
        "--logging.level.root=debug",
        "--logging.level.org.apache.hc=trace",
        "--logging.level.org.conferenceworker=trace",
        "--management.endpoints.web.exposure.include=*");
  }
}
