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
 * The body of a response, read leniently: the API has at least three formats of error, servers in
 * front of it have many more, and a body may be cut off, empty or not JSON. Whatever is readable
 * counts.
 */
public final class ErrorBody {

  private static final JsonFactory JSON = new JsonFactory();

  /** Deeper values are judged by their field alone, not by their path. */
  private static final int DEEPEST = 10;

  private static final Pattern TITLE =
      Pattern.compile("<title(?:\\s[^<>]*)?>([^<]*)", Pattern.CASE_INSENSITIVE);

  /** Fields that report a failure if they have a value. */
  private static final Set<String> FAILURES = Set.of("error", "errors", "fault", "exception");

  /** Fields that say whether the request succeeded. */
  private static final Set<String> SUCCESSES = Set.of("success", "succeeded", "ok");

  /** Fields with a result in a word or as an HTTP status. */
  private static final Set<String> STATES =
      Set.of("status", "state", "result", "code", "statuscode", "status_code");

  private static final Pattern BAD_STATE =
      Pattern.compile(
          "error|errors|fail|failed|failure|false|[45]\\d\\d|not[ _-]?(?:ok|found)|rejected|denied");

  /** Fields with a sentence. */
  private static final Set<String> SENTENCES = Set.of("message", "detail", "title", "reason");

  /** What servers say when they have not done it; a sentence may also deny that. */
  private static final Pattern BAD_NEWS =
      Pattern.compile(
          "(?:\\w+ ){0,3}(?:not found|does not exist)\\W*|no such .*"
              + "|(?:error|failed|failure|unauthori[sz]ed|forbidden|access denied|bad request"
              + "|too many requests|internal server error|service unavailable)\\b.*");

  private final String text;
  private final boolean isEmpty;
  private final boolean isObject;
  private final List<Value> values = new ArrayList<>();
  private final Set<String> lists = new HashSet<>();

  /**
   * A scalar value in the body.
   *
   * @param pointer its JSON pointer (RFC 6901), in lower case
   * @param field its field, in lower case
   */
  private record Value(String pointer, String field, String text, JsonToken type) {

    boolean saysFailure() {
      String said = text.strip().toLowerCase(Locale.ROOT);
      return !isNothing() && Stream.of(pointer.split("/")).anyMatch(FAILURES::contains)
          || SUCCESSES.contains(field) && (said.equals("false") || said.equals("0"))
          || STATES.contains(field) && BAD_STATE.matcher(said).matches()
          || SENTENCES.contains(field) && BAD_NEWS.matcher(said).matches();
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

  /** Returns whether the body is exactly one JSON object. */
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
      // The status has been read; an unreadable rest says nothing.
      return false;
    }
  }

  /** As much of the body as was read. */
  String text() {
    return text;
  }

  /** Whether this fits a success: empty, or an object that reports no failure. */
  boolean tellsOfNoFailure() {
    return isEmpty || isObject && !tellsOfAFailure();
  }

  /** Whether it reports a failure, as far as it is readable. */
  public boolean tellsOfAFailure() {
    return values.stream().anyMatch(Value::saysFailure);
  }

  /**
   * Whether it is (or begins as) an object with a list in this field; the name is in lower case.
   */
  public boolean hasList(String field) {
    return lists.contains(field);
  }

  /**
   * Whether a 404 with this body is about the path and not the conference or member: a server that
   * does not know the path says so in a page, with the reason phrase, or by repeating the path.
   *
   * @param echoes the parts of the request that the response may repeat
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
    return isPage() || !echoes.leaveAWordIn(said);
  }

  private boolean isPage() {
    return text.stripLeading().startsWith("<");
  }

  /** The API's own error code, or {@code null}. */
  String code() {
    return first("/error/code");
  }

  /** The error message, or the title of a page, or {@code null}. */
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

  /** How long to wait, in the API's own format, or {@code null}. */
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
