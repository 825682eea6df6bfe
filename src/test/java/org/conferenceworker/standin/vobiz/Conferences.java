package org.conferenceworker.standin.vobiz;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Accounts and their conferences, and what the API does with them; nothing of sockets. */
final class Conferences {

  /**
   * What the API says.
   *
   * @param body {@code null} if there is none
   */
  record Answer(int status, String body) {}

  /**
   * What a request does to the conferences of its account.
   *
   * <p>The first group of the path is the auth id, the second the name of a conference.
   */
  @FunctionalInterface
  private interface Action {
    Answer on(Map<String, List<String>> rooms, Matcher path);
  }

  /** A kind of request that the API knows. */
  private record Route(String method, Pattern path, Action action) {}

  private static final Pattern ALL = Pattern.compile("/api/v1/Account/([^/]+)/Conference/");
  private static final Pattern ONE = Pattern.compile(ALL.pattern() + "([^/]+)/");

  private static final List<Route> ROUTES =
      List.of(
          new Route("DELETE", ONE, Conferences::end),
          new Route("GET", ONE, Conferences::describe),
          new Route("GET", ALL, Conferences::list),
          new Route("DELETE", ALL, Conferences::endAll));

  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Map<String, Map<String, List<String>>> rooms = new ConcurrentHashMap<>();

  void account(String authId, String authToken) {
    tokens.put(authId, authToken);
    rooms.computeIfAbsent(authId, id -> new ConcurrentHashMap<>());
  }

  void open(String authId, String name, List<String> members) {
    rooms.get(authId).put(name, members);
  }

  void end(String authId, String name) {
    rooms.get(authId).remove(name);
  }

  Collection<String> names(String authId) {
    return new TreeMap<>(rooms.get(authId)).keySet();
  }

  void clear() {
    rooms.values().forEach(Map::clear);
  }

  /** The name of the conference that a request is about; {@code null} if it is about none. */
  static String named(Request request) {
    Matcher path = ONE.matcher(request.path());
    return path.lookingAt() ? decode(path.group(2)) : null;
  }

  /** Whether a request is for the list of conferences. */
  static boolean isForTheList(Request request) {
    return request.method().equals("GET") && ALL.matcher(request.path()).matches();
  }

  Answer answer(Request request) {
    if (request.path().startsWith("/api/v1/account/") || request.path().contains("/conference/")) {
      return new Answer(401, "{\"error\":\"authentication failed\"}");
    }
    for (Route route : ROUTES) {
      Matcher path = route.path().matcher(request.path());
      if (path.matches() && refused(request, path.group(1))) {
        return new Answer(401, "{\"error\":\"authentication failed\"}");
      }
    }
    Answer answer = carryOut(request);
    return answer == null ? new Answer(404, "{\"message\":\"Not Found\"}") : answer;
  }

  /**
   * Does what a request asks for, whoever asks.
   *
   * @return {@code null} if the API knows no such request
   */
  Answer carryOut(Request request) {
    for (Route route : ROUTES) {
      Matcher path = route.path().matcher(request.path());
      if (route.method().equals(request.method()) && path.matches()) {
        return route.action().on(rooms.get(path.group(1)), path);
      }
    }
    return null;
  }

  private boolean refused(Request request, String authId) {
    return !authId.equals(request.header("X-Auth-ID"))
        || !tokens.containsKey(authId)
        || !tokens.get(authId).equals(request.header("X-Auth-Token"));
  }

  private static Answer end(Map<String, List<String>> rooms, Matcher path) {
    boolean ended = rooms.remove(decode(path.group(2))) != null;
    return ended
        ? new Answer(204, null)
        : new Answer(
            404, "{\"error\":\"conference not found\",\"api_id\":\"" + UUID.randomUUID() + "\"}");
  }

  /** As the API does it, numbers are strings. */
  private static Answer describe(Map<String, List<String>> rooms, Matcher path) {
    String name = decode(path.group(2));
    List<String> members = rooms.get(name);
    if (members == null) {
      return new Answer(404, "{\"error\":\"conference not found\",\"api_id\":\"1\"}");
    }
    String described =
        IntStream.range(0, members.size())
            .mapToObj(
                i ->
                    "{\"member_id\":\"%d\",\"muted\":false,\"deaf\":false,\"from\":\"+4930%d\",\"to\":\"+4940\",\"caller_name\":\"%s\",\"direction\":\"inbound\",\"call_uuid\":\"uuid-%d\",\"join_time\":\"590\"}"
                        .formatted(17 + i, i, members.get(i), i))
            .collect(Collectors.joining(","));
    return new Answer(
        200,
        "{\"conference_name\":%s,\"conference_run_time\":\"590\",\"conference_member_count\":\"%d\",\"members\":[%s],\"api_id\":\"1\"}"
            .formatted(TextNode.valueOf(name), members.size(), described));
  }

  private static Answer list(Map<String, List<String>> rooms, Matcher path) {
    return new Answer(200, "{\"conferences\":[],\"api_id\":\"1\"}");
  }

  private static Answer endAll(Map<String, List<String>> rooms, Matcher path) {
    rooms.clear();
    return new Answer(204, null);
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
