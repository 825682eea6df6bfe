package org.conferenceworker.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.conferenceworker.log.Quoted;
import org.conferenceworker.settings.LimitSettings.AccountLimit;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.vobiz.account.VobizAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Shows for each account which rules the worker has read from its settings, in the log at the start
 * and under {@code /actuator/info}, so that a missing rule can be noticed.
 */
public class RulesInForce implements InfoContributor, SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(RulesInForce.class);

  private final boolean dryRun;
  private final boolean plainNamesOnly;
  private final Map<String, Rules> byAccount;

  /**
   * @param sharedBy the account profiles with this auth id, to which the rules apply together
   * @param allowedNames a name must match a pattern in each of these lists
   * @param maxPerMinute {@code null} means no limit
   * @param hangUpAll the account profiles of which all conferences may be ended at once
   */
  private record Rules(
      SortedSet<String> sharedBy,
      List<String> protectedNames,
      List<List<String>> allowedNames,
      Integer maxPerMinute,
      AccountLimit limit,
      List<String> hangUpAll) {

    String describe(String account) {
      var rules = new ArrayList<String>();
      if (!protectedNames.isEmpty()) {
        rules.add("never ends " + shown(protectedNames) + ", nor removes anybody there");
      }
      allowedNames.forEach(
          names -> rules.add("ends nothing but " + shown(names) + ", and only looks elsewhere"));
      if (rules.isEmpty()) {
        rules.add("may end every conference");
      }
      rules.add(
          maxPerMinute == null
              ? "any number of hang-ups and removals in a minute"
              : "at most " + maxPerMinute + " hang-ups and removals in a minute");
      rules.add("at most " + limit.maxConcurrentCalls() + " calls at a time");
      if (limit.callsPerSecond() != null) {
        rules.add("at most " + limit.callsPerSecond() + " calls in a second");
      }
      rules.add((mayHangUpAll(account) ? "may end" : "never ends") + " all conferences at once");
      String others =
          sharedBy.stream()
              .filter(name -> !name.equals(account))
              .map(Quoted::of)
              .collect(Collectors.joining(", "));
      if (!others.isEmpty()) {
        rules.add("together with " + others + ", which has the same auth id");
      }
      return String.join("; ", rules);
    }

    /** A rule for names cannot be honoured when all conferences are ended. */
    private boolean mayHangUpAll(String account) {
      return hangUpAll.contains(account) && protectedNames.isEmpty() && allowedNames.isEmpty();
    }

    private static String shown(List<String> names) {
      return names.stream().map(Quoted::of).collect(Collectors.joining(", "));
    }

    Map<String, Object> details(String account) {
      var details = new LinkedHashMap<String, Object>();
      details.put("protectedNames", protectedNames);
      details.put("allowedNames", allowedNames);
      details.put("maxPerMinute", maxPerMinute);
      details.put("maxConcurrentCalls", limit.maxConcurrentCalls());
      details.put("callsPerSecond", limit.callsPerSecond());
      details.put("hangUpAll", mayHangUpAll(account));
      details.put("sharedBy", sharedBy);
      return details;
    }
  }

  public RulesInForce(VobizProperties properties, VobizAccounts accounts) {
    dryRun = properties.dryRun();
    plainNamesOnly = properties.guard().plainNamesOnly();
    byAccount =
        new TreeMap<>(
            accounts.perAuthId(
                profiles ->
                    new Rules(
                        profiles,
                        properties.guard().protectedNames(profiles),
                        properties.guard().allowedNames(profiles),
                        properties.guard().fewestPerMinute(profiles),
                        properties.limit().strictest(profiles),
                        properties.tasks().hangUpAllConferences().enabled()
                            ? properties.hangUpAll().accounts()
                            : List.of())));
  }

  @Override
  public void afterSingletonsInstantiated() {
    byAccount.forEach(
        (account, rules) ->
            LOG.info(
                "Account {}: {}{}.",
                Quoted.of(account),
                plainNamesOnly ? "plain names only; " : "",
                rules.describe(account)));
  }

  private Map<String, Object> details(Map<String, Object> accounts) {
    var details = new LinkedHashMap<String, Object>();
    details.put("dryRun", dryRun);
    details.put("plainNamesOnly", plainNamesOnly);
    details.put("accounts", accounts);
    return details;
  }

  @Override
  public void contribute(Info.Builder info) {
    var accounts = new LinkedHashMap<String, Object>();
    byAccount.forEach((account, rules) -> accounts.put(account, rules.details(account)));
    info.withDetail("rules", details(accounts));
  }
}
