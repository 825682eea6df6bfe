package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.standin.vobiz.Replies;
import org.conferenceworker.standin.vobiz.Request;
import org.conferenceworker.standin.vobiz.VobizStandIn;
import org.conferenceworker.vobiz.account.VobizAccount;

/** The wire, byte for byte, for any name and any answer. */
class WirePropertiesTest {

  private static final String TOKEN = "s3cr3t-t0ken";
  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_1", TOKEN);
  private static final String BEFORE = "DELETE /api/v1/Account/MA_1/Conference/";
  private static final String AFTER = "/ HTTP/1.1";

  private static VobizStandIn vobiz;
  private static VobizClient client;

  @BeforeContainer
  static void start() {
    vobiz = VobizStandIn.start();
    vobiz.account("MA_1", TOKEN);
    client =
        ApiClients.client(
            vobiz.baseUrl(),
            SystemDefaultDnsResolver.INSTANCE,
            Clock.systemUTC(),
            "vobiz.http.response-timeout=5s");
  }

  @AfterContainer
  static void stop() throws IOException {
    client.close();
    vobiz.close();
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void carriesTheOneRequestAskedFor_orNothing(@ForAll("names") String name) {
    vobiz.reset();
    ConferenceName conference = nameOrNull(name);
    Statistics.label("sent").collect(conference != null);
    Statistics.label("sent").coverage(sent -> sent.check(true).percentage(share -> share > 50));
    if (conference == null) {
      return;
    }
    vobiz.room("MA_1", "bystander");

    client.send(ApiRequest.hangUp(ACCOUNT, conference), Instant.MAX);

    assertThat(vobiz.requests()).hasSize(1);
    Request request = vobiz.requests().getFirst();
    assertThat(request.requestLine()).startsWith(BEFORE).endsWith(AFTER);
    String segment =
        request
            .requestLine()
            .substring(BEFORE.length(), request.requestLine().length() - AFTER.length());
    assertThat(segment).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})++").isNotIn(".", "..");
    assertThat(decoded(segment)).isEqualTo(name.getBytes(StandardCharsets.UTF_8));
    assertThat(new String(decoded(segment), StandardCharsets.UTF_8)).isEqualTo(name);
    assertThat(request.header("Content-Length")).isNull();
    assertThat(request.header("Transfer-Encoding")).isNull();
    if (!name.equals("bystander")) {
      assertThat(vobiz.rooms("MA_1")).containsExactly("bystander");
    }
  }

  @Provide
  Arbitrary<List<String>> memberIds() {
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars("-_")
        .ofMinLength(1)
        .ofMaxLength(40)
        .filter(id -> !id.equalsIgnoreCase("all"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(100);
  }

  @Provide
  Arbitrary<String> urls() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("-._~:/?#[]@!$&'()*+,;=%20")
        .ofMaxLength(100)
        .map(rest -> "https://media.example.com/" + rest.replaceAll("%(?!20)|[\\[\\]#]", ""));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void carriesMembersAndAddressAsTheyAre(
      @ForAll("names") String name,
      @ForAll("memberIds") List<String> ids,
      @ForAll("urls") String url,
      @ForAll @IntRange(max = 2) int kind) {
    vobiz.reset();
    ConferenceName conference = nameOrNull(name);
    if (conference == null) {
      return;
    }
    vobiz.room("MA_1", "bystander", "Ada");
    var members = new MemberIds(ids);
    String path = BEFORE.substring(7) + conference.encoded() + "/Member/" + String.join(",", ids);

    client.send(
        switch (kind) {
          case 0 -> ApiRequest.play(ACCOUNT, conference, members, new AnnouncementUrl(url));
          case 1 -> ApiRequest.kick(ACCOUNT, conference, members);
          default -> ApiRequest.hangUpMembers(ACCOUNT, conference, members);
        },
        Instant.MAX);

    assertThat(vobiz.requests()).hasSize(1);
    Request request = vobiz.requests().getFirst();
    assertThat(request.requestLine())
        .isEqualTo(
            switch (kind) {
              case 0 -> "POST " + path + "/Play/ HTTP/1.1";
              case 1 -> "POST " + path + "/Kick/ HTTP/1.1";
              default -> "DELETE " + path + "/ HTTP/1.1";
            });
    String body =
        switch (kind) {
          case 0 -> "{\"url\":\"" + url + "\"}";
          case 1 -> "{}";
          default -> "";
        };
    assertThat(request.body()).isEqualTo(body);
    assertThat(request.header("Content-Length"))
        .isEqualTo(kind == 2 ? null : String.valueOf(body.length()));
    assertThat(request.header("Transfer-Encoding")).isNull();
    assertThat(vobiz.members("MA_1", "bystander")).hasSize(1);
  }

  private static ConferenceName nameOrNull(String name) {
    try {
      return new ConferenceName(name);
    } catch (IllegalArgumentException refused) {
      return null;
    }
  }

  /** Written anew, so that an error of the encoder does not undo itself. */
  private static byte[] decoded(String segment) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < segment.length(); i++) {
      if (segment.charAt(i) == '%') {
        bytes.write(Integer.parseInt(segment.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(segment.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void alwaysYieldsAnOutcome_withoutTheToken_whateverTheAnswerIs(@ForAll("answers") String answer) {
    vobiz.reset();
    vobiz.misbehaveNext(Replies.rawThenClose(answer));

    Outcome outcome =
        client.send(ApiRequest.hangUp(ACCOUNT, new ConferenceName("room")), Instant.MAX);

    Statistics.label("outcome").collect(outcome.getClass().getSimpleName());
    assertThat(outcome.toString()).doesNotContain(TOKEN).doesNotContain("\n", "\r");
    assertThat(vobiz.requests().size()).isLessThanOrEqualTo(1);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.frequencyOf(
        Tuple.of(10, codePoints().list().ofMinSize(1).ofMaxSize(30).map(WirePropertiesTest::join)),
        Tuple.of(2, longNames()),
        Tuple.of(5, tricks().list().ofMinSize(1).ofMaxSize(6).map(parts -> String.join("", parts))),
        Tuple.of(1, Arbitraries.strings().withCharRange('\ud800', '\udfff').ofMaxLength(4)));
  }

  /** Quicker than a list of generated characters; a failure of this length needs no shrinking. */
  private Arbitrary<String> longNames() {
    Arbitrary<Integer> lengths =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 10_000),
            Arbitraries.integers().between(9_995, 10_005));
    return Combinators.combine(lengths, Arbitraries.longs(), Arbitraries.of(0x7E, 0x2FFF, 0xFFFF))
        .as(
            (length, seed, highest) ->
                join(new Random(seed).ints(length, 0x20, highest + 1).boxed().toList()));
  }

  private static String join(List<Integer> codePoints) {
    return codePoints.stream().map(Character::toString).collect(Collectors.joining());
  }

  private Arbitrary<Integer> codePoints() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.integers().between(0, 0x10FFFF)),
        Tuple.of(8, Arbitraries.integers().between(0x20, 0x7E)),
        Tuple.of(4, Arbitraries.integers().between(0xA0, 0x2FFF)),
        Tuple.of(2, Arbitraries.integers().between(0x1F300, 0x1FAFF)));
  }

  /** Separators and dot segments in the encodings that servers and proxies are known to decode. */
  private Arbitrary<String> tricks() {
    return Arbitraries.of(
        "/",
        "\\",
        ".",
        "..",
        "%2F",
        "%2f",
        "%5C",
        "%2E",
        "%2e%2e",
        "%252E",
        "%252F",
        "%c0%ae",
        "%u002e",
        "．",
        "／",
        "∕",
        "⁄",
        "․",
        "‥",
        ";",
        "..;",
        "?",
        "#",
        "%",
        "%00",
        "+",
        " ",
        "a",
        "Conference",
        "HTTP/1.1",
        "&",
        "=",
        ":",
        "@",
        "*",
        "~",
        "é",
        "e\u0301",
        "📞");
  }

  @Provide
  Arbitrary<String> answers() {
    Arbitrary<String> bytes =
        Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(300);
    Arbitrary<String> statusLine =
        Arbitraries.oneOf(
            Arbitraries.integers()
                .between(100, 599)
                .withDistribution(RandomDistribution.uniform())
                .map(status -> "HTTP/1.1 " + status + " -\r\n"),
            Arbitraries.of(
                "HTTP/1.0 200\r\n",
                "HTTP/1.1 000 -\r\n",
                "HTTP/1.1 999 -\r\n",
                "HTTP/2 204\r\n",
                "HTTP/1.1 -1 x\r\n",
                "\r\n\r\n"));
    Arbitrary<String> header =
        Arbitraries.oneOf(
            Arbitraries.of(
                "Content-Length: 5\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Content-Encoding: gzip\r\n",
                "Connection: close\r\n",
                "Retry-After: " + TOKEN + "\r\n",
                "Location: http://" + TOKEN + ".example/\r\n",
                "Set-Cookie: a=b\r\n",
                "X-Any: thing\r\n"));
    Arbitrary<String> body =
        Arbitraries.oneOf(
            bytes,
            Arbitraries.of(
                "",
                "{\"error\":\"" + TOKEN + "\"}",
                "{\"error\":{\"message\":\"a\\nb " + TOKEN + "\"}}",
                "5\r\nhello\r\n0\r\n\r\n",
                "[".repeat(5000)));
    Arbitrary<String> http =
        Combinators.combine(statusLine, header.list().ofMaxSize(4), body)
            .as((line, headers, rest) -> line + String.join("", headers) + "\r\n" + rest);
    Arbitrary<String> almostHttp =
        Combinators.combine(statusLine, bytes).as((line, rest) -> line + rest);
    return Arbitraries.frequencyOf(Tuple.of(1, bytes), Tuple.of(1, almostHttp), Tuple.of(3, http));
  }
}
