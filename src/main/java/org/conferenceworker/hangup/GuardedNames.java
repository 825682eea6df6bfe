package org.conferenceworker.hangup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.conferenceworker.vobiz.ConferenceName;
import org.conferenceworker.vobiz.VobizProperties.AccountGuard;
import org.conferenceworker.vobiz.VobizProperties.Guard;
import org.springframework.util.PatternMatchUtils;

/** Which conferences the operator lets processes end. */
class GuardedNames {

  private final Guard guard;

  GuardedNames(Guard guard) {
    this.guard = guard;
  }

  /**
   * @return what stands against ending this conference, as a clause that can follow its name
   */
  Optional<String> objectionTo(String account, ConferenceName conference) {
    AccountGuard rules = guard.of(account);
    String name = conference.value();
    if (isSet(rules.protectedNames())) {
      // Whether the API minds case and outer blanks is not known for certain: rather too much.
      String plain = plain(name);
      for (String pattern : rules.protectedNames()) {
        if (PatternMatchUtils.simpleMatch(plain(pattern), plain)) {
          return Optional.of(
              "is protected by the worker's setting vobiz.guard.protected-names (pattern "
                  + Sentences.show(pattern)
                  + ")");
        }
      }
    }
    if (isSet(rules.allowedNames())
        && rules.allowedNames().stream()
            .noneMatch(pattern -> PatternMatchUtils.simpleMatch(pattern, name))) {
      return Optional.of("is not among the names that the worker may end");
    }
    return Optional.empty();
  }

  /** What is allowed, in words for the person who has to correct the name. */
  String allowed(String account) {
    AccountGuard rules = guard.of(account);
    String allowed =
        isSet(rules.allowedNames())
            ? "allowed by its setting vobiz.guard.allowed-names is "
                + String.join(", ", rules.allowedNames().stream().map(Sentences::show).toList())
            : "allowed is any other name";
    return allowed + "; the worker's operator can change the setting";
  }

  private static boolean isSet(List<String> patterns) {
    return patterns != null && !patterns.isEmpty();
  }

  private static String plain(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
