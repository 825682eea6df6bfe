package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.conferenceworker.http.Request;
import org.conferenceworker.vobiz.ApiRequest.Kind;
import org.conferenceworker.vobiz.account.VobizAccount;

/** No kind of request can become another, whatever it is made of. */
class ApiRequestTest {

  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_1", "token");
  private static final BothKeys KEYS = BothKeys.turn(ACCOUNT, Set.of("default"), "MA_1");

  /** The forms of all requests, written anew so that an error of the worker's own is no excuse. */
  private static final Map<Kind, String> FORMS =
      Map.of(
          Kind.HANG_UP, "DELETE C/[^/]+/ null",
          Kind.LOOK_UP, "GET C/[^/]+/ null",
          Kind.PLAY, "POST C/[^/]+/Member/[^/]+/Play/ \\{\"url\":\"[^\"\\\\]+\"}",
          Kind.KICK, "POST C/[^/]+/Member/[^/]+/Kick/ \\{}",
          Kind.HANG_UP_MEMBERS, "DELETE C/[^/]+/Member/[^/]+/ null",
          Kind.HANG_UP_ALL, "DELETE C/ null",
          Kind.LIST_CONFERENCES, "GET C/ null");

  private static String sent(ApiRequest request) {
    Request sent = request.onTheWire(Instant.MAX);
    return sent.method() + " " + sent.path() + " " + sent.body();
  }

