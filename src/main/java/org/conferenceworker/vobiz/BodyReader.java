package org.conferenceworker.vobiz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.entity.compress.ContentCodecRegistry;
import org.apache.hc.client5.http.entity.compress.ContentCoding;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Reads the body of an answer, up to a limit, and decodes it if it comes compressed. */
final class BodyReader {

  /** Bytes, before and after decoding. */
  private static final int MOST = 64 * 1024;

  private BodyReader() {}

  /**
   * Reads a body.
   *
   * @param entity {@code null} if there is none
   * @param failIfBrokenOff whether half a body says nothing at all
   * @throws IOException if the connection breaks off, and that was asked for
   */
  static ErrorBody read(HttpEntity entity, boolean failIfBrokenOff) throws IOException {
    if (entity == null) {
      return new ErrorBody(new byte[0], true);
    }
    var raw = new ByteArrayOutputStream();
    boolean whole = false;
    try {
      whole = copy(entity.getContent(), raw);
    } catch (IOException e) {
      if (failIfBrokenOff) {
        throw e;
      }
    }
    return decoded(raw.toByteArray(), whole, codings(entity));
  }

  private static ErrorBody decoded(byte[] raw, boolean whole, List<String> codings) {
    HttpEntity body = new ByteArrayEntity(raw, null);
    var decoded = new ByteArrayOutputStream();
    try {
      for (String coding : codings) {
        var decoder = ContentCodecRegistry.decoder(ContentCoding.fromToken(coding));
        if (decoder == null) {
          return new ErrorBody(raw, whole);
        }
        body = decoder.apply(body);
      }
      boolean all = copy(body.getContent(), decoded) && whole;
      return new ErrorBody(decoded.toByteArray(), all);
    } catch (IOException | RuntimeException notEncodedAsItSays) {
      return new ErrorBody(raw, whole);
    }
  }

  /** The codings to undo, in that order: the one that was applied last comes first. */
  private static List<String> codings(HttpEntity entity) {
    String field = entity.getContentEncoding();
    return field == null
        ? List.of()
        : List.of(field.split(",")).reversed().stream()
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
            // RFC 9110, 8.4.1.3: an old name for the same.
            .map(coding -> coding.equals("x-gzip") ? "gzip" : coding)
            .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
            .toList();
  }

  /** Returns whether that was all of it. */
  private static boolean copy(InputStream from, ByteArrayOutputStream to) throws IOException {
    to.writeBytes(from.readNBytes(MOST));
    return from.read() < 0;
  }
}
