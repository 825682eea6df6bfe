package org.conferenceworker.events;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a form (application/x-www-form-urlencoded). Of a field that occurs twice, the first
 * counts. Only what is asked for is decoded: what nobody needs cannot make a form useless.
 */
final class CallbackForm {

  /** Still encoded. */
  private final Map<String, String> fields = new HashMap<>();

  private final Charset charset;

  /**
   * @param form its bytes, each as the character of that number (ISO 8859-1)
   * @param charset what the bytes stand for once they are decoded
   * @param names of the fields that anybody wants to have; others take no memory
   */
  CallbackForm(String form, Charset charset, Set<String> names) {
    this.charset = charset;
    for (String field : form.split("&")) {
      int end = field.indexOf('=');
      if (end > 0 && names.contains(field.substring(0, end))) {
        fields.putIfAbsent(field.substring(0, end), field.substring(end + 1));
      }
    }
  }

  /** A field cannot be decoded, so that nobody can tell what it says. */
  static final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    UndecodableException(String message) {
      super(message);
    }
  }

  /**
   * The field's value; {@code null} if there is none, or only an empty one.
   *
   * @param name letters only, which are never escaped
   * @throws UndecodableException if its bytes are no text: a replaced character would make another
   *     conference's name of it
   */
  String text(String name) throws UndecodableException {
    String encoded = fields.get(name);
    if (encoded == null || encoded.isEmpty()) {
      return null;
    }
    try {
      byte[] bytes =
          QueryStringDecoder.decodeComponent(encoded, StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1);
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new UndecodableException(
          "Its field " + name + " is not encoded as in a form, in " + charset + ".");
    }
  }
}
