package org.conferenceworker.hangup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.VobizProperties.AccountGuard;
import org.conferenceworker.vobiz.VobizProperties.Guard;

/** Which conferences the operator lets processes end. */
class GuardedNames {

  /**
   * @param allowed empty means every name
   */
  private record Rules(List<NamePattern> allowed, List<NamePattern> protectedOnes) {}

  private final Guard guard;
  private final Map<String, Rules> rulesByAccount = new ConcurrentHashMap<>();

  GuardedNames(Guard guard) {
    this.guard = guard;
  }

  /**
   * @return what stands against ending this conference, as a clause that can follow its name
   */
  Optional<String> objectionTo(String account, ConferenceName conference) {
    if (guard.plainNamesOnly() && !conference.isPlain()) {
      return Optional.of(
          "is not plain, as the worker's setting vobiz.guard.plain-names-only demands ("
              + ConferenceName.PLAIN
              + ")");
    }
    Rules rules = rules(account);
    // Whether the API minds case and outer blanks is not known for certain: rather too much.
    String stripped = conference.value().strip();
    for (NamePattern pattern : rules.protectedOnes()) {
      if (pattern.matches(stripped)) {
        return Optional.of(
            "is protected by the worker's setting vobiz.guard.protected-names (pattern "
                + Sentences.show(pattern.text())
                + ")");
      }
    }
    boolean allowed =
        rules.allowed().isEmpty()
            || rules.allowed().stream().anyMatch(pattern -> pattern.matches(conference.value()));
    return allowed
        ? Optional.empty()
        : Optional.of("is not among the names that the worker may end");
  }

  /** What is allowed, in words for the person who has to correct the name. */
  String allowed(String account) {
    List<NamePattern> allowed = rules(account).allowed();
    return (allowed.isEmpty()
            ? "allowed is any other name"
            : "allowed by its setting vobiz.guard.allowed-names is "
                + allowed.stream()
                    .map(pattern -> Sentences.show(pattern.text()))
                    .collect(Collectors.joining(", ")))
        + "; the worker's operator can change the setting";
  }

  private Rules rules(String account) {
    return rulesByAccount.computeIfAbsent(
        account,
        name -> {
          AccountGuard own = guard.of(name);
          return new Rules(
              patterns(own.allowedNames(), false), patterns(own.protectedNames(), true));
        });
  }

  private static List<NamePattern> patterns(List<String> texts, boolean lenient) {
    return texts == null
        ? List.of()
        : texts.stream().map(text -> NamePattern.of(text, lenient)).toList();
  }
}
