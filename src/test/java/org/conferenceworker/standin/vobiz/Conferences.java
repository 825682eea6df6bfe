package org.conferenceworker.standin.vobiz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The API's accounts and routes; nothing of sockets. */
final class Conferences {

  /** What a request does to the conferences of its account. */
  @FunctionalInterface
  private interface Action {
    Answer on(Account account, Target target);
  }

  /**
   * What a request is about.
   *
   * @param conference {@code null} if it is about all
   * @param members empty if it is about no member
   * @param body {@code null} unless it is one JSON object
   * @param news takes who enters and leaves
   */
  private record Target(
      String conference, List<String> members, JsonNode body, List<MemberEvent> news) {}

  /** A kind of request that the API knows. */
  private record Route(String method, Pattern path, Action action) {}

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern ALL =
      Pattern.compile("/api/v1/Account/(?<account>[^/]+)/Conference/");
  private static final Pattern ONE = Pattern.compile(ALL.pattern() + "(?<conference>[^/]+)/");
  private static final Pattern MEMBERS =
      Pattern.compile(ONE.pattern() + "Member/(?<members>[^/]+)/");
  private static final Pattern PLAY = Pattern.compile(MEMBERS.pattern() + "Play/");
  private static final Pattern KICK = Pattern.compile(MEMBERS.pattern() + "Kick/");

  private static final List<Route> ROUTES =
      List.of(
          new Route(
              "DELETE", ONE, (account, target) -> account.end(target.conference(), target.news())),
          new Route("GET", ONE, (account, target) -> account.describe(target.conference())),
          new Route("GET", ALL, (account, target) -> account.list()),
          new Route("DELETE", ALL, (account, target) -> account.endAll(target.news())),
          new Route(
              "DELETE",
              MEMBERS,
              (account, target) ->
                  account.hangUp(target.conference(), target.members(), target.news())),
          new Route(
              "POST",
              KICK,
              (account, target) ->
                  account.kick(
                      target.conference(), target.members(), target.body(), target.news())),
          new Route(
              "POST",
              PLAY,
              (account, target) ->
                  account.play(target.conference(), target.members(), target.body())));

  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final BiConsumer<Request, List<MemberEvent>> carriedOut;

  /**
   * @param carriedOut is told of each request that was carried out, and of who entered and left
   */
  Conferences(BiConsumer<Request, List<MemberEvent>> carriedOut) {
    this.carriedOut = carriedOut;
  }

  /** Makes an account known, or changes its token. */
  void account(String authId, String authToken) {
    tokens.put(authId, authToken);
    accounts.computeIfAbsent(authId, Account::new);
  }

  Account account(String authId) {
    return accounts.get(authId);
  }

  String token(String authId) {
    return tokens.get(authId);
  }

  void clear() {
    accounts.values().forEach(Account::clear);
  }

  /** The name of the conference that a request is about; {@code null} if it is about none. */
  static String named(Request request) {
    Matcher path = ONE.matcher(request.path());
    return path.lookingAt() ? decode(path.group("conference")) : null;
  }

  /** Whether a request is for the list of conferences. */
  static boolean isForTheList(Request request) {
    return request.method().equals("GET") && ALL.matcher(request.path()).matches();
  }

  Answer answer(Request request) {
    if (request.path().startsWith("/api/v1/account/") || request.path().contains("/conference/")) {
      return Answer.notAuthenticated();
    }
    for (Route route : ROUTES) {
      Matcher path = route.path().matcher(request.path());
      if (path.matches() && refused(request, path.group("account"))) {
        return Answer.notAuthenticated();
      }
    }
    return carryOut(request);
  }

  /** Does what a request asks for, whoever asks. */
  Answer carryOut(Request request) {
    for (Route route : ROUTES) {
      Matcher path = route.path().matcher(request.path());
      if (route.method().equals(request.method()) && path.matches()) {
        return request.method().equals("POST") && !isJson(request)
            ? Answer.wrongContentType()
            : carryOut(request, route, path);
      }
    }
    return Answer.noSuchRoute();
  }

  private Answer carryOut(Request request, Route route, Matcher path) {
    var news = new ArrayList<MemberEvent>();
    Answer answer =
        route.action().on(accounts.get(path.group("account")), target(request, path, news));
    carriedOut.accept(request, news);
    return answer;
  }

  private boolean refused(Request request, String authId) {
    return !authId.equals(request.header("X-Auth-ID"))
        || !tokens.containsKey(authId)
        || !tokens.get(authId).equals(request.header("X-Auth-Token"));
  }

  private static boolean isJson(Request request) {
    return "application/json".equals(request.header("Content-Type"));
  }

  private static Target target(Request request, Matcher path, List<MemberEvent> news) {
    Map<String, Integer> parts = path.namedGroups();
    return new Target(
        parts.containsKey("conference") ? decode(path.group("conference")) : null,
        // A comma that is escaped is part of an id.
        parts.containsKey("members")
            ? Stream.of(path.group("members").split(",", -1)).map(Conferences::decode).toList()
            : List.of(),
        object(request.body()),
        news);
  }

  private static JsonNode object(String body) {
    try {
      JsonNode read = JSON.readTree(body);
      return read.isObject() ? read : null;
    } catch (JsonProcessingException unreadable) {
      return null;
    }
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