  private static Set<Kind> kindsThatLookLike(String sent) {
    return Stream.of(Kind.values())
        .filter(
            kind ->
                sent.matches(
                    FORMS.get(kind).replaceFirst(" C/", " /api/v1/Account/MA_1/Conference/")))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            3,
            Arbitraries.of(
                "",
                ".",
                "..",
                "/",
                "//",
                "all",
                "ALL",
                "Member",
                "Play/",
                "Kick",
                "%2F",
                "%2e%2e",
                "a/Member/17",
                "17,18",
                "Conference",
                "a\"b",
                "\\",
                "{}",
                "?",
                "#",
                ";",
                "\u0000",
                "a/../..",
                "https://example.com/a.mp3",
                "https://example.com/\",\"x\":\"y")),
        Tuple.of(1, Arbitraries.strings().ofMaxLength(20)),
        Tuple.of(2, Arbitraries.strings().alpha().numeric().withChars("-_./%,").ofMaxLength(12)));
  }

  @Provide
  Arbitrary<List<String>> hostileIds() {
    return hostile().list().ofMaxSize(3);
  }

  /** Everything that can be made of these parts; what cannot be made is not sent. */
  private static List<ApiRequest> requestsOf(String name, List<String> ids, String url) {
    return Stream.<Supplier<ApiRequest>>of(
            () -> ApiRequest.hangUp(ACCOUNT, new ConferenceName(name)),
            () -> ApiRequest.lookUp(ACCOUNT, new ConferenceName(name)),
            () -> ApiRequest.kick(ACCOUNT, new ConferenceName(name), new MemberIds(ids)),
            () -> ApiRequest.hangUpMembers(ACCOUNT, new ConferenceName(name), new MemberIds(ids)),
            () ->
                ApiRequest.play(
                    ACCOUNT,
                    new ConferenceName(name),
                    new MemberIds(ids),
                    new AnnouncementUrl(url)))
        .flatMap(
            request -> {
              try {
                return Stream.of(request.get());
              } catch (IllegalArgumentException refused) {
                return Stream.empty();
              }
            })
        .toList();
  }

  @Property(tries = 5000)
  void isOfItsOwnKindOnly_whateverItIsMadeOf(
      @ForAll("hostile") String name,
      @ForAll("hostileIds") List<String> ids,
      @ForAll("hostile") String url) {
    assertThat(requestsOf(name, ids, url))
        .allSatisfy(
            request ->
                assertThat(kindsThatLookLike(sent(request))).containsExactly(request.kind()));
  }

  @Example
  void isOfItsOwnKindOnly_alsoIfItIsAboutAllConferences() {
    assertThat(kindsThatLookLike(sent(ApiRequest.hangUpAll(KEYS))))
        .containsExactly(Kind.HANG_UP_ALL);
    assertThat(kindsThatLookLike(sent(ApiRequest.listConferences(ACCOUNT))))
        .containsExactly(Kind.LIST_CONFERENCES);
  }

  @Example
  void carriesWhatWasAskedFor() {
    var name = new ConferenceName("Team meeting");
    var members = new MemberIds(List.of("17", "a-B_9"));
    String conference = "/api/v1/Account/MA_1/Conference/Team%20meeting/";
    assertThat(sent(ApiRequest.kick(ACCOUNT, name, members)))
        .isEqualTo("POST " + conference + "Member/17,a-B_9/Kick/ {}");
    assertThat(sent(ApiRequest.hangUpMembers(ACCOUNT, name, members)))
        .isEqualTo("DELETE " + conference + "Member/17,a-B_9/ null");
    assertThat(
            sent(
                ApiRequest.play(
                    ACCOUNT,
                    name,
                    MemberIds.EVERYBODY,
                    new AnnouncementUrl("https://example.com/a.mp3?x=1&y='z'"))))
        .isEqualTo(
            "POST "
                + conference
                + "Member/all/Play/ {\"url\":\"https://example.com/a.mp3?x=1&y='z'\"}");
    assertThat(sent(ApiRequest.hangUpAll(KEYS)))
        .isEqualTo("DELETE /api/v1/Account/MA_1/Conference/ null");
  }

  /** A pair of kinds: how a request is made, and the path of another. */
  private record Pair(Kind kind, Kind other) {}

  @Provide
  Arbitrary<Pair> pairs() {
    return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.of(Kind.class))
        .as(Pair::new);
  }

  private static ApiRequest example(Kind kind) {
    var name = new ConferenceName("room");
    var members = new MemberIds(List.of("17"));
    return switch (kind) {
      case HANG_UP -> ApiRequest.hangUp(ACCOUNT, name);
      case LOOK_UP -> ApiRequest.lookUp(ACCOUNT, name);
      case PLAY ->
          ApiRequest.play(ACCOUNT, name, members, new AnnouncementUrl("https://example.com/a.mp3"));
      case KICK -> ApiRequest.kick(ACCOUNT, name, members);
      case HANG_UP_MEMBERS -> ApiRequest.hangUpMembers(ACCOUNT, name, members);
      case HANG_UP_ALL -> ApiRequest.hangUpAll(KEYS);
      case LIST_CONFERENCES -> ApiRequest.listConferences(ACCOUNT);
    };
  }

  /** As if the code of one kind had mistaken the path for that of another. */
  @Property
  void refusesThePathOfAnotherKind(@ForAll("pairs") Pair pair) throws Exception {
    Request other = example(pair.other()).onTheWire(Instant.MAX);
    Constructor<ApiRequest> constructor =
        ApiRequest.class.getDeclaredConstructor(
            Kind.class, VobizAccount.class, String.class, AnnouncementUrl.class);
    constructor.setAccessible(true);
    var url = new AnnouncementUrl("https://example.com/a.mp3");
    String resource = other.path().substring("/api/v1/Account/MA_1".length());

    Throwable failure =
        catchThrowable(() -> constructor.newInstance(pair.kind(), ACCOUNT, resource, url));

    if (failure == null) {
      var made = constructor.newInstance(pair.kind(), ACCOUNT, resource, url);
      assertThat(kindsThatLookLike(sent(made))).containsExactly(pair.kind());
    } else {
      assertThat(failure).hasCauseInstanceOf(IllegalArgumentException.class);
      assertThat(pair.kind()).isNotEqualTo(pair.other());
    }
  }

  @Example
  void canBeMadeInNoOtherWay() {
    assertThat(ApiRequest.class.getDeclaredConstructors())
        .allMatch(constructor -> Modifier.isPrivate(constructor.getModifiers()));
    assertThat(BothKeys.class.getDeclaredConstructors())
        .allMatch(constructor -> Modifier.isPrivate(constructor.getModifiers()));
    assertThat(
            Arrays.stream(ApiRequest.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == ApiRequest.class))
        .hasSize(Kind.values().length)
        .filteredOn(method -> Arrays.asList(method.getParameterTypes()).contains(BothKeys.class))
        .singleElement()
        .satisfies(method -> assertThat(method.getName()).isEqualTo("hangUpAll"));
  }

  @Property
  void noKeysAreTurned_unlessBothFit(
      @ForAll("hostile") String authId, @ForAll boolean listed, @ForAll boolean fits) {
    Set<String> accounts = listed ? Set.of("sales", "default") : Set.of("sales", "Default");
    String expected = fits ? "MA_1" : authId;
    if (listed && expected.equals("MA_1")) {
      assertThat(BothKeys.turn(ACCOUNT, accounts, expected).account()).isEqualTo(ACCOUNT);
    } else {
      assertThatThrownBy(() -> BothKeys.turn(ACCOUNT, accounts, expected))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("MA_1");
    }
  }
}
