package org.conferenceworker.system.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import net.jqwik.api.statistics.Statistics;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.conferenceworker.vobiz.ApiClients;
import org.conferenceworker.vobiz.ApiRequest;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.VobizClient;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.opentest4j.TestAbortedException;

/**
 * Names that are accepted, through real proxies in the set-ups that change paths: what a server
 * behind them routes is one conference or nothing.
 */
@AddLifecycleHook(NamesBehindProxiesTest.NeedsProxies.class)
class NamesBehindProxiesTest {

  static final class NeedsProxies implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      try {
        RealProxy.unpacked();
        return SkipResult.doNotSkip();
      } catch (TestAbortedException missing) {
        return SkipResult.skip(missing.getMessage());
      }
    }
  }

  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_1", "token");

  private static final String BELOW = "DELETE /api/v1/Account/MA_1/Conference/";

  /** One conference: a visible name, and below it nothing that the API has. */
  private static final Pattern ONE_CONFERENCE =
      Pattern.compile(
          BELOW
              + "(?![\\p{Z}\\p{C}]*/)[^/]+(/(?!(?:[\\p{Z}\\p{C}]*)"
              + "(?:Member|Record|Play|Speak|Mute|Deaf|Kick|Hangup)[\\p{Z}\\p{C}]*(?:/|$))[^/]+)*/?",
          Pattern.CASE_INSENSITIVE);

  /** In the order in which {@code Upstreams} has them. */
  private static final List<String> SERVERS =
      List.of(", Tomcat", ", Tomcat that decodes slashes", ", a server that decodes all");

  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
  private static final Map<String, VobizClient> CLIENTS = new LinkedHashMap<>();
  private static Upstreams upstreams;

  @BeforeContainer
  static void start() throws Exception {
    Path directory =
        Files.createTempDirectory(Path.of("target").toAbsolutePath(), "behind-proxies");
    try {
      start(directory);
    } catch (Throwable e) {
      stop();
      throw e;
    }
  }

  private static void start(Path directory) throws IOException {
    upstreams = Upstreams.start(directory);
    OPEN.push(upstreams);
    var nginx = new Config("server { listen 127.0.0.1:%d; location / { %s } }\n");
    var apache =
        new Config("Listen 127.0.0.1:%1$d\n<VirtualHost 127.0.0.1:%1$d>\n%2$s\n</VirtualHost>\n");
    var haproxy =
        new Config(
            "listen l%1$d\n  bind 127.0.0.1:%1$d\n  http-request set-path %%[path,url_dec]\n"
                + "  server s 127.0.0.1:%2$s\n");
    var caddy =
        new Config(
            "http://127.0.0.1:%d {\n  bind 127.0.0.1\n  rewrite * {path}\n"
                + "  reverse_proxy 127.0.0.1:%s\n}\n");
    for (int up : upstreams.ports()) {
      String to = "http://127.0.0.1:" + up;
      nginx.add("nginx", "proxy_pass " + to + ";");
      nginx.add("nginx with a slash", "proxy_pass " + to + "/;");
      nginx.add("nginx rewrite", "rewrite ^(.*)$ $1 break; proxy_pass " + to + ";");
      int decoding = nginx.add("nginx $uri", "proxy_pass " + to + "$uri;");
      nginx.add("nginx $uri twice", "proxy_pass http://127.0.0.1:" + decoding + "$uri;");

      apache.add("Apache", "ProxyPass / " + to + "/");
      apache.add("Apache nocanon", "AllowEncodedSlashes NoDecode\nProxyPass / " + to + "/ nocanon");
      String rewrite = "AllowEncodedSlashes %s\nRewriteEngine On\nRewriteRule ^/(.*)$ %s/$1 [%s]";
      apache.add("Apache [P]", rewrite.formatted("On", to, "P"));
      apache.add("Apache [P,NE]", rewrite.formatted("NoDecode", to, "P,NE"));
      String unsafe = "P,NE,UnsafeAllow3F";
      apache.add("Apache [P,NE,UnsafeAllow3F]", rewrite.formatted("On", to, unsafe));
      apache.add(
          "Apache [P,NE,UnsafeAllow3F], nginx $uri",
          rewrite.formatted("On", "http://127.0.0.1:" + decoding, unsafe));

      int urlDec = haproxy.add("haproxy url_dec", "" + up);
      haproxy.add("haproxy url_dec twice", "" + urlDec);

      int rewriting = caddy.add("caddy rewrite", "" + up);
      caddy.add("caddy rewrite twice", "" + rewriting);
    }
    OPEN.push(RealProxy.nginx(directory.resolve("nginx"), nginx.text(), nginx.port()));
    OPEN.push(RealProxy.apache(directory.resolve("apache"), apache.text(), apache.port()));
    OPEN.push(RealProxy.haproxy(directory.resolve("haproxy"), haproxy.text(), haproxy.port()));
    OPEN.push(RealProxy.caddy(directory.resolve("caddy"), caddy.text(), caddy.port()));
  }

  /** What one process serves: a frame around each way that it offers. */
  private static final class Config {
    private final String frame;
    private final StringBuilder text = new StringBuilder();
    private int port;

    Config(String frame) {
      this.frame = frame;
    }

    int add(String name, String inside) {
      port = RealProxy.freePort();
      text.append(frame.formatted(port, inside));
      VobizClient client =
          ApiClients.client(
              URI.create("http://127.0.0.1:" + port),
              SystemDefaultDnsResolver.INSTANCE,
              Clock.systemUTC());
      OPEN.push(client);
      String server =
          SERVERS.stream().filter(s -> !CLIENTS.containsKey(name + s)).findFirst().get();
      CLIENTS.put(name + server, client);
      return port;
    }

    String text() {
      return text.toString();
    }

    int port() {
      return port;
    }
  }

  @AfterContainer
  static void stop() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  /** Sends the hang-up by every way; what was routed, by the way. */
  private static Map<String, List<String>> routed(String name) {
    var conference = new ConferenceName(name);
    var routed = new LinkedHashMap<String, List<String>>();
    CLIENTS.forEach(
        (way, client) -> {
          client.send(ApiRequest.hangUp(ACCOUNT, conference), Instant.MAX);
          routed.put(way, upstreams.routed());
        });
    return routed;
  }

  private static boolean isAccepted(String name) {
    try {
      new ConferenceName(name);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  @Example
  void everyWay_leadsToTheConference() {
    assertThat(routed("room"))
        .allSatisfy((way, requests) -> assertThat(requests).containsExactly(BELOW + "room/"));
  }

  @Example
  void someWays_leadToAnotherSingleConference() {
    assertThat(routed("Sales;EMEA"))
        .containsEntry("Apache, Tomcat", List.of(BELOW + "Sales/"))
        .containsEntry("nginx, Tomcat", List.of(BELOW + "Sales;EMEA/"));
    assertThat(routed("Sales%2FEMEA"))
        .containsEntry("nginx $uri, Tomcat that decodes slashes", List.of(BELOW + "Sales/EMEA/"));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void whatIsRouted_isOneConferenceOrNothing(@ForAll("acceptedTraps") String name) {
    Map<String, List<String>> routed = routed(name);

    long arrived = routed.values().stream().filter(requests -> !requests.isEmpty()).count();
    Statistics.label("arrived by all ways").collect(arrived == routed.size());
    assertThat(routed)
        .allSatisfy(
            (way, requests) ->
                assertThat(requests)
                    .hasSizeLessThan(2)
                    .allMatch(ONE_CONFERENCE.asMatchPredicate()));
  }

  @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
  void aPlainName_arrivesAsItIs_orNotAtAll(@ForAll("plainNames") String name) {
    assertThat(routed(name))
        .allSatisfy(
            (way, requests) -> assertThat(requests).isSubsetOf(List.of(BELOW + name + "/")));
  }

  @Provide
  Arbitrary<String> acceptedTraps() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of("a", "Sales", "é", "50%", "Team meeting", "Record", " ")),
            Tuple.of(2, Arbitraries.of(";", ";v=1", "?", "?x", "#", "#42", "..;", ".;", "+")),
            Tuple.of(2, Arbitraries.of("/", "\\", ".", "..", "%2F", "%5c", "%2e", "%2E%2e")),
            Tuple.of(2, Arbitraries.of("%3b", "%3F", "%23", "%252F", "%252e", "%253B", "%253f")),
            Tuple.of(1, Arbitraries.of("%25", "%", "%zz", "%c0%ae", "%u002e", "%2523")),
            Tuple.of(1, Arbitraries.of("/Member/all", "/record", "%2fMember%2f17", "/Play")),
            Tuple.of(1, Arbitraries.of("．", "／", "％", "；", "‥", "\u200b", "\u00a0")),
            Tuple.of(1, Arbitraries.of("%00", "%09", "%0d%0a", "%20", "%e2%80%8b", "%ff")))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(parts -> String.join("", parts))
        .filter(NamesBehindProxiesTest::isAccepted);
  }

  @Provide
  Arbitrary<String> plainNames() {
    return Arbitraries.of(
            "Team", "Süd", "会議", "📞", " ", "&", "=", "@", ",", "'", "(", ":", "!", "$", "*", "~",
            ".", "-", "\"", "<", "|")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(parts -> String.join("", parts))
        .filter(name -> isAccepted(name) && new ConferenceName(name).isPlain());
  }
}
