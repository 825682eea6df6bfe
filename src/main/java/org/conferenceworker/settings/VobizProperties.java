package org.conferenceworker.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the Vobiz API is reached.
 *
 * @param authId auth id of the account profile 'default', MA_… or SA_…
 * @param authToken auth token of the account profile 'default'
 * @param authTokenFile instead of the token itself, a file with it, such as a mounted secret; read
 *     at every call, so that a new token counts without a restart
 * @param baseUrl scheme, host and port of the API; plain http is accepted for loopback only, unless
 *     vobiz.allow-unencrypted says otherwise
 * @param allowUnencrypted accept a plain http base URL that is no loopback address: every request
 *     then carries the token readable by anybody on the way
 * @param dryRun do everything but the call; tasks complete with the outcome DRY_RUN
 * @param http how connections are made, and the time limits of a call
 * @param guard what must not be ended, and how much in a minute; off by default
 * @param limit how many calls at a time, and in a second
 * @param check the check of credentials and base URL
 * @param accounts further account profiles by name, each with auth-id and auth-token or
 *     auth-token-file
 */
@ConfigurationProperties(VobizProperties.PREFIX)
public record VobizProperties(
    String authId,
    String authToken,
    String authTokenFile,
    @DefaultValue("https://api.vobiz.ai") String baseUrl,
    boolean allowUnencrypted,
    boolean dryRun,
    @DefaultValue Http http,
    @DefaultValue Guard guard,
    @DefaultValue Limit limit,
    @DefaultValue Check check,
    @DefaultValue Map<String, Credentials> accounts) {

  public static final String PREFIX = "vobiz";

  private static final Pattern LOOPBACK =
      Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  /**
   * @param connectTimeout longest wait for a TCP connection and for its TLS handshake
   * @param responseTimeout longest wait for an answer to begin, and longest silence while the rest
   *     of it is read
   * @param totalTimeout longest time of a whole call, from the look-up of the host to the last byte
   * @param maxConnections most connections to the API at a time; a call waits for a free one no
   *     longer than the connect timeout
   * @param connectionTimeToLive longest time that a connection is used; bounds how long an address
   *     is relied on after the API's DNS entry has changed (the JVM itself keeps an entry for 30 s)
   * @param sslBundle name of the Spring Boot SSL bundle (spring.ssl.bundle.*) with the certificate
   *     authorities to trust and the client certificate to show; the JVM's own authorities and no
   *     client certificate if it is not set
   * @param proxy the HTTP proxy on the way to the API
   */
  public record Http(
      @DefaultValue("2s") Duration connectTimeout,
      @DefaultValue("10s") Duration responseTimeout,
      @DefaultValue("15s") Duration totalTimeout,
      @DefaultValue("512") int maxConnections,
      @DefaultValue("1m") Duration connectionTimeToLive,
      String sslBundle,
      @DefaultValue Proxy proxy) {

    private static final int MOST_CONNECTIONS = 100_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * @throws InvalidSettingException if one of them is out of bounds
     */
    public Http {
      requirePositive("vobiz.http.connect-timeout", connectTimeout);
      requirePositive("vobiz.http.response-timeout", responseTimeout);
      requirePositive("vobiz.http.total-timeout", totalTimeout);
      requirePositive("vobiz.http.connection-time-to-live", connectionTimeToLive);
      if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
        throw new InvalidSettingException(
            "The setting vobiz.http.max-connections is " + maxConnections + ".",
            "Set a number from 1 to "
                + MOST_CONNECTIONS
                + "; unless it is set, it is camunda.client.worker.defaults.max-jobs-active.");
      }
    }

    private static void requirePositive(String setting, Duration value) {
      if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
        throw new InvalidSettingException(
            "The setting "
                + setting
                + " is "
                + value
                + ", but a time limit is between a millisecond and an hour.",
            "Set a duration such as 2s or 500ms, or remove the setting for its default.");
      }
    }
  }

  /**
   * An HTTP proxy: it is asked for a tunnel (CONNECT), and sees neither path nor token.
   *
   * @param url http://host:port; no proxy if it is not set
   * @param username user name for the proxy, if it asks for one
   * @param password password for the proxy
   */
  public record Proxy(String url, String username, String password) {

    /**
     * @throws InvalidSettingException if the URL is more or less than scheme, host and port, or the
     *     credentials are incomplete
     */
    public Proxy {
      if (url != null && !isOrigin(url)) {
        throw new InvalidSettingException(
            "The setting vobiz.http.proxy.url is not of the form http://host:port.",
            "Set it to, for example, http://proxy.example.com:3128, and the proxy's credentials, if"
                + " any, with vobiz.http.proxy.username and vobiz.http.proxy.password.");
      }
      boolean anonymous = username == null && password == null;
      if (!anonymous && (url == null || username == null || password == null)) {
        throw new InvalidSettingException(
            "The settings vobiz.http.proxy.username and vobiz.http.proxy.password need each other,"
                + " and vobiz.http.proxy.url.",
            "Set all three, or the URL alone.");
      }
    }

    private static boolean isOrigin(String url) {
      try {
        URI uri = new URI(url);
        return "http".equals(uri.getScheme())
            && uri.getHost() != null
            && uri.getPort() > 0
            && hasNoMoreThanOrigin(uri);
      } catch (URISyntaxException e) {
        return false;
      }
    }

    @Override
    public String toString() {
      return "Proxy[url=" + url + ", username=" + username + ", password=***]";
    }
  }

  /**
   * Guard rails: limits that the operator sets to what any process may do. Each holds for every
   * account, unless the account has its own.
   *
   * @param allowedNames if set, only conferences whose name matches one of these patterns may be
   *     ended; * stands for any characters, everything else counts to the letter
   * @param protectedNames conferences whose name matches one of these patterns are never ended; *
   *     stands for any characters; case, kinds and number of spaces, invisible characters and the
   *     way in which letters are encoded do not count
   * @param maxPerMinute most hang-ups of an account that this process sends in any minute
   * @param accounts the same three for single accounts, by the name of the account profile
   * @param plainNamesOnly end only conferences whose name stays the same whatever proxies do to the
   *     path: no % / \ ; ? # or +, single blanks between words at most, nothing invisible, no
   *     compatibility characters; for every account
   */
  public record Guard(
      List<String> allowedNames,
      List<String> protectedNames,
      Integer maxPerMinute,
      @DefaultValue Map<String, AccountGuard> accounts,
      boolean plainNamesOnly) {

    /** Each one that passed is remembered for a minute; memory is to stay bounded. */
    private static final int MOST_PER_MINUTE = 100_000;

    /**
     * @throws InvalidSettingException if a limit is out of bounds, or a pattern cannot be meant
     */
    public Guard {
      requireUsable("vobiz.guard", new AccountGuard(allowedNames, protectedNames, maxPerMinute));
      accounts.forEach((account, own) -> requireUsable("vobiz.guard.accounts." + account, own));
    }

    private static void requireUsable(String settings, AccountGuard guard) {
      requireUsable(settings + ".max-per-minute", guard.maxPerMinute());
      NamePatterns.requireUsable(settings + ".allowed-names", guard.allowedNames());
      NamePatterns.requireUsable(settings + ".protected-names", guard.protectedNames());
    }

    private static void requireUsable(String setting, Integer maxPerMinute) {
      if (maxPerMinute != null && (maxPerMinute < 1 || maxPerMinute > MOST_PER_MINUTE)) {
        throw new InvalidSettingException(
            "The setting " + setting + " is " + maxPerMinute + ".",
            "Set a number from 1 to " + MOST_PER_MINUTE + ", or remove the setting for no limit.");
      }
    }

    /**
     * The limits of an account: its own, and where it has none, the general ones. What is protected
     * in general stays protected.
     */
    public AccountGuard of(String account) {
      var own = accounts.getOrDefault(account, new AccountGuard(null, null, null));
      return new AccountGuard(
          own.allowedNames() == null ? allowedNames : own.allowedNames(),
          Stream.of(protectedNames, own.protectedNames())
              .filter(Objects::nonNull)
              .flatMap(List::stream)
              .toList(),
          own.maxPerMinute() == null ? maxPerMinute : own.maxPerMinute());
    }

    /** What is protected in any of some accounts. */
    public List<String> protectedNames(Collection<String> profiles) {
      return profiles.stream()
          .flatMap(profile -> of(profile).protectedNames().stream())
          .distinct()
          .toList();
    }

    /** What is allowed: of each of these lists a name must match a pattern. */
    public List<List<String>> allowedNames(Collection<String> profiles) {
      return profiles.stream()
          .map(profile -> of(profile).allowedNames())
          .filter(Objects::nonNull)
          .distinct()
          .toList();
    }

    /** The lowest brake of some accounts; {@code null} if none has one. */
    public Integer fewestPerMinute(Collection<String> accounts) {
      return lowest(accounts, account -> of(account).maxPerMinute());
    }
  }

  /**
   * The check of credentials and base URL, a GET for the list of the account's conferences.
   *
   * @param onStart check every account once the worker has started, each minute until all are good,
   *     and from then on as often as vobiz.check.every says; without it, only when somebody asks
   *     for health; neither the start nor a hang-up waits for it
   * @param every how long after a good check the next one is made, from 1m to 1d
   */
  public record Check(@DefaultValue("true") boolean onStart, @DefaultValue("5m") Duration every) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * @throws InvalidSettingException if the time is out of bounds
     */
    public Check {
      if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
        throw new InvalidSettingException(
            "The setting vobiz.check.every is " + every + ", but it is between a minute and a day.",
            "Set a duration such as 5m, or remove the setting for its default.");
      }
    }
  }

  /**
   * Guard rails of one account; {@code null} means the general one, protected names add to them.
   *
   * @param allowedNames only conferences whose name matches one of these patterns may be ended
   * @param protectedNames conferences whose name matches one of these patterns are never ended
   * @param maxPerMinute most hang-ups of this account that this process sends in any minute
   */
  public record AccountGuard(
      List<String> allowedNames, List<String> protectedNames, Integer maxPerMinute) {}

  /**
   * What this process asks of the API at most; jobs beyond it wait for their turn. Each holds for
   * every account by itself, unless the account has its own.
   *
   * @param maxConcurrentCalls most calls of an account at a time
   * @param callsPerSecond most calls of an account in a second, evenly spaced; no limit if it is
   *     not set
   * @param accounts the same for single accounts, by the name of the account profile
   */
  public record Limit(
      @DefaultValue("512") int maxConcurrentCalls,
      Double callsPerSecond,
      @DefaultValue Map<String, AccountLimit> accounts) {

    private static final int MOST_AT_A_TIME = 100_000;
    private static final double MOST_PER_SECOND = 100_000;
    private static final double FEWEST_PER_SECOND = 0.01;

    /**
     * @throws InvalidSettingException if a limit is out of bounds
     */
    public Limit {
      requireUsable("vobiz.limit", new AccountLimit(maxConcurrentCalls, callsPerSecond));
      accounts.forEach((account, own) -> requireUsable("vobiz.limit.accounts." + account, own));
    }

    private static void requireUsable(String settings, AccountLimit limit) {
      Integer calls = limit.maxConcurrentCalls();
      if (calls != null && (calls < 1 || calls > MOST_AT_A_TIME)) {
        throw new InvalidSettingException(
            "The setting " + settings + ".max-concurrent-calls is " + calls + ".",
            "Set a number from 1 to " + MOST_AT_A_TIME + ", or remove it for its default.");
      }
      Double rate = limit.callsPerSecond();
      if (rate != null && !(rate >= FEWEST_PER_SECOND && rate <= MOST_PER_SECOND)) {
        throw new InvalidSettingException(
            "The setting " + settings + ".calls-per-second is " + rate + ".",
            "Set a number from 0.01 to 100000, or remove the setting for no limit.");
      }
    }

    /** The limits of an account: its own, and where it has none, the general ones. */
    public AccountLimit of(String account) {
      var own = accounts.getOrDefault(account, new AccountLimit(null, null));
      return new AccountLimit(
          own.maxConcurrentCalls() == null ? maxConcurrentCalls : own.maxConcurrentCalls(),
          own.callsPerSecond() == null ? callsPerSecond : own.callsPerSecond());
    }

    /** Of each limit the lowest that one of these accounts has. */
    public AccountLimit strictest(Collection<String> accounts) {
      return new AccountLimit(
          lowest(accounts, account -> of(account).maxConcurrentCalls()),
          lowest(accounts, account -> of(account).callsPerSecond()));
    }
  }

  /**
   * Limits of one account; {@code null} means the general one.
   *
   * @param maxConcurrentCalls most calls of this account at a time
   * @param callsPerSecond most calls of this account in a second, evenly spaced
   */
  public record AccountLimit(Integer maxConcurrentCalls, Double callsPerSecond) {}

  /**
   * @param authId auth id of this account, {@code MA_…} or {@code SA_…}
   * @param authToken auth token of this account
   * @param authTokenFile instead of the token itself, a file with it, read at every call
   */
  public record Credentials(String authId, String authToken, String authTokenFile) {
    @Override
    public String toString() {
      return "Credentials[authId=" + authId + ", authToken=***]";
    }
  }

  /**
   * The base URL, checked.
   *
   * @throws InvalidSettingException if it is none, has more than scheme, host and port, or would
   *     send the token unencrypted over a network
   */
  public URI baseUri() {
    URI uri;
    try {
      uri = new URI(baseUrl);
    } catch (URISyntaxException e) {
      throw invalidBaseUrl("is no URL");
    }
    boolean https = "https".equalsIgnoreCase(uri.getScheme());
    if (!https && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw invalidBaseUrl("is no http or https URL");
    }
    if (uri.getHost() == null) {
      throw invalidBaseUrl("names no host");
    }
    if (!hasNoMoreThanOrigin(uri)) {
      throw invalidBaseUrl("has more than scheme, host and port");
    }
    if (!https && !allowUnencrypted && !LOOPBACK.matcher(uri.getHost()).matches()) {
      throw invalidBaseUrl("would send the token unencrypted");
    }
    if (!https && http.proxy().url() != null) {
      throw invalidBaseUrl("would show the token to the proxy vobiz.http.proxy.url");
    }
    return uri;
  }

  /** Whether a URL that names a host has only scheme, host and a possible port beside it. */
  private static boolean hasNoMoreThanOrigin(URI uri) {
    return (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null
        && uri.getPort() != 0
        && uri.getPort() <= 65535;
  }

  private InvalidSettingException invalidBaseUrl(String problem) {
    return new InvalidSettingException(
        "The setting VOBIZ_BASE_URL " + problem + ": \"" + withoutUserInfo(baseUrl) + "\".",
        "Set scheme, host and port only, such as https://api.vobiz.ai (plain http is accepted for"
            + " loopback addresses without a proxy), or remove the setting for its default.");
  }

  private static <T extends Comparable<T>> T lowest(
      Collection<String> accounts, Function<String, T> limit) {
    return accounts.stream()
        .map(limit)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static String withoutUserInfo(String url) {
    return url.replaceFirst("//[^/]*@", "//***@");
  }

  @Override
  public String toString() {
    return "VobizProperties[authId=%s, authToken=***, baseUrl=%s, dryRun=%s, http=%s, guard=%s, limit=%s, accounts=%s]"
        .formatted(authId, withoutUserInfo(baseUrl), dryRun, http, guard, limit, accounts);
  }
}
