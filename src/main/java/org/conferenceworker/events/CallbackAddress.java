package org.conferenceworker.events;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;

/** The URLs that stand in call flows, one per account profile. */
final class CallbackAddress {

  private final String base;

  /** Account profiles by the path of their URL, percent-encoded. */
  private final Map<String, String> accounts = new TreeMap<>();

  /**
   * @param base the public URL, without a slash at its end
   * @param accounts the names of the account profiles
   */
  CallbackAddress(String base, Collection<String> accounts) {
    this.base = base;
    String path = URI.create(base).getRawPath();
    accounts.forEach(account -> this.accounts.put(path + "/" + encoded(account), account));
  }

  /** The URL of an account, over which Vobiz signs. */
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
