package org.conferenceworker.events;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.conferenceworker.events.Callback.Body.Content;
import org.conferenceworker.events.Signatures.Verdict;
import org.conferenceworker.settings.EventSettings;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Lets those requests in that come from Vobiz, in a form that can be read. */
final class CallbackGate {

  private static final String FORM = "a form (application/x-www-form-urlencoded)";

  private final EventSettings settings;
  private final CallbackAddress address;
  private final Signatures signatures;
  private final Replays replays;

  CallbackGate(
      EventSettings settings, CallbackAddress address, Signatures signatures, Replays replays) {
    this.settings = settings;
    this.address = address;
    this.signatures = signatures;
    this.replays = replays;
  }

  /** Whether a request may become a message. */
  sealed interface Entry {

    /**
     * It may.
     *
     * @param form its fields, still encoded, each byte as the character of that number
     * @param charset of the fields
     */
    record Open(String account, String form, Charset charset) implements Entry {}

    /**
     * It must not.
     *
     * @param account {@code null} if it is for none that is configured
     */
    record Closed(String account, Receipt.Refused why) implements Entry {}
  }

  /** Checks a request in the order in which the documentation lists the answers. */
  Entry enter(Callback callback) {
    Optional<String> account = address.account(callback.path());
    if (account.isEmpty()) {
      return closed(null, 404, "Its path is not that of a callback URL of this worker.");
    }
    String name = account.get();
    if (!callback.method().equals(Callback.POST) && !(settings.allowGet() && callback.isGet())) {
      return closed(
          name,
          405,
          "Its method is not POST"
              + (settings.allowGet() ? " or GET." : "; GET needs vobiz.events.allow-get."));
    }
    Optional<Charset> charset = charset(callback);
    if (charset.isEmpty()) {
      return closed(name, 415, "Its content is not " + FORM + " in a charset that is known here.");
    }
    Verdict verdict = signatures.check(name, callback);
    boolean trusted =
        verdict instanceof Verdict.Genuine
            || verdict instanceof Verdict.Unsigned && settings.allowUnsigned();
    return switch (callback.body().read(trusted && !callback.isGet())) {
      case Content.Unreadable(int status, String reason) -> closed(name, status, reason);
      case Content.Complete(String bytes) -> {
        String form = callback.isGet() ? callback.query() : bytes;
        yield switch (verdict) {
          case Verdict.Wrong() -> closed(name, 403, wrong(name));
          case Verdict.Unsigned() when !trusted -> closed(name, 403, unsigned());
          case Verdict.Genuine(List<String> proofs)
              when replays.isReplay(proofs, name + "\n" + charset.get() + "\n" + form) ->
              closed(
                  name, 403, "Its signature came with another body before; somebody replays it.");
          case Verdict.Genuine g -> new Entry.Open(name, form, charset.get());
          case Verdict.Unsigned u -> new Entry.Open(name, form, charset.get());
        };
      }
    };
  }

  private static Entry closed(String account, int status, String reason) {
    return new Entry.Closed(account, new Receipt.Refused(status, reason));
  }

  /** The charset of the fields; empty if they are not a form, or cannot be decoded. */
  private static Optional<Charset> charset(Callback callback) {
    if (callback.isGet()) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    List<String> types = callback.header(HttpHeaders.CONTENT_TYPE);
    boolean encoded =
        callback.header(HttpHeaders.CONTENT_ENCODING).stream()
            .anyMatch(coding -> !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity"));
    if (types.size() != 1 || encoded) {
      return Optional.empty();
    }
    try {
      MediaType type = MediaType.parseMediaType(types.getFirst());
      return Optional.of(type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset())
          .filter(c -> type.equalsTypeAndSubtype(MediaType.APPLICATION_FORM_URLENCODED))
          .filter(CallbackGate::hasAscii);
    } catch (InvalidMediaTypeException e) {
      return Optional.empty();
    }
  }

  /** The syntax of a form is ASCII, so that UTF-16, for example, is no charset of one. */
  private static boolean hasAscii(Charset charset) {
    return charset.canEncode()
        && FORM.equals(new String(FORM.getBytes(charset), StandardCharsets.US_ASCII));
  }

  private String wrong(String account) {
    return "None of its signatures fits the URL %s and the token of account \"%s\"; either callbackUrl in the call flow is not spelled like that, or Vobiz has another token, or somebody else has sent it."
        .formatted(address.url(account), account);
  }

  private String unsigned() {
    return "It has no signature that this worker can check (X-Vobiz-Signature-V3 or -V2; those of a main account need vobiz.events.main-auth-token).";
  }
}
