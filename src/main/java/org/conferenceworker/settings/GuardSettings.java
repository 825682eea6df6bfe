package org.conferenceworker.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Guard rails: what the operator lets processes do. Each applies to every account, unless the
 * account has its own.
 *
 * @param allowedNames if set, anything but looking up may be done only in conferences whose name
 *     matches one of these patterns; * stands for any characters, everything else must match
 *     exactly
 * @param protectedNames conferences whose name matches one of these patterns are never ended, and
 *     nobody is removed from them; * stands for any characters; case, kind and number of spaces,
 *     invisible characters and Unicode form are ignored
 * @param maxPerMinute highest number of requests per account that remove people (hang-ups, kicks)
 *     that this process sends in any minute
 * @param accounts the same three for single accounts, by the name of the account profile
 * @param plainNamesOnly do anything but looking up only in conferences whose name no proxy can
 *     change on the way: no % / \ ; ? # or +, single spaces between words only, nothing invisible,
 *     no compatibility characters; applies to every account
 */
public record GuardSettings(
    List<String> allowedNames,
    List<String> protectedNames,
    Integer maxPerMinute,
    @DefaultValue Map<String, AccountGuard> accounts,
    boolean plainNamesOnly) {

  /** Each of them is remembered for a minute, so this bounds memory. */
  private static final int MOST_PER_MINUTE = 100_000;

  /**
   * @throws InvalidSettingException if a limit is out of bounds, or a pattern is obviously a
   *     mistake
   */
  public GuardSettings {
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

  /** The names that are protected in any of these accounts. */
  public List<String> protectedNames(Collection<String> profiles) {
    return profiles.stream()
        .flatMap(profile -> of(profile).protectedNames().stream())
        .distinct()
        .toList();
  }

  /** The allowed names: a name must match a pattern in each of these lists. */
  public List<List<String>> allowedNames(Collection<String> profiles) {
    return profiles.stream()
        .map(profile -> of(profile).allowedNames())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** The lowest limit per minute of these accounts; {@code null} if none has one. */
  public Integer fewestPerMinute(Collection<String> accounts) {
    return Lowest.of(accounts, account -> of(account).maxPerMinute());
  }

  /**
   * Guard rails of one account; {@code null} means the general one; protected names add to the
   * general ones.
   *
   * @param allowedNames anything but looking up may be done only in conferences whose name matches
   *     one of these patterns
   * @param protectedNames conferences whose name matches one of these patterns are never ended, and
   *     nobody is removed from them
   * @param maxPerMinute highest number of requests of this account that remove people that this
   *     process sends in any minute
   */
  public record AccountGuard(
      List<String> allowedNames, List<String> protectedNames, Integer maxPerMinute) {}
}
