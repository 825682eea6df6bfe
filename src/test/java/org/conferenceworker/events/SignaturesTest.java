package org.conferenceworker.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.conferenceworker.events.EndpointBench.SALES_TOKEN;
import static org.conferenceworker.events.EndpointBench.TOKEN;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.conferenceworker.events.Signatures.Verdict;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.standin.Settings;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures made by openssl, so that this code is not its own witness. */
class SignaturesTest {

  private static final String MAIN_TOKEN = "s3cr3t-of-the-main-account";
  private static final String NONCE = "12345678901234567890";
  private static final String DEFAULT_URL = Caller.PUBLIC_URL + "/default";
  private static final String SALES_URL = Caller.PUBLIC_URL + "/sales";
  private static final String[] SAME_TOKEN = {
    "vobiz.accounts.sales.auth-token=" + TOKEN,
    "vobiz.accounts.sales1.auth-id=MA_3",
    "vobiz.accounts.sales1.auth-token=" + TOKEN
  };
  private static final String V3 = "X-Vobiz-Signature-V3";
  private static final String V2 = "X-Vobiz-Signature-V2";
  private static final String MA_V3 = "X-Vobiz-Signature-MA-V3";
  private static final String MA_V2 = "X-Vobiz-Signature-MA-V2";

  private static String openssl(String digest, String key, String text) {
    try {
      Process process =
          new ProcessBuilder(
                  "sh",
                  "-c",
                  "openssl dgst -%s -hmac '%s' -binary | openssl base64 -A".formatted(digest, key))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (var in = process.getOutputStream()) {
        in.write(text.getBytes(UTF_8));
      }
      String signature = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(signature).as("openssl has to be installed").isNotBlank();
      return signature;
    } catch (IOException e) {
      throw new IllegalStateException("openssl has to be installed", e);
    }
  }

  private static String sha256(String key, String text) {
    return openssl("sha256", key, text);
  }

  private static Verdict check(
      String account, Map<String, List<String>> headers, String... settings) {
    VobizProperties properties =
        Settings.withTwoAccounts(
            Stream.concat(
                    Stream.of(
                        "vobiz.auth-token=" + TOKEN,
                        "vobiz.accounts.sales.auth-token=" + SALES_TOKEN),
                    Stream.of(settings))
                .toArray(String[]::new));
    var accounts = new VobizAccounts(properties);
    var byName = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    return new Signatures(new CallbackAddress(Caller.PUBLIC_URL, accounts.names()), accounts)
        .check(
            account,
            new Callback("POST", "", "", name -> byName.getOrDefault(name, List.of()), null));
  }

