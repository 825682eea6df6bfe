package org.conferenceworker.events;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The fields of a form (application/x-www-form-urlencoded). Of a field that occurs twice, the first
 * counts.
 */
final class CallbackForm {

  private final Map<String, List<String>> fields;
  private final Charset charset;

  private CallbackForm(Map<String, List<String>> fields, Charset charset) {
    this.fields = fields;
    this.charset = charset;
  }

  /** The form cannot be decoded, so that nobody can tell what it says. */
  static final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    UndecodableException(String message) {
      super(message);
    }
  }

  /**
   * @param form its bytes, each as the character of that number (ISO 8859-1)
   * @param charset what the bytes stand for once they are decoded
   */
  static CallbackForm of(String form, Charset charset) throws UndecodableException {
    try {
      var decoder =
          new QueryStringDecoder(
              // To the decoder, a bare "#" would be the end.
              form.replace("#", "%23"), StandardCharsets.ISO_8859_1, false, 1024, true);
      return new CallbackForm(decoder.parameters(), charset);
    } catch (IllegalArgumentException e) {
      throw new UndecodableException("It has a \"%\" that begins no escape.");
    }
  }

  /**
   * The field's value; {@code null} if there is none, or only an empty one.
   *
   * @throws UndecodableException if its bytes are no text: a replaced character would make another
   *     conference's name of it
   */
  String text(String field) throws UndecodableException {
    List<String> values = fields.get(field);
    if (values == null || values.getFirst().isEmpty()) {
      return null;
    }
    byte[] bytes = values.getFirst().getBytes(StandardCharsets.ISO_8859_1);
    try {
      CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new UndecodableException("Its field " + field + " is not encoded in " + charset + ".");
    }
  }
}
