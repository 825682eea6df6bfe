package org.conferenceworker.events;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conferenceworker.settings.Origins;
import org.springframework.web.util.UriUtils;

/** The URLs that stand in call flows, one per account profile. */
final class CallbackAddress {

  private final String base;
  private final Optional<String> baseWithCredentials;

  /** Account profiles by the path of their URL, percent-encoded. */
  private final Map<String, String> accounts = new TreeMap<>();

  /**
   * @param base the public URL, without a slash at its end; may have credentials
   * @param accounts the names of the account profiles
   */
  CallbackAddress(String base, Collection<String> accounts) {
    URI uri = URI.create(base);
    this.base = Origins.withoutCredentials(uri).toString();
    this.baseWithCredentials = Optional.of(base).filter(given -> !given.equals(this.base));
    String path = uri.getRawPath();
    accounts.forEach(account -> this.accounts.put(path + "/" + encoded(account), account));
  }

  /**
   * The URLs of an account over which Vobiz may sign. With credentials or without: its
   * documentation does not say.
   */
  Stream<String> signedUrls(String account) {
    return Stream.concat(Stream.of(base), baseWithCredentials.stream())
        .map(url -> url + "/" + encoded(account));
  }

  /** The URL of an account, without credentials. */
  String url(String account) {
    return base + "/" + encoded(account);
  }

  /** The URLs of all accounts. */
  String urls() {
    return accounts.values().stream().map(this::url).collect(Collectors.joining(", "));
  }

  /** The account of a request to this path; paths are case-sensitive. */
  Optional<String> account(String path) {
    return Optional.ofNullable(accounts.get(path));
  }

  private static String encoded(String account) {
    return UriUtils.encode(account, StandardCharsets.UTF_8);
  }
}
