package org.conferenceworker.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.conferenceworker.events.Caller.FORM;
import static org.conferenceworker.events.Caller.PATH;
import static org.conferenceworker.events.Caller.form;
import static org.conferenceworker.events.Caller.lastExit;
import static org.conferenceworker.events.Caller.with;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.grpc.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What each request to the endpoint is answered, and what the engine gets of it. */
@ExtendWith(OutputCaptureExtension.class)
class CallbacksTest {

  private static final String ALL = "vobiz.events.publish=empty,member-joined,member-left";

  private EndpointBench bench;

  private EndpointBench bench(String... settings) {
    bench = new EndpointBench(settings);
    return bench;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void publishesThatAConferenceIsEmpty_whenItsLastMemberHasLeft() {
    bench();
    Instant before = Instant.now();

    assertThat(bench.vobiz.callback(lastExit("Team meeting", "u1")).status()).isEqualTo(200);

    PublishMessageRequest message = bench.published().getFirst();
    assertThat(bench.published()).hasSize(1);
    assertThat(message.getName()).isEqualTo("vobiz-conference-empty");
    assertThat(message.getCorrelationKey()).isEqualTo("Team meeting");
    assertThat(message.getMessageId()).isEqualTo("default:u1:empty");
    assertThat(message.getTimeToLive()).isEqualTo(120_000);
    JsonNode event = EndpointBench.variable(message);
    assertThat(event.properties())
        .extracting(Map.Entry::getKey, field -> field.getValue().asText())
        .contains(
            tuple("event", "empty"),
            tuple("conferenceName", "Team meeting"),
            tuple("conferenceUuid", "u1"),
            tuple("memberId", "17"),
            tuple("callUuid", "call-17"),
            tuple("account", "default"))
        .hasSize(8);
    assertThat(event.get("lastMember").isBoolean()).isTrue();
    assertThat(event.get("lastMember").asBoolean()).isTrue();
    assertThat(Instant.parse(event.get("receivedAt").asText())).isBetween(before, Instant.now());
    assertThat(bench.counted("default", "empty", "published")).isOne();
  }

  /** Name of a message and what its id has after account and UUID. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // Action, event, last member, size | messages
        "enter | ConferenceEnter | -     | - | vobiz-member-joined call:7:enter",
        "ENTER | -               | -     | - | vobiz-member-joined call:7:enter",
        "-     | ConferenceEnter | -     | 0 | vobiz-member-joined call:7:enter",
        "exit  | ConferenceExit  | false | - | vobiz-member-left call:7:exit",
        "exit  | -               | -     | 1 | vobiz-member-left call:7:exit",
        "exit  | ConferenceExit  | true  | - | vobiz-member-left call:7:exit, vobiz-conference-empty empty",
        "exit  | ConferenceExit  | True  | - | vobiz-member-left call:7:exit, vobiz-conference-empty empty",
        "exit  | -               | -     | 0 | vobiz-member-left call:7:exit, vobiz-conference-empty empty",
        "end   | -               | -     | - | vobiz-conference-empty empty",
        "-     | ConferenceEnd   | -     | - | vobiz-conference-empty empty",
        "exit  | ConferenceMemberExit | true | - | vobiz-member-left call:7:exit, vobiz-conference-empty empty",
        "start | -               | -     | - | -",
        "exit  | ConferenceEnter | true  | - | -",
        "-     | -               | true  | 0 | -",
        "-     | ConferenceDigitsMatch  | - | - | -",
        "-     | ConferenceRemoteSounds | - | - | -",
      })
  void publishesWhatHasHappened(
      String action, String event, String last, String size, String messages) {
    bench(ALL);
    var fields = new HashMap<String, String>();
    fields.put("ConferenceAction", action);
    fields.put("Event", event);
    fields.put("ConferenceLastMember", last);
    fields.put("ConferenceCurrentSize", size);
    fields.put("ConferenceName", "room");
    fields.put("ConferenceUUID", "u1");
    fields.put("CallUUID", "call");
    fields.put("ConferenceMemberID", "7");
    fields.values().removeIf(value -> value == null);

    assertThat(bench.vobiz.callback(fields).status()).isEqualTo(200);

    assertThat(bench.published())
        .extracting(m -> m.getName() + " " + m.getMessageId().replace("default:u1:", ""))
        .containsExactlyInAnyOrder(messages == null ? new String[0] : messages.split(", "));
    assertThat(bench.published())
        .allSatisfy(
            message ->
                assertThat(EndpointBench.variable(message).get("event").asText())
                    .isEqualTo(message.getName().replace("vobiz-", "").replace("conference-", "")));
  }

  @Test
  void publishesOnlyWhatIsListed() {
    bench("vobiz.events.publish=member-joined");

    bench.vobiz.callback(lastExit("room", "u1"));

    assertThat(bench.published()).isEmpty();
    assertThat(bench.counted("default", "empty", "ignored")).isOne();
  }

  static Stream<Arguments> refusals() {
    String big = "a".repeat(70_000);
    String json = "Content-Type: application/json";
    return Stream.of(
        argumentSet("another path", "POST /vobiz/sale", "", new String[] {json}, 404),
        argumentSet("case of the path", "POST /Vobiz/default", "", new String[] {json}, 404),
        argumentSet("a slash at the end", "POST " + PATH + "/", "", new String[] {json}, 404),
        argumentSet("a path around it", "POST /vobiz/../vobiz/default", "", new String[0], 404),
        argumentSet("no account", "POST /vobiz/", "", new String[0], 404),
        argumentSet("the root", "POST /", "", new String[0], 404),
        argumentSet("no path", "OPTIONS *", "", new String[0], 404),
        argumentSet("an authority", "CONNECT a:1", "", new String[0], 404),
        argumentSet("management", "GET /actuator/health", "", new String[0], 404),
        argumentSet("wrong path and method", "PUT /vobiz/sale", "", new String[0], 404),
        argumentSet("GET", "GET " + PATH + "?a=b", "", new String[0], 405),
        argumentSet("DELETE", "DELETE " + PATH, big, new String[] {json}, 405),
        argumentSet("no type", "POST " + PATH, big, new String[0], 415),
        argumentSet("JSON", "POST " + PATH, big, new String[] {json}, 415),
        argumentSet(
            "multipart",
            "POST " + PATH,
            "",
            new String[] {"Content-Type: multipart/form-data; boundary=x"},
            415),
        argumentSet(
            "unknown charset",
            "POST " + PATH,
            "",
            new String[] {"Content-Type: " + FORM + "; charset=klingon"},
            415),
        argumentSet(
            "UTF-16",
            "POST " + PATH,
            "",
            new String[] {"Content-Type: " + FORM + "; charset=utf-16"},
            415),
        argumentSet(
            "compressed",
            "POST " + PATH,
            "",
            new String[] {"Content-Type: " + FORM, "Content-Encoding: gzip"},
            415),
        argumentSet("too large", "POST " + PATH, big, new String[] {"Content-Type: " + FORM}, 413),
        argumentSet(
            "no signature", "POST " + PATH, "a", new String[] {"Content-Type: " + FORM}, 403));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesInTheOrderOfTheDocumentation(
      String target, String body, String[] headerLines, int status) {
    bench();

    assertThat(bench.vobiz.request(target, body, headerLines).status()).isEqualTo(status);

    assertThat(bench.published()).isEmpty();
    assertThat(bench.counted(status == 404 ? "unknown" : "default", "other", "refused")).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConferenceName", "ConferenceUUID"})
  void refusesAnEventWithoutConference(String field) {
    bench();
    var fields = new HashMap<>(lastExit("room", "u1"));
    fields.remove(field);
    assertThat(bench.vobiz.callback(fields))
        .satisfies(
            answer -> assertThat(answer.status()).isEqualTo(400),
            answer -> assertThat(answer.body()).contains(field));
    fields.put(field, "  ");
    assertThat(bench.vobiz.callback(fields).status()).isEqualTo(400);
    fields.put("ConferenceAction", "digits");
    fields.put("Event", "ConferenceDigitsMatch");
    assertThat(bench.vobiz.callback(fields).status()).isEqualTo(200);

    assertThat(bench.published()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConferenceUUID", "CallUUID", "ConferenceMemberID"})
  void refusesAnIdThatIsNone(String field) {
    bench();
    var fields = new HashMap<>(lastExit("room", "u1"));
    fields.put(field, "x".repeat(257));

    assertThat(bench.vobiz.callback(fields).status()).isEqualTo(400);
    assertThat(bench.published()).isEmpty();
  }

  @Test
  void takesAsMuchAs64KiB_andNoMore() {
    bench();
    String fields = form(lastExit("room", "u1")) + "&more=";

    String fits = fields + "a".repeat(65_536 - fields.length());
    assertThat(bench.vobiz.post(PATH, fits + "a", bench.vobiz.signed("1")).status()).isEqualTo(413);
    assertThat(bench.vobiz.post(PATH, "a".repeat(3_000_000), bench.vobiz.signed("2")).status())
        .isIn(413, 0);
    assertThat(bench.published()).isEmpty();
    assertThat(bench.vobiz.post(PATH, fits, bench.vobiz.signed("3")).status()).isEqualTo(200);
    assertThat(bench.published()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void takesABodyInChunks_butNotForEver(boolean signed) {
    bench();
    String head =
        "POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\nContent-Type: %s\r\n"
            .formatted(PATH, FORM);
    String signature = String.join("\r\n", bench.vobiz.signed("1")) + "\r\n";
    String chunk = "8000\r\n" + "a".repeat(0x8000) + "\r\n";

    for (String chunks : List.of(chunk.repeat(40), chunk.repeat(2) + "1\r\na\r\n0\r\n\r\n")) {
      assertThat(bench.vobiz.raw(head + (signed ? signature : "") + "\r\n" + chunks).status())
          .isEqualTo(413);
    }

    String body = form(lastExit("room", "u1"));
    String chunks =
        "%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
            .formatted(5, body.substring(0, 5), body.length() - 5, body.substring(5));
    assertThat(bench.vobiz.raw(head + signature + "\r\n" + chunks).status()).isEqualTo(200);
    assertThat(bench.published()).hasSize(1);
  }

  @Test
  void doesNotWaitForABodyThatDoesNotCome() {
    bench();

    assertThat(
            bench
                .vobiz
                .raw(
                    "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nContent-Type: %s\r\n\r\na="
                        .formatted(PATH, FORM))
                .status())
        .isEqualTo(408);
  }

  @Test
  void usesAConnectionAgain_alsoAfterARefusal() throws IOException {
    bench();
    String refused = "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde";
    String body = form(lastExit("room", "u1"));
    String genuine =
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\nContent-Type: %s\r\n%s\r\n\r\n%s"
            .formatted(
                PATH, body.length(), FORM, String.join("\r\n", bench.vobiz.signed("1")), body);

    List<String> answers = bench.vobiz.oneAfterTheOther(List.of(refused, refused, genuine));

    assertThat(answers.get(0)).startsWith("HTTP/1.1 404");
    assertThat(answers.get(1)).startsWith("HTTP/1.1 404");
    assertThat(answers.get(2)).startsWith("HTTP/1.1 200").endsWith("published\n");
    assertThat(bench.published()).hasSize(1);
  }

  /** Whoever does not wait for the answer is let go with it. */
  @Test
  void takesOneRequestAtATime() {
    bench();
    String one = "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde";

    Caller.Answer answer = bench.vobiz.raw(one.repeat(1000));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain("HTTP/1.1");
    assertThat(bench.counted("unknown", "other", "refused")).isOne();
    assertThat(bench.vobiz.callback(lastExit("room", "u1")).status()).isEqualTo(200);
  }

  @Test
  void answersACallback_whateverComesBehindIt() {
    bench();
    // So that it is still under way.
    bench.gateway.answerReportsWith(Status.UNAVAILABLE);
    String body = form(lastExit("room", "u1"));
    String callback =
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\nContent-Type: %s\r\n%s\r\n\r\n%s"
            .formatted(
                PATH, body.length(), FORM, String.join("\r\n", bench.vobiz.signed("1")), body);

    assertThat(bench.vobiz.raw(callback + "xx yy\r\n\r\n").status()).isEqualTo(200);

    assertThat(bench.published()).hasSize(1);
    assertThat(bench.counted("unknown", "other", "refused")).isOne();
  }

  static Stream<Arguments> broken() {
    String head =
        "POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: %s\r\n"
            .formatted(PATH, FORM);
    String body = form(lastExit("Team meeting", "u1"));
    String chunk = "%x\r\n%s".formatted(body.length(), body);
    return Stream.of(
        argumentSet("no chunk size", head, chunk + "\r\nZZ\r\n"),
        argumentSet("longer than it says", head, chunk + "XXX\r\n0\r\n\r\n"),
        argumentSet("the end is no end", head, chunk + "\r\n0\r\n \r\n\r\n"));
  }

  /** It would be another conference, and the whole callback would be taken for a replay. */
  @ParameterizedTest
  @MethodSource("broken")
  void takesNoBodyThatBreaksOff(String head, String chunks) {
    bench();
    // Many times, because it may break off before, while or after somebody reads it.
    for (int nonce = 0; nonce < 30; nonce++) {
      String[] signature = bench.vobiz.signed(String.valueOf(nonce));
      String whole = form(lastExit("Team meeting", "u1"));

      bench.vobiz.raw(head + String.join("\r\n", signature) + "\r\n\r\n" + chunks);

      assertThat(bench.published()).hasSize(Math.min(nonce, 1));
      assertThat(bench.vobiz.post(PATH, whole, signature).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /vobiz/default?ConferenceName=My Room&From=+4930111222 HTTP/1.1', 400",
    "'POST /vobiz/default HTTP/1.1\r\nContent-Length: +4930111222', 400",
    "'POST /vobiz/default HTTP/1.1\r\n+4930111222 : a', 400",
    "+4930111222, 400",
  })
  void countsWhatIsNotHttp_andShowsNothingOfIt(String request, int status, CapturedOutput output) {
    bench();

    assertThat(bench.vobiz.raw(request + "\r\n\r\n").status()).isEqualTo(status);

    assertThat(bench.counted("unknown", "other", "refused")).isOne();
    assertThat(output.getAll()).doesNotContain("4930111222");
  }

  @Test
  void countsAHeadThatIsTooLong() {
    bench("vobiz.events.allow-get=true");

    assertThat(bench.vobiz.request("GET " + PATH + "?x=" + "a".repeat(70_000), "").status())
        .isIn(414, 0);
    assertThat(bench.vobiz.request("POST " + PATH, "", "X: " + "a".repeat(20_000)).status())
        .isIn(431, 0);
    assertThat(bench.counted("unknown", "other", "refused")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CallerName=100%", "From=%FF", "CallUUID=%zz", "%zz=1", "=", "&&"})
  void losesNoEventForAFieldThatNobodyNeeds(String field) {
    bench();

    assertThat(
            bench
                .vobiz
                .post(PATH, field + "&" + form(lastExit("room", "u1")), bench.vobiz.signed("1"))
                .status())
        .isEqualTo(200);
    assertThat(bench.published()).hasSize(1);
  }

  @Test
  void countsEachMessage() {
    bench("vobiz.events.publish=member-left");

    bench.vobiz.callback(lastExit("room", "u1"));

    assertThat(bench.counted("default", "member-left", "published")).isOne();
    assertThat(bench.counted("default", "empty", "published")).isZero();
  }

  @Test
  void twoMembersHaveTwoMessages_howeverOddTheirIds() {
    bench(ALL);
    var fields = new HashMap<>(lastExit("room", "u:1"));
    fields.remove("ConferenceLastMember");
    fields.putAll(Map.of("CallUUID", "a:b", "ConferenceMemberID", "c"));
    bench.vobiz.callback(fields);
    fields.putAll(Map.of("CallUUID", "a", "ConferenceMemberID", "b:c"));
    bench.vobiz.callback(fields);
    fields.keySet().removeAll(List.of("CallUUID", "ConferenceMemberID"));
    bench.vobiz.callback(fields);

    assertThat(bench.published())
        .extracting(PublishMessageRequest::getMessageId)
        .containsExactly("default:u%3A1:a%3Ab:c:exit", "default:u%3A1:a:b%3Ac:exit");
    assertThat(bench.counted("default", "member-left", "ignored")).isOne();
  }

  @Test
  void takesTheRequestTargetInAbsoluteForm_andNoHostInsteadOfThePublicUrl() {
    bench();

    assertThat(
            bench
                .vobiz
                .request(
                    "POST https://evil.example.com" + PATH + "?x=1",
                    form(lastExit("room", "u1")),
                    with(bench.vobiz.signed("1"), "Content-Type: " + FORM))
                .status())
        .isEqualTo(200);
    String url = "https://evil.example.com/vobiz/default";
    assertThat(
            bench
                .vobiz
                .post(
                    PATH,
                    form(lastExit("room", "u2")),
                    "X-Forwarded-Host: evil.example.com",
                    "Forwarded: host=evil.example.com",
                    "X-Vobiz-Signature-V3: " + Caller.hmac(EndpointBench.TOKEN, url + ".2"),
                    "X-Vobiz-Signature-V3-Nonce: 2")
                .status())
        .isEqualTo(403);
    assertThat(bench.published()).hasSize(1);
  }

  @Test
  void takesFieldsFromTheQuery_ifGetIsAllowed() {
    bench("vobiz.events.allow-get=true");
    String query = form(lastExit("room & more", "u1"));

    assertThat(
            bench.vobiz.request("GET " + PATH + "?" + query, "", bench.vobiz.signed("1")).status())
        .isEqualTo(200);
    assertThat(
            bench
                .vobiz
                .request(
                    "GET " + PATH + "?" + query.replace("u1", "u2"), "", bench.vobiz.signed("1"))
                .status())
        .isEqualTo(403);
    assertThat(
            bench
                .vobiz
                .request(
                    "POST " + PATH + "?" + query.replace("u1", "u3"),
                    "",
                    with(bench.vobiz.signed("2"), "Content-Type: " + FORM))
                .status())
        .isEqualTo(400);
    assertThat(bench.published())
        .extracting(PublishMessageRequest::getCorrelationKey)
        .containsExactly("room & more");
  }

  @Test
  void ofAFieldThatOccursTwice_theFirstCounts() {
    bench();

    assertThat(
            bench
                .vobiz
                .post(
                    PATH,
                    form(lastExit("room", "u1")) + "&ConferenceName=other",
                    bench.vobiz.signed("1"))
                .status())
        .isEqualTo(200);
    assertThat(bench.published().getFirst().getCorrelationKey()).isEqualTo("room");
    assertThat(bench.vobiz.request("PUT " + PATH, "").head().toLowerCase(Locale.ROOT))
        .contains("allow: post\r\n");
  }

  @Test
  void doesNotPublishANameThatIsTooLongForTheEngine() {
    bench();
    // 255 of two chars each, then one: 257 as Java counts them.
    String tooLong = "\uD83D\uDE00".repeat(128) + "x";

    assertThat(bench.vobiz.callback(lastExit(tooLong, "u1")).status()).isEqualTo(200);
    assertThat(bench.published()).isEmpty();
    assertThat(bench.counted("default", "empty", "ignored")).isOne();

    String fits = tooLong.substring(0, 256);
    assertThat(bench.vobiz.callback(lastExit(fits, "u2")).status()).isEqualTo(200);
    assertThat(bench.published())
        .extracting(PublishMessageRequest::getCorrelationKey)
        .containsExactly(fits);
  }

  @Test
  void neverShowsHeadersOrNumbers_andPublishesNumbersOnlyIfAskedTo(CapturedOutput output) {
    for (String include : List.of("false", "true")) {
      try (var each = new EndpointBench(ALL, "vobiz.events.include-numbers=" + include)) {
        each.vobiz.post(
            PATH,
            form(
                Map.of(
                    "ConferenceAction", "enter",
                    "ConferenceName", "room",
                    "ConferenceUUID", "u1",
                    "CallUUID", "call",
                    "ConferenceMemberID", "7",
                    "From", "+4930111222",
                    "To", "+4940333444")),
            with(each.vobiz.signed("1"), "X-Plain: " + EndpointBench.TOKEN));

        JsonNode event = EndpointBench.variable(each.published().getFirst());
        assertThat(event.path("from").asText("none"))
            .isEqualTo(include.equals("true") ? "+4930111222" : "none");
        assertThat(event.path("to").asText("none"))
            .isEqualTo(include.equals("true") ? "+4940333444" : "none");
      }
    }
    bench();
    try (var audit = new AuditTrail()) {
      bench.vobiz.callback(lastExit("the token is " + EndpointBench.TOKEN, "u1"));
      assertThat(audit.events()).singleElement().asString().contains("conference=the token is ***");
    }

    assertThat(output.getAll())
        .contains("conference event")
        .doesNotContain("111222", "333444", EndpointBench.TOKEN);
  }

  @Test
  void writesOneEventPerCallbackToTheAuditTrail() {
    bench();
    try (var audit = new AuditTrail()) {
      bench.vobiz.callback(lastExit("a\r\n2026-01-01 forged", "u1"));
      bench.vobiz.callback(lastExit("a\r\n2026-01-01 forged", "u1"));

      assertThat(audit.events())
          .containsExactly(
              "INFO conference event result=published event=empty httpStatus=200 account=default"
                  + " conference=a\\u000D\\u000A2026-01-01 forged conferenceUuid=u1 member=17"
                  + " callUuid=call-17",
              "INFO conference event result=duplicate event=empty httpStatus=200 account=default"
                  + " conference=a\\u000D\\u000A2026-01-01 forged conferenceUuid=u1 member=17"
                  + " callUuid=call-17");
    }
  }

  @Test
  void doesNotFillTheLog_whenItIsFlooded() {
    bench();
    try (var audit = new AuditTrail()) {
      for (int i = 0; i < 200; i++) {
        bench.vobiz.post(PATH, "a=b");
      }

      assertThat(bench.counted("default", "other", "refused")).isEqualTo(200);
      assertThat(audit.events()).hasSizeBetween(20, 60);
    }
  }

  @Test
  void tellsWhereItListens_andWarnsIfAnybodyMayCall(CapturedOutput output) {
    bench("vobiz.events.allow-unsigned=true");

    assertThat(output.getAll())
        .contains("https://hooks.example.com/vobiz/default, https://hooks.example.com/vobiz/sales")
        .contains("WARN", "vobiz.events.allow-unsigned");
    assertThat(bench.vobiz.post(PATH, form(lastExit("room", "u1"))).status()).isEqualTo(200);
    assertThat(
            bench
                .vobiz
                .post(
                    PATH,
                    form(lastExit("room", "u2")),
                    "X-Vobiz-Signature-V3: wrong",
                    "X-Vobiz-Signature-V3-Nonce: 1")
                .status())
        .isEqualTo(403);
    assertThat(bench.published()).hasSize(1);
  }

  /** Bytes that are no text in the charset: nobody knows which conference is meant. */
  @ParameterizedTest
  @CsvSource({"%FF, UTF-8", "%C3, UTF-8", "%80, US-ASCII", "%zz, UTF-8", "a%, UTF-8"})
  void refusesANameThatCannotBeDecoded(String name, String charset) {
    bench();
    String body = form(lastExit("NAME", "u1")).replace("NAME", name);

    assertThat(
            bench
                .vobiz
                .request(
                    "POST " + PATH,
                    body,
                    with(
                        bench.vobiz.signed("1"),
                        "Content-Type: " + FORM + "; charset=\"" + charset + "\""))
                .status())
        .isEqualTo(400);
    assertThat(bench.published()).isEmpty();
  }

  /** Not escaped, though they should be. */
  @ParameterizedTest
  @ValueSource(strings = {"Room #1", " two  spaces ", "a;b", "a=b", "ü?/\"<>", "a:b\tc", "%2541"})
  void takesSloppyFormsAsTheyAre(String name) {
    bench();
    String raw = new String(name.getBytes(UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);

    bench.vobiz.post(
        PATH,
        "ConferenceName="
            + raw
            + "&ConferenceAction=exit&ConferenceUUID=1&ConferenceLastMember=true",
        bench.vobiz.signed("1"));

    assertThat(bench.published())
        .extracting(PublishMessageRequest::getCorrelationKey)
        .containsExactly(name.replace("%25", "%"));
  }
}
