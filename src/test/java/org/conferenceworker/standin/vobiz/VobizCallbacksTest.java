package org.conferenceworker.standin.vobiz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.conferenceworker.standin.vobiz.CallbackOptions.Moment;
import org.conferenceworker.standin.vobiz.CallbackOptions.Order;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stand-in calls back as Vobiz is known to do. */
class VobizCallbacksTest {

  private static final URI PUBLIC_URL = URI.create("https://hooks.example.com/vobiz/default?a=b");
  private static final CallbackOptions QUICK =
      CallbackOptions.asVobizDoes().pausing(Duration.ofMillis(1)).waiting(Duration.ofMinutes(1));
  private static final CallbackOptions IN_ORDER = QUICK.with(Order.AS_IS);

  private CallbackReceiver receiver;
  private VobizStandIn vobiz;

  @BeforeEach
  void start() throws IOException {
    receiver = CallbackReceiver.start();
    vobiz = VobizStandIn.start();
    vobiz.account("MA_1", "token");
    vobiz.account("SA_1", "sub-token");
    vobiz.callbacks("MA_1", PUBLIC_URL, receiver.url("/default?a=b"));
    vobiz.callbackOptions(IN_ORDER);
  }

  @AfterEach
  void stop() {
    vobiz.close();
    receiver.close();
  }

  @Test
  void tellsWhoEntersAndWhoLeaves() throws Exception {
    vobiz.member("MA_1", "a", "7", "Ada");
    vobiz.member("MA_1", "a", "8", "Grace");
    String described = api("GET", "a/", "");
    vobiz.leave("MA_1", "a", "8");
    vobiz.leave("MA_1", "a", "7");

    List<SentCallback> sent = sent(4);
    assertThat(receiver.received())
        .extracting(CallbackReceiver.Received::fields)
        .isEqualTo(fields(sent));
    assertThat(sent)
        .extracting(
            s -> s.field("Event"),
            s -> s.field("ConferenceAction"),
            s -> s.field("ConferenceMemberID"),
            s -> s.field("ConferenceFirstMember"),
            s -> s.field("ConferenceLastMember"))
        .containsExactly(
            tuple("ConferenceEnter", "enter", "7", "true", null),
            tuple("ConferenceEnter", "enter", "8", "false", null),
            tuple("ConferenceExit", "exit", "8", null, "false"),
            tuple("ConferenceExit", "exit", "7", null, "true"));
    assertThat(sent)
        .allSatisfy(
            s ->
                assertThat(s.fields())
                    .containsEntry("ConferenceName", "a")
                    .containsEntry("auth_id", "MA_1")
                    .containsKey("timestamp"));
    assertThat(sent.getFirst().fields())
        .containsEntry("From", "+49307")
        .containsEntry("To", "+4940")
        .containsEntry("Direction", "inbound")
        .containsEntry("CallStatus", "in-progress");
    assertThat(sent.getLast().fields()).doesNotContainKeys("From", "To", "Direction", "CallStatus");
    assertThat(sent).extracting(s -> s.field("ConferenceUUID")).doesNotContainNull();
    assertThat(described)
        .contains(
            "\"call_uuid\":\"" + sent.get(0).field("CallUUID") + "\"",
            "\"call_uuid\":\"" + sent.get(1).field("CallUUID") + "\"");
    assertThat(sent.get(2).field("CallUUID")).isEqualTo(sent.get(1).field("CallUUID"));
  }

  @Test
  void givesTheNextConferenceOfANameAnotherUuid() {
    for (int time = 0; time < 2; time++) {
      vobiz.room("MA_1", "a", "Ada", "Grace");
      vobiz.endRoom("MA_1", "a");
    }

    List<String> uuids = sent(8).stream().map(s -> s.field("ConferenceUUID")).toList();
    assertThat(uuids.subList(0, 4)).containsOnly(uuids.get(0));
    assertThat(uuids.subList(4, 8)).containsOnly(uuids.get(4)).doesNotContain(uuids.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE a/",
        "DELETE ",
        "DELETE a/Member/1,2/",
        "DELETE a/Member/all/",
        "POST a/Member/2,1/Kick/",
        "POST a/Member/all/Kick/"
      })
  void tellsThatEachHasLeft_howeverTheConferenceEnds(String request) throws Exception {
    vobiz.room("MA_1", "a", "Ada", "Grace");
    String[] parts = request.split(" ", -1);

    api(parts[0], parts[1], "{}");

    assertThat(sent(4).subList(2, 4))
        .extracting(s -> s.field("ConferenceAction"), s -> s.field("ConferenceLastMember"))
        .containsExactly(tuple("exit", "false"), tuple("exit", "true"));
  }

