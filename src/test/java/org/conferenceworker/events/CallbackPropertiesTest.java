package org.conferenceworker.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.conferenceworker.events.Caller.FORM;
import static org.conferenceworker.events.Caller.PATH;
import static org.conferenceworker.events.Caller.form;
import static org.conferenceworker.events.Caller.lastExit;
import static org.conferenceworker.events.Caller.with;

import java.nio.charset.Charset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** Names and bodies that nobody thought of. */
class CallbackPropertiesTest {

  private static EndpointBench bench;
  private static int nonce;

  @BeforeContainer
  static void open() {
    bench = new EndpointBench("vobiz.events.allow-get=true");
  }

  @AfterContainer
  static void close() {
    bench.close();
  }

  @BeforeTry
  void forget() {
    bench.gateway.accepted().clear();
    nonce++;
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMinLength(1).ofMaxLength(40),
            Arbitraries.strings()
                .withChars("&=+%#;?/\\ a\u00FC\u20AC0\"'")
                .ofMinLength(1)
                .ofMaxLength(12),
            Arbitraries.strings().withCharRange('\u0001', '\u00FF').ofMinLength(1).ofMaxLength(256))
        .filter(name -> UTF_8.newEncoder().canEncode(name) && !name.isBlank());
  }

  @Provide
  Arbitrary<Charset> charsets() {
    return Arbitraries.of(UTF_8, ISO_8859_1, Charset.forName("windows-1252"));
  }

  @Property(tries = 500)
  void aNameReachesTheEngineExactly(
      @ForAll("names") String name, @ForAll("charsets") Charset charset, @ForAll boolean byGet) {
    Assume.that(charset.newEncoder().canEncode(name) && !(byGet && charset != UTF_8));
    String fields = form(lastExit(name, "uuid " + nonce), charset);
    String[] signature = bench.vobiz.signed(String.valueOf(nonce));

    Caller.Answer answer =
        byGet
            ? bench.vobiz.request("GET " + PATH + "?" + fields, "", signature)
            : bench.vobiz.request(
                "POST " + PATH,
                fields,
                with(signature, "Content-Type: " + FORM + "; charset=" + charset.name()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(bench.published())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.getCorrelationKey()).isEqualTo(name);
              assertThat(EndpointBench.variable(message).get("conferenceName").asText())
                  .isEqualTo(name);
              assertThat(message.getMessageId()).isEqualTo("default:uuid " + nonce + ":empty");
            });
  }

  /** Whatever it is, it gets an answer of the documentation, and no message without a name. */
  @Property(tries = 500)
  void anyBodyGetsAnAnswer(@ForAll("bodies") String body) {
    Caller.Answer answer = bench.vobiz.post(PATH, body, bench.vobiz.signed(String.valueOf(nonce)));

    assertThat(answer.status()).isIn(200, 400);
    assertThat(bench.published())
        .allSatisfy(message -> assertThat(message.getCorrelationKey()).isNotBlank());
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "ConferenceName",
            "ConferenceUUID",
            "ConferenceAction",
            "ConferenceLastMember",
            "Event",
            "exit",
            "enter",
            "true",
            "room",
            "=",
            "=",
            "=",
            "&",
            "&",
            "&",
            "%",
            "%C3%BC",
            "%00",
            "+",
            ";",
            "#",
            "\u00FF",
            "\r\n",
            "[]",
            "ConferenceExit");
    return Arbitraries.oneOf(
        piece.list().ofMaxSize(30).map(pieces -> String.join("", pieces)),
        Arbitraries.strings().withCharRange('\u0000', '\u00FF').ofMaxLength(300));
  }

  /** Nobody gets in by a signature that is only nearly right. */
  @Property(tries = 300)
  void noOtherSignatureIsAccepted(
      @ForAll("signatures") String signature, @ForAll("signatures") String otherNonce) {
    String right = Caller.hmac(EndpointBench.TOKEN, Caller.PUBLIC_URL + "/default." + otherNonce);
    Assume.that(!signature.contains(right));

    Caller.Answer answer =
        bench.vobiz.post(
            PATH,
            form(lastExit("room", "uuid " + nonce)),
            "X-Vobiz-Signature-V3: " + signature,
            "X-Vobiz-Signature-V3-Nonce: " + otherNonce);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(bench.published()).isEmpty();
  }

  @Provide
  Arbitrary<String> signatures() {
    String right = Caller.hmac(EndpointBench.TOKEN, Caller.PUBLIC_URL + "/default.1");
    return Arbitraries.oneOf(
        Arbitraries.integers()
            .between(0, right.length() - 1)
            .map(at -> right.substring(0, at) + "!" + right.substring(at + 1)),
        Arbitraries.integers().between(0, right.length() - 1).map(right::substring),
        Arbitraries.strings().withChars("abcXYZ019+/=,").ofMinLength(1).ofMaxLength(60));
  }
}
