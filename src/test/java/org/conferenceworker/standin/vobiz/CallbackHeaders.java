package org.conferenceworker.standin.vobiz;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers of a callback: signatures, and two that carry tokens in plain text, as two of Vobiz'
 * do. The names of those two, and of the user agent, are invented.
 */
final class CallbackHeaders {

  private static final String SIGNATURE = "X-Vobiz-Signature";
  private static final int DIGITS_OF_NONCE = 20;

  private CallbackHeaders() {}

  /**
   * @param url over which is signed
   * @param mainToken {@code null} unless the account has a main account
   */
  static Map<String, String> of(URI url, String token, String mainToken, boolean signed) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("User-Agent", "Vobiz/1.0");
    headers.put("X-Auth-Token-Account", token);
    headers.put("X-Auth-Token-Main", mainToken == null ? token : mainToken);
    if (signed) {
      sign(headers, withoutQuery(url), token, mainToken);
    }
    return headers;
  }

  private static void sign(
      Map<String, String> headers, String url, String token, String mainToken) {
    String nonce3 = nonce();
    String nonce2 = nonce();
    headers.put(SIGNATURE + "-V3", hmac("HmacSHA256", token, url + "." + nonce3));
    headers.put(SIGNATURE + "-V3-Nonce", nonce3);
    headers.put(SIGNATURE + "-V2", hmac("HmacSHA256", token, url + nonce2));
    headers.put(SIGNATURE + "-V2-Nonce", nonce2);
    // What it covers is not documented any more.
    headers.put(SIGNATURE, hmac("HmacSHA1", token, url));
    if (mainToken != null) {
      headers.put(SIGNATURE + "-MA-V3", hmac("HmacSHA256", mainToken, url + "." + nonce3));
      headers.put(SIGNATURE + "-MA-V2", hmac("HmacSHA256", mainToken, url + nonce2));
    }
  }

  private static String withoutQuery(URI url) {
    return url.toString().split("\\?", 2)[0];
  }

  private static String nonce() {
    return ThreadLocalRandom.current()
        .ints(DIGITS_OF_NONCE, 0, 10)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining());
  }

  private static String hmac(String algorithm, String key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has " + algorithm + ".", e);
    }
  }
}
