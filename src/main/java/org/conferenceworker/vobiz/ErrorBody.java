package org.conferenceworker.vobiz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;

/**
 * The body of an answer, read leniently: the API has at least three shapes of error, what is in
 * front of it has many more, and a body may be cut off, empty or no JSON at all. What is readable
 * counts.
 */
public final class ErrorBody {

  private static final JsonFactory JSON = new JsonFactory();

  /** What is deeper is not looked at by its place, only by its own field. */
  private static final int DEEPEST = 10;

  private static final Pattern TITLE =
      Pattern.compile("<title(?:\\s[^<>]*)?>([^<]*)", Pattern.CASE_INSENSITIVE);

  /** Fields that tell of a failure, if they hold anything. */
  private static final Set<String> FAILURES = Set.of("error", "errors", "fault", "exception");

  /** Fields that say whether it went well. */
  private static final Set<String> SUCCESSES = Set.of("success", "succeeded", "ok");

  /** Fields that say how it went, in a word or as an HTTP status. */
  private static final Set<String> STATES =
      Set.of("status", "state", "result", "code", "statuscode", "status_code");

  private static final Pattern BAD_STATE =
      Pattern.compile("error|errors|fail|failed|failure|false|[45]\\d\\d");

  private final String text;
  private final boolean isEmpty;
  private final boolean isObject;
  private final List<Value> values = new ArrayList<>();
  private final Set<String> lists = new HashSet<>();

  /**
   * A scalar in the body.
   *
   * @param pointer where it is (RFC 6901), in lower case
   * @param field the field that it belongs to, in lower case
   */
  private record Value(String pointer, String field, String text, JsonToken type) {

    boolean saysFailure() {
      String said = text.strip().toLowerCase(Locale.ROOT);
      return !isNothing() && Stream.of(pointer.split("/")).anyMatch(FAILURES::contains)
          || SUCCESSES.contains(field) && (said.equals("false") || said.equals("0"))
          || STATES.contains(field) && BAD_STATE.matcher(said).matches();
    }

    private boolean isNothing() {
      return switch (type) {
        case VALUE_NULL, VALUE_FALSE -> true;
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> text.matches("[-0.]+");
        default -> text.isBlank();
      };
    }
  }

  /**
   * @param body as much of it as was read
   * @param whole whether that is all of it
   */
  ErrorBody(byte[] body, boolean whole) {
    text = new String(body, StandardCharsets.UTF_8);
    isEmpty = whole && text.isBlank();
    isObject = readObject(body) && whole;
  }

  /** Returns whether this is one JSON object, and nothing else. */
  private boolean readObject(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      String field = "";
      while (json.nextToken() != JsonToken.END_OBJECT || !json.getParsingContext().inRoot()) {
        if (json.currentToken() == null) {
          return false;
        }
        if (json.currentToken() == JsonToken.FIELD_NAME) {
          field = json.currentName().toLowerCase(Locale.ROOT);
        } else if (json.currentToken() == JsonToken.START_ARRAY
            && json.getParsingContext().getNestingDepth() == 2) {
          lists.add(field);
        } else if (json.currentToken().isScalarValue()) {
          var place = json.getParsingContext();
          String pointer =
              place.getNestingDepth() > DEEPEST
                  ? "/" + field
                  : place.pathAsPointer().toString().toLowerCase(Locale.ROOT);
          values.add(new Value(pointer, field, json.getText(), json.currentToken()));
        }
      }
      return json.nextToken() == null;
    } catch (IOException endOfWhatIsReadable) {
      // The status has been read; what is not readable says nothing.
      return false;
    }
  }

  /** Whether this can come with a success: nothing, or an object that tells of no failure. */
  boolean tellsOfNoFailure() {
    return isEmpty || isObject && !tellsOfAFailure();
  }

  /** Whether it tells of a failure, as far as it is readable. */
  public boolean tellsOfAFailure() {
    return values.stream().anyMatch(Value::saysFailure);
  }

  /** Whether it is, or begins as, an object that has a list by this name in lower case. */
  public boolean hasList(String field) {
    return lists.contains(field);
  }

  /**
   * Whether a 404 with this body is about the path rather than the conference: a server that knows
   * no such path says so in a page, in the words of the status, or by repeating the path.
   *
   * @param echoes what of the request the answer may repeat without saying anything about it
   */
  boolean speaksOfNoRoute(Echoes echoes) {
    if (isEmpty) {
      return false;
    }
    String said =
        values.isEmpty()
            ? text
            : values.stream()
                .flatMap(value -> Stream.of(value.field(), value.text()))
                .collect(Collectors.joining("\n"));
    return isPage() || !echoes.leaveTheWordIn(said);
  }

  private boolean isPage() {
    return text.stripLeading().startsWith("<");
  }

  /** The API's own error code, or {@code null}. */
  String code() {
    return first("/error/code");
  }

  /** What went wrong in words, or what a page says of itself, or {@code null}. */
  String message() {
    return isPage() ? title() : first("/error", "/error/message", "/message", "/detail", "/title");
  }

  private String title() {
    Matcher title = TITLE.matcher(text);
    return title.find() ? HtmlUtils.htmlUnescape(title.group(1)) : null;
  }

  /** The API's id of the request, or {@code null}. */
  String requestId() {
    return first("/api_id", "/requestid", "/request_id");
  }

  /** How long to wait, as the API writes it, or {@code null}. */
  String retryAfter() {
    return first("/error/details/retryafter");
  }

  private String first(String... pointers) {
    return Stream.of(pointers)
        .flatMap(pointer -> values.stream().filter(value -> value.pointer().equals(pointer)))
        .filter(value -> !value.isNothing())
        .map(Value::text)
        .findFirst()
        .orElse(null);
  }
}
