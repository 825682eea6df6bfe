package org.conferenceworker.guard;

import java.util.List;
import java.util.Set;
import org.conferenceworker.log.Quoted;
import org.conferenceworker.settings.HangUpAllSettings;
import org.conferenceworker.vobiz.BothKeys;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * What has to be true before every conference of an account may be ended: the operator allows it,
 * no guard rail for names applies, and the process knows the account's auth id.
 */
public final class HangUpAllKeys {

  private final Set<String> operatorsAccounts;
  private final GuardedNames names;

  public HangUpAllKeys(HangUpAllSettings settings, GuardedNames names) {
    operatorsAccounts = Set.copyOf(settings.accounts());
    this.names = names;
  }

  /** A refusal; the message says why. */
  public static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    private Refused(String message, String remedy) {
      super(message);
      this.remedy = remedy;
    }

    /** What to do, as a clause. */
    public String remedy() {
      return remedy;
    }
  }

  /**
   * @param expectedAuthId the auth id that a person expects the account to have; the refusal does
   *     not tell the right one
   * @throws Refused if it must not be done
   */
  public BothKeys turn(VobizAccount account, String expectedAuthId) throws Refused {
    String name = Quoted.of(account.name());
    if (!operatorsAccounts.contains(account.name())) {
      throw new Refused(
          "the worker's operator has not allowed it: the setting vobiz.hang-up-all.accounts does not"
              + " list the account %s".formatted(name),
          "ask the operator to add it and to restart the worker, then resolve the incident");
    }
    List<String> rules = names.settingsFor(account.name());
    if (!rules.isEmpty()) {
      throw new Refused(
          "the worker's setting %s applies to the account %s and cannot be honoured when all of its"
                  .formatted(String.join(" and ", rules), name)
              + " conferences are ended",
          "hang them up one by one, or ask the worker's operator to remove the setting and to restart"
              + " the worker, then resolve the incident");
    }
    try {
      return BothKeys.turn(account, operatorsAccounts, expectedAuthId);
    } catch (IllegalArgumentException e) {
      throw new Refused(
          "the input \"expectedAuthId\" is not the auth id of the account %s; allowed is exactly the"
                  .formatted(name)
              + " auth id that the Vobiz console shows for the account that is meant",
          "correct the input, then resolve the incident");
    }
  }
}
