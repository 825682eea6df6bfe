package org.conferenceworker.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.entity.compress.ContentCodecRegistry;
import org.apache.hc.client5.http.entity.compress.ContentCoding;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Reads the body of a response up to a limit, and decompresses it if necessary. */
final class BodyReader {

  /** Bytes, before and after decompression. */
  private static final int MOST = 64 * 1024;

  private BodyReader() {}

  /**
   * A body.
   *
   * @param bytes as much of it as was read, decompressed
   * @param isWhole whether that is all of it
   * @param failure why reading failed; {@code null} if it did not
   */
  record Body(byte[] bytes, boolean isWhole, IOException failure) {}

  /**
   * Reads a body.
   *
   * @param entity {@code null} if there is none
   */
  static Body read(HttpEntity entity) {
    if (entity == null) {
      return new Body(new byte[0], true, null);
    }
    var raw = new ByteArrayOutputStream();
    try {
      boolean whole = copy(entity.getContent(), raw);
      return decoded(new Body(raw.toByteArray(), whole, null), codings(entity));
    } catch (IOException e) {
      return decoded(new Body(raw.toByteArray(), false, e), codings(entity));
    }
  }

  private static Body decoded(Body raw, List<String> codings) {
    HttpEntity body = new ByteArrayEntity(raw.bytes(), null);
    var decoded = new ByteArrayOutputStream();
    try {
      for (String coding : codings) {
        var decoder = ContentCodecRegistry.decoder(ContentCoding.fromToken(coding));
        if (decoder == null) {
          return raw;
        }
        body = decoder.apply(body);
      }
      boolean whole = copy(body.getContent(), decoded) && raw.isWhole();
      return new Body(decoded.toByteArray(), whole, raw.failure());
    } catch (IOException | RuntimeException notEncodedAsItSays) {
      return raw;
    }
  }

  /** The codings in the order in which to undo them: the last one applied comes first. */
  private static List<String> codings(HttpEntity entity) {
    String field = entity.getContentEncoding();
    return field == null
        ? List.of()
        : List.of(field.split(",")).reversed().stream()
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
            // RFC 9110, 8.4.1.3: an old name for gzip.
            .map(coding -> coding.equals("x-gzip") ? "gzip" : coding)
            .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
            .toList();
  }

  /** Returns whether this was the whole body. */
  private static boolean copy(InputStream from, ByteArrayOutputStream to) throws IOException {
    to.writeBytes(from.readNBytes(MOST));
    return from.read() < 0;
  }
}
