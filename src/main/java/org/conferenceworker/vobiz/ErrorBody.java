package org.conferenceworker.vobiz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * The body of an answer, read leniently: the API has at least three shapes of error, and a body may
 * be cut off, empty or no JSON at all. What was readable counts.
 */
final class ErrorBody {

  private static final JsonFactory JSON = new JsonFactory();

  private static final Pattern TITLE =
      Pattern.compile("<title(?:\\s[^<>]*)?>([^<]*)", Pattern.CASE_INSENSITIVE);

  /** Whether there is an {@code error} that is not {@code null} or {@code false}. */
  boolean hasError;

  String code;
  String message;
  String requestId;

  /** {@code error.details.retryAfter}, or {@code null}. */
  String retryAfter;

  private String text;
  private boolean isPage;
  private boolean isObject;

  private ErrorBody() {}

  /**
   * Whether a 404 with this body is about the path rather than the conference: the API's gateway
   * says {@code {"message":"Not Found"}}, a proxy sends a page or a line of text.
   */
  boolean speaksOfNoRoute() {
    String said = isObject ? message : text;
    return !hasError
        && said != null
        && !said.isBlank()
        && (isPage || !said.toLowerCase(Locale.ROOT).contains("conference"));
  }

  static ErrorBody read(byte[] body) {
    var result = new ErrorBody();
    result.text = new String(body, StandardCharsets.UTF_8);
    result.isPage = result.text.stripLeading().startsWith("<");
    result.isObject = result.text.stripLeading().startsWith("{");
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        result.readTop(json);
      }
    } catch (IOException endOfWhatIsReadable) {
      // A cut-off or malformed body is no failure: the status has been read, and that decides. But
      // what speaks of an error where it breaks off is no success.
      result.hasError |= result.text.contains("\"error\"");
    }
    if (result.isPage) {
      result.message = titleOf(result.text);
    }
    return result;
  }

  /** What a web page says of itself; {@code null} if it says nothing. */
  private static String titleOf(String page) {
    Matcher title = TITLE.matcher(page);
    return title.find() ? HtmlUtils.htmlUnescape(title.group(1)) : null;
  }

  private void readTop(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "error" -> {
          hasError |= value != JsonToken.VALUE_NULL && value != JsonToken.VALUE_FALSE;
          if (value == JsonToken.START_OBJECT) {
            readError(json);
          } else if (hasError) {
            message = text(json);
          }
        }
        case "status" -> hasError |= "error".equals(text(json));
        case "message" -> message = message == null ? text(json) : message;
        case "api_id", "requestId", "request_id" -> requestId = text(json);
        default -> {}
      }
      json.skipChildren();
    }
  }

  private void readError(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "code" -> code = text(json);
        case "message" -> message = text(json);
        case "details" -> {
          if (value == JsonToken.START_OBJECT) {
            readDetails(json);
          }
        }
        default -> {}
      }
      json.skipChildren();
    }
  }

  private void readDetails(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("retryAfter")) {
        retryAfter = text(json);
      }
      json.skipChildren();
    }
  }

  private static String text(JsonParser json) throws IOException {
    return json.currentToken() != null && json.currentToken().isScalarValue()
        ? json.getValueAsString()
        : null;
  }
}
