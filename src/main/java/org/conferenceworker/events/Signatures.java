package org.conferenceworker.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.conferenceworker.vobiz.account.VobizAccounts;

/**
 * Checks who has sent a callback.
 *
 * <p>Vobiz signs the callback URL and a nonce with the account's token (HMAC-SHA256, Base64), and
 * not the body: "Validating callbacks" in its documentation.
 */
final class Signatures {

  /** Vobiz's nonces are twenty digits. */
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  private static final String HEADER = "X-Vobiz-Signature-";

  /**
   * A way to sign.
   *
   * @param separator what stands between URL and nonce
   * @param byMainAccount whether it is keyed with the main account's token
   */
  private record Variant(String version, String separator, boolean byMainAccount) {

    String header() {
      return HEADER + (byMainAccount ? "MA-" : "") + version;
    }

    /** The main account's variants have the same nonce. */
    String nonceHeader() {
      return HEADER + version + "-Nonce";
    }
  }

  private static final List<Variant> VARIANTS =
      List.of(
          new Variant("V3", ".", false),
          new Variant("V2", "", false),
          new Variant("V3", ".", true),
          new Variant("V2", "", true));

  /** What the signatures of a callback say. */
  sealed interface Verdict {

    /**
     * One of them is right.
     *
     * @param proofs the nonces and signatures that are; another callback must not have one of them.
     *     Not the nonces alone: what one URL, separator and nonce are together, others may be, too
     */
    record Genuine(List<String> proofs) implements Verdict {}

    /** There are some that can be checked, and none of them is right. */
    record Wrong() implements Verdict {}

    /** There is none that can be checked. */
    record Unsigned() implements Verdict {}
  }

  private final CallbackAddress address;
  private final VobizAccounts accounts;

  Signatures(CallbackAddress address, VobizAccounts accounts) {
    this.address = address;
    this.accounts = accounts;
  }

  /**
   * @param account the name of the profile whose URL was called
   */
  Verdict check(String account, Callback callback) {
    String ownToken = accounts.find(account).map(VobizAccount::authToken).orElseThrow();
    Optional<String> mainToken = accounts.mainToken();
    var proofs = new ArrayList<String>();
    boolean signed = false;
    for (Variant variant : VARIANTS) {
      List<String> signatures = values(callback, variant.header());
      Optional<String> token = variant.byMainAccount() ? mainToken : Optional.of(ownToken);
      if (signatures.isEmpty() || token.isEmpty()) {
        continue;
      }
      signed = true;
      List<String> nonces = callback.header(variant.nonceHeader());
      if (nonces.size() == 1 && NONCE.matcher(nonces.getFirst()).matches()) {
        String nonce = nonces.getFirst();
        address
            .signedUrls(account)
            .map(url -> signature(token.get(), url + variant.separator() + nonce))
            .filter(right -> signatures.stream().anyMatch(signature -> isEqual(signature, right)))
            .forEach(
                right -> {
                  proofs.add(right);
                  proofs.add(account + "\n" + nonce);
                });
      }
    }
    if (!proofs.isEmpty()) {
      return new Verdict.Genuine(proofs);
    }
    return signed ? new Verdict.Wrong() : new Verdict.Unsigned();
  }

  /** A header may hold several signatures, while a token is replaced. */
  private static List<String> values(Callback callback, String header) {
    return callback.header(header).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** In a time that does not depend on where the two differ. */
  private static boolean isEqual(String signature, String right) {
    return MessageDigest.isEqual(
        signature.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private static String signature(String token, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HmacSHA256.", e);
    }
  }
}
