package org.conferenceworker.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.conferenceworker.log.Quoted;
import org.conferenceworker.settings.GuardSettings;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.account.VobizAccounts;

/**
 * The conferences that processes may act on. A rule for one profile of an auth id applies to all of
 * them, because they reach the same conferences.
 */
public class GuardedNames {

  /**
   * @param allowed a name must match a pattern in each of these lists
   */
  private record Rules(List<List<NamePattern>> allowed, List<NamePattern> protectedOnes) {

    static Rules of(SortedSet<String> profiles, GuardSettings guard) {
      return new Rules(
          guard.allowedNames(profiles).stream()
              .map(list -> list.stream().map(NamePattern::exact).toList())
              .toList(),
          guard.protectedNames(profiles).stream().map(NamePattern::lenient).toList());
    }
  }

  private final boolean plainNamesOnly;
  private final Map<String, Rules> rulesByAccount;

  public GuardedNames(GuardSettings guard, VobizAccounts accounts) {
    plainNamesOnly = guard.plainNamesOnly();
    rulesByAccount = accounts.perAuthId(profiles -> Rules.of(profiles, guard));
  }

  /**
   * @return why nobody must be removed from this conference, as a clause that can follow its name
   */
  public Optional<String> objectionToRemoving(String account, ConferenceName conference) {
    return notPlain(conference)
        .or(() -> protectedName(account, conference))
        .or(() -> notAllowed(account, conference));
  }

  /**
   * @return why nothing must be done in this conference that others notice, as a clause that can
   *     follow its name
   */
  public Optional<String> objectionToActing(String account, ConferenceName conference) {
    return notPlain(conference).or(() -> notAllowed(account, conference));
  }

  /**
   * @return the settings for names that apply to the account, which cannot be honoured when all of
   *     its conferences are ended
   */
  public List<String> settingsFor(String account) {
    Rules rules = rulesByAccount.get(account);
    var settings = new ArrayList<String>();
    if (!rules.protectedOnes().isEmpty()) {
      settings.add("vobiz.guard.protected-names");
    }
    if (!rules.allowed().isEmpty()) {
      settings.add("vobiz.guard.allowed-names");
    }
    return settings;
  }

  private Optional<String> notPlain(ConferenceName conference) {
    return plainNamesOnly && !conference.isPlain()
        ? Optional.of(
            "is not plain, as the worker's setting vobiz.guard.plain-names-only requires ("
                + ConferenceName.PLAIN
                + ")")
        : Optional.empty();
  }

  private Optional<String> protectedName(String account, ConferenceName conference) {
    List<NamePattern> protectedOnes = rulesByAccount.get(account).protectedOnes();
    if (protectedOnes.isEmpty()) {
      return Optional.empty();
    }
    // It is unknown whether the API ignores case, spaces and the like, so the match is generous.
    String canonical = NamePattern.canonical(conference.value());
    return protectedOnes.stream()
        .filter(pattern -> pattern.matches(canonical))
        .map(
            pattern ->
                "is protected by the worker's setting vobiz.guard.protected-names (pattern "
                    + Quoted.of(pattern.text())
                    + ")")
        .findFirst();
  }

  private Optional<String> notAllowed(String account, ConferenceName conference) {
    boolean allowed =
        rulesByAccount.get(account).allowed().stream()
            .allMatch(
                patterns ->
                    patterns.stream().anyMatch(pattern -> pattern.matches(conference.value())));
    return allowed
        ? Optional.empty()
        : Optional.of("is not among the names that the worker may act on");
  }

  /** What is allowed, for the person who has to correct the name. */
  public String allowed(String account) {
    List<List<NamePattern>> allowed = rulesByAccount.get(account).allowed();
    return (allowed.isEmpty()
            ? "allowed is any other %sname".formatted(plainNamesOnly ? "plain " : "")
            : "allowed by its setting vobiz.guard.allowed-names is "
                + allowed.stream()
                    .map(
                        patterns ->
                            patterns.stream()
                                .map(pattern -> Quoted.of(pattern.text()))
                                .collect(Collectors.joining(", ")))
                    .collect(Collectors.joining("; and at once ")))
        + "; the worker's operator can change the setting";
  }
}
