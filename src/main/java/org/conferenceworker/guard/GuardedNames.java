package org.conferenceworker.guard;

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
 * The conferences that processes may end. A rule for one profile of an auth id applies to all of
 * them, because they end the same conferences.
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
   * @return why this conference must not be ended, as a clause that can follow its name
   */
  public Optional<String> objectionTo(String account, ConferenceName conference) {
    if (plainNamesOnly && !conference.isPlain()) {
      return Optional.of(
          "is not plain, as the worker's setting vobiz.guard.plain-names-only requires ("
              + ConferenceName.PLAIN
              + ")");
    }
    Rules rules = rulesByAccount.get(account);
    // It is unknown whether the API ignores case, spaces and the like, so the match is generous.
    String canonical = NamePattern.canonical(conference.value());
    for (NamePattern pattern : rules.protectedOnes()) {
      if (pattern.matches(canonical)) {
        return Optional.of(
            "is protected by the worker's setting vobiz.guard.protected-names (pattern "
                + Quoted.of(pattern.text())
                + ")");
      }
    }
    boolean allowed =
        rules.allowed().stream()
            .allMatch(
                patterns ->
                    patterns.stream().anyMatch(pattern -> pattern.matches(conference.value())));
    return allowed
        ? Optional.empty()
        : Optional.of("is not among the names that the worker may end");
  }

  /** What is allowed, for the person who has to correct the name. */
  public String allowed(String account) {
    List<List<NamePattern>> allowed = rulesByAccount.get(account).allowed();
    return (allowed.isEmpty()
            ? "allowed is any other name"
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