  @Test
  void tellsNothing_whenNothingHappensOrNobodyAsked() throws Exception {
    vobiz.room("SA_1", "a", "Ada");
    vobiz.endRoom("SA_1", "a");
    api("DELETE", "gone/", "");
    vobiz.room("MA_1", "a", "Ada");
    api("DELETE", "a/Member/1,2/", "");
    vobiz.leave("MA_1", "a", "1");

    assertThat(sent(2))
        .extracting(s -> s.field("ConferenceAction"), s -> s.field("auth_id"))
        .containsExactly(tuple("enter", "MA_1"), tuple("exit", "MA_1"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepsEveryCharacterOfAName(boolean byGet) {
    String name = "a b&c=d+e%20f#g?h/ü€😀\"'\n";
    vobiz.callbackOptions(byGet ? IN_ORDER.get() : IN_ORDER);

    vobiz.room("MA_1", name, "Ada");

    sent(1);
    CallbackReceiver.Received callback = receiver.received().getFirst();
    assertThat(callback.form()).contains("ConferenceName=a+b%26c%3Dd%2Be%2520f%23g%3Fh%2F%C3%BC");
    assertThat(callback.fields()).containsEntry("ConferenceName", name);
    assertThat(callback.fields().containsKey("a")).isEqualTo(byGet);
    assertThat(callback.method()).isEqualTo(byGet ? "GET" : "POST");
    assertThat(callback.headers().get("content-type"))
        .isEqualTo(byGet ? null : "application/x-www-form-urlencoded");
  }

  @Test
  void sendsAgainUntilItIsAnswered200() {
    receiver.answersNext(() -> 503);
    receiver.answersNext(() -> 204);

    vobiz.room("MA_1", "a", "Ada");

    assertThat(accepted(1).getFirst().statuses()).containsExactly(503, 204, 200);
    assertThat(receiver.received())
        .extracting(CallbackReceiver.Received::form)
        .containsOnly(receiver.received().getFirst().form());
    assertThat(receiver.received())
        .extracting(r -> r.headers().get("x-vobiz-signature-v3-nonce"))
        .containsOnly(receiver.received().getFirst().headers().get("x-vobiz-signature-v3-nonce"));
  }

  @Test
  void givesUpAfterThreeTimes() {
    for (int time = 0; time < 3; time++) {
      receiver.answersNext(() -> 500);
    }

    vobiz.room("MA_1", "a", "Ada", "Grace");

    // The second one is sent when the first is given up.
    assertThat(accepted(1))
        .extracting(SentCallback::statuses)
        .containsExactly(List.of(500, 500, 500), List.of(200));
  }

  @Test
  void sendsAgain_whenTheAnswerTakesTooLong() {
    var never = new CountDownLatch(1);
    receiver.answersNext(() -> CallbackReceiver.waitFor(never));
    vobiz.callbackOptions(IN_ORDER.waiting(Duration.ofSeconds(1)));

    vobiz.room("MA_1", "a", "Ada");

    assertThat(accepted(1).getFirst().statuses()).startsWith(0).endsWith(200);
  }

  @Test
  void sendsTheLastFirst_whenReversed() {
    vobiz.room("MA_1", "a", "Ada", "Grace");
    vobiz.callbackOptions(QUICK.with(Order.REVERSED));
    vobiz.endRoom("MA_1", "a");

    assertThat(sent(4))
        .extracting(s -> s.field("ConferenceLastMember"))
        .containsExactly(null, null, "true", "false");
  }

  @Test
  void sendsAllAtOnce_unlessToldOtherwise() {
    var bothAreHere = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      receiver.answersNext(
          () -> {
            bothAreHere.countDown();
            return CallbackReceiver.waitFor(bothAreHere);
          });
    }
    vobiz.callbackOptions(QUICK);

    vobiz.room("MA_1", "a", "Ada", "Grace");

    assertThat(accepted(2)).extracting(s -> s.statuses().getFirst()).containsExactly(200, 200);
  }

  @Test
  void sendsBeforeTheAnswer_ifToldSo() throws Exception {
    vobiz.room("MA_1", "a", "Ada", "Grace");
    vobiz.callbackOptions(QUICK.with(Moment.BEFORE_ANSWER));

    api("DELETE", "a/", "");

    assertThat(sentNow().filter(s -> s.isAccepted() && s.field("Event").endsWith("Exit")))
        .hasSize(2);
  }

  @Test
  void sendsAfterTheAnswer_ifToldSo() throws Exception {
    vobiz.room("MA_1", "a", "Ada");
    vobiz.callbackOptions(IN_ORDER.with(Moment.AFTER_ANSWER));
    vobiz.misbehave(
        "a",
        (request, connection) -> {
          connection.answer(request);
          vobiz.room("MA_1", "b", "Grace");
        });

    api("DELETE", "a/", "");

    assertThat(sent(3))
        .extracting(s -> s.field("ConferenceName"), s -> s.field("ConferenceAction"))
        .containsExactly(tuple("a", "enter"), tuple("b", "enter"), tuple("a", "exit"));
  }

  @Test
  void sendsEachTwice_ifToldSo_withNoncesOfTheirOwn() {
    vobiz.callbackOptions(IN_ORDER.twice());

    vobiz.room("MA_1", "a", "Ada");

    List<SentCallback> sent = sent(2);
    assertThat(sent.get(0).field("ConferenceUUID")).isEqualTo(sent.get(1).field("ConferenceUUID"));
    assertThat(sent)
        .extracting(s -> s.headers().get("X-Vobiz-Signature-V3-Nonce"))
        .doesNotHaveDuplicates()
        .allSatisfy(nonce -> assertThat(nonce).matches("[0-9]{20}"));
  }

  @Test
  void signsThePublicUrlWithTheTokensOfBothAccounts() throws Exception {
    vobiz.callbacks("SA_1", PUBLIC_URL, receiver.url("/default?a=b"));
    vobiz.mainAccount("SA_1", "main-token");

    vobiz.room("SA_1", "a", "Ada");

    sent(1);
    Map<String, String> headers = receiver.received().getFirst().headers();
    String url = "https://hooks.example.com/vobiz/default";
    String v3 = url + "." + headers.get("x-vobiz-signature-v3-nonce");
    String v2 = url + headers.get("x-vobiz-signature-v2-nonce");
    assertThat(headers)
        .containsEntry("x-vobiz-signature-v3", hmacOfOpenssl("sha256", "sub-token", v3))
        .containsEntry("x-vobiz-signature-v2", hmacOfOpenssl("sha256", "sub-token", v2))
        .containsEntry("x-vobiz-signature-ma-v3", hmacOfOpenssl("sha256", "main-token", v3))
        .containsEntry("x-vobiz-signature-ma-v2", hmacOfOpenssl("sha256", "main-token", v2))
        .containsEntry("x-vobiz-signature", hmacOfOpenssl("sha1", "sub-token", url))
        .containsEntry("x-auth-token-account", "sub-token")
        .containsEntry("x-auth-token-main", "main-token");
  }

  @Test
  void doesNotSign_ifToldSo() {
    vobiz.callbackOptions(IN_ORDER.unsigned());

    vobiz.room("MA_1", "a", "Ada");

    assertThat(sent(1).getFirst().headers().keySet())
        .noneMatch(header -> header.startsWith("X-Vobiz-"));
  }

  @Test
  void sendsNothingMore_onceItIsClosed() {
    receiver.answersNext(() -> 500);
    vobiz.callbackOptions(IN_ORDER.pausing(Duration.ofDays(1)));
    vobiz.room("MA_1", "a", "Ada", "Grace");
    await().until(() -> sentNow().anyMatch(s -> s.statuses().equals(List.of(500))));

    vobiz.close();
    vobiz.endRoom("MA_1", "a");

    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void forgetsWhatWasSent_andGoesOnAsVobizDoes_whenReset() {
    receiver.answersNext(() -> 500);
    vobiz.callbackOptions(QUICK.unsigned().pausing(Duration.ofDays(1)));
    vobiz.room("MA_1", "a", "Ada");
    await().until(() -> sentNow().anyMatch(s -> s.statuses().equals(List.of(500))));

    vobiz.reset();
    assertThat(vobiz.callbacksSent()).isEmpty();
    vobiz.room("MA_1", "b", "Ada");

    assertThat(accepted(1).getFirst().headers()).containsKey("X-Vobiz-Signature-V3");
  }

  private static List<Map<String, String>> fields(List<SentCallback> sent) {
    return sent.stream().map(SentCallback::fields).toList();
  }

  private Stream<SentCallback> sentNow() {
    return vobiz.callbacksSent().stream();
  }

  /** Waits until all of so many are accepted. */
  private List<SentCallback> sent(int count) {
    await().until(() -> sentNow().filter(SentCallback::isAccepted).count() == count);
    List<SentCallback> sent = vobiz.callbacksSent();
    assertThat(sent).hasSize(count);
    return sent;
  }

  /** Waits until so many are accepted. */
  private List<SentCallback> accepted(int count) {
    await().until(() -> sentNow().filter(SentCallback::isAccepted).count() == count);
    return vobiz.callbacksSent();
  }

  private String api(String method, String path, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create(vobiz.baseUrl() + "/api/v1/Account/MA_1/Conference/" + path))
                  .header("X-Auth-ID", "MA_1")
                  .header("X-Auth-Token", "token")
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  /** Somebody else's idea of an HMAC, in Base64. */
  private static String hmacOfOpenssl(String digest, String key, String text) throws Exception {
    Process openssl;
    try {
      openssl =
          new ProcessBuilder("openssl", "dgst", "-" + digest, "-hmac", key, "-binary").start();
    } catch (IOException e) {
      return fail("This test needs openssl on the PATH: install the package of that name.", e);
    }
    try (var in = openssl.getOutputStream()) {
      in.write(text.getBytes(UTF_8));
    }
    byte[] hmac = openssl.getInputStream().readAllBytes();
    assertThat(openssl.waitFor()).isZero();
    return Base64.getEncoder().encodeToString(hmac);
  }
}