  private static List<String> proofs(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Genuine.class);
    return ((Verdict.Genuine) verdict).proofs();
  }

  private static Map<String, List<String>> signed(String header, String signature) {
    return Map.of(header, List.of(signature), header.replace("MA-", "") + "-Nonce", List.of(NONCE));
  }

  static Stream<Arguments> genuine() {
    String right = sha256(TOKEN, DEFAULT_URL + "." + NONCE);
    return Stream.of(
        argumentSet("V3", "default", signed(V3, right)),
        argumentSet("V2", "default", signed(V2, sha256(TOKEN, DEFAULT_URL + NONCE))),
        argumentSet(
            "MA-V3", "default", signed(MA_V3, sha256(MAIN_TOKEN, DEFAULT_URL + "." + NONCE))),
        argumentSet(
            "sub-account", "sales", signed(V3, sha256(SALES_TOKEN, SALES_URL + "." + NONCE))),
        argumentSet("its V2", "sales", signed(V2, sha256(SALES_TOKEN, SALES_URL + NONCE))),
        argumentSet(
            "its MA-V3", "sales", signed(MA_V3, sha256(MAIN_TOKEN, SALES_URL + "." + NONCE))),
        argumentSet("its MA-V2", "sales", signed(MA_V2, sha256(MAIN_TOKEN, SALES_URL + NONCE))),
        argumentSet("several", "default", signed(V3, "AAAA, " + right + ",BBBB")),
        argumentSet(
            "several lines",
            "default",
            Map.of(V3, List.of("AAAA", right), V3 + "-Nonce", List.of(NONCE))),
        argumentSet(
            "case of the header",
            "default",
            Map.of(
                "x-vobiz-signature-v3", List.of(right),
                "X-VOBIZ-SIGNATURE-V3-NONCE", List.of(NONCE))),
        argumentSet(
            "a wrong one beside it",
            "default",
            Map.of(
                V3,
                List.of(right),
                V3 + "-Nonce",
                List.of(NONCE),
                V2,
                List.of("AAAA"),
                V2 + "-Nonce",
                List.of("1"))));
  }

  @ParameterizedTest
  @MethodSource("genuine")
  void acceptsWhatVobizSigns(String account, Map<String, List<String>> headers) {
    assertThat(proofs(check(account, headers, "vobiz.events.main-auth-token=" + MAIN_TOKEN)))
        .contains(account + "\n" + NONCE)
        .hasSize(2);
  }

  static Stream<Arguments> wrong() {
    String right = sha256(TOKEN, DEFAULT_URL + "." + NONCE);
    return Stream.of(
        argumentSet("made up", signed(V3, "AAAA")),
        argumentSet("V2 in V3", signed(V3, sha256(TOKEN, DEFAULT_URL + NONCE))),
        argumentSet("V3 in V2", signed(V2, right)),
        argumentSet("another token", signed(V3, sha256(SALES_TOKEN, DEFAULT_URL + "." + NONCE))),
        argumentSet("the main token", signed(V3, sha256(MAIN_TOKEN, DEFAULT_URL + "." + NONCE))),
        argumentSet("own token in MA", signed(MA_V3, right)),
        argumentSet("another account's URL", signed(V3, sha256(TOKEN, SALES_URL + "." + NONCE))),
        argumentSet("with query", signed(V3, sha256(TOKEN, DEFAULT_URL + "?a=b." + NONCE))),
        argumentSet("with slash", signed(V3, sha256(TOKEN, DEFAULT_URL + "/." + NONCE))),
        argumentSet(
            "http", signed(V3, sha256(TOKEN, DEFAULT_URL.replace("https", "http") + "." + NONCE))),
        argumentSet("without padding", signed(V3, right.replace("=", ""))),
        argumentSet("lower case", signed(V3, right.toLowerCase())),
        argumentSet("SHA-1", signed(V3, openssl("sha1", TOKEN, DEFAULT_URL + "." + NONCE))),
        argumentSet("no nonce", Map.of(V3, List.of(right))),
        argumentSet("nonce of V2", Map.of(V3, List.of(right), V2 + "-Nonce", List.of(NONCE))),
        argumentSet(
            "no nonce but signed so",
            Map.of(V3, List.of(sha256(TOKEN, DEFAULT_URL + ".")), V3 + "-Nonce", List.of(""))),
        argumentSet("two nonces", Map.of(V3, List.of(right), V3 + "-Nonce", List.of(NONCE, "1"))));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void acceptsNothingElse(Map<String, List<String>> headers) {
    assertThat(check("default", headers, "vobiz.events.main-auth-token=" + MAIN_TOKEN))
        .isEqualTo(new Verdict.Wrong());
  }

  @Test
  void whatItCannotCheck_isNoSignature() {
    String legacy = openssl("sha1", TOKEN, DEFAULT_URL);

    assertThat(check("default", Map.of())).isEqualTo(new Verdict.Unsigned());
    assertThat(check("default", Map.of("X-Vobiz-Signature", List.of(legacy))))
        .isEqualTo(new Verdict.Unsigned());
    assertThat(check("default", Map.of(V3, List.of(" , ")))).isEqualTo(new Verdict.Unsigned());
    assertThat(check("sales", signed(MA_V3, sha256(MAIN_TOKEN, SALES_URL + "." + NONCE))))
        .isEqualTo(new Verdict.Unsigned());
  }

  @Test
  void everyNonceOfACallbackCounts_soThatNoneCanBeUsedAgain() {
    var headers = new TreeMap<String, List<String>>();
    headers.putAll(signed(V3, sha256(TOKEN, DEFAULT_URL + "." + NONCE)));
    headers.put(V2, List.of(sha256(TOKEN, DEFAULT_URL + "2")));
    headers.put(V2 + "-Nonce", List.of("2"));

    assertThat(proofs(check("default", headers)))
        .contains("default\n" + NONCE, "default\n2")
        .contains(headers.get(V3).getFirst(), headers.get(V2).getFirst());
  }

  /** V3 of one nonce is V2 of another: they sign the same text. */
  @Test
  void aNonceHasNoOtherCharacters() {
    var headers =
        Map.of(
            V2,
            List.of(sha256(TOKEN, DEFAULT_URL + "." + NONCE)),
            V2 + "-Nonce",
            List.of("." + NONCE));

    assertThat(check("default", headers)).isEqualTo(new Verdict.Wrong());
  }

  /** So of two accounts whose names begin alike; only that the signature is known can tell. */
  @Test
  void theSameSignatureForAnotherAccount_isTheSameProof() {
    String signature = sha256(TOKEN, Caller.PUBLIC_URL + "/sales" + "1" + NONCE);

    assertThat(proofs(check("sales", v2("1" + NONCE, signature), SAME_TOKEN))).contains(signature);
    assertThat(proofs(check("sales1", v2(NONCE, signature), SAME_TOKEN))).contains(signature);
  }

  private static Map<String, List<String>> v2(String nonce, String signature) {
    return Map.of(V2, List.of(signature), V2 + "-Nonce", List.of(nonce));
  }

  @Test
  void signsForAUrlWithCredentialsOrWithout() {
    var address = new CallbackAddress("https://u:p@h.example/vobiz", List.of("default"));

    assertThat(address.signedUrls("default"))
        .containsExactly("https://h.example/vobiz/default", "https://u:p@h.example/vobiz/default");
    assertThat(address.urls()).isEqualTo("https://h.example/vobiz/default");
    assertThat(address.account("/vobiz/default")).contains("default");
  }

  /** As it stands in a call flow: escaped once. */
  @Test
  void theNameOfAnAccountIsEscapedInItsUrl() {
    var address = new CallbackAddress("https://h.example", List.of("sales eu", "b\u00FCro"));

    assertThat(address.url("sales eu")).isEqualTo("https://h.example/sales%20eu");
    assertThat(address.account("/b%C3%BCro")).contains("b\u00FCro");
    assertThat(address.account("/sales eu")).isEmpty();
  }
}
