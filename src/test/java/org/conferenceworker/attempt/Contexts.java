package org.conferenceworker.attempt;

import org.conferenceworker.guard.GuardedNames;
import org.conferenceworker.guard.HangUpAllKeys;
import org.conferenceworker.settings.VobizProperties;
import org.conferenceworker.vobiz.account.VobizAccounts;

/** What inputs are checked against, made from settings as the worker makes it. */
public final class Contexts {

  private Contexts() {}

  public static Inputs.Context of(VobizProperties settings) {
    var accounts = new VobizAccounts(settings);
    var names = new GuardedNames(settings.guard(), accounts);
    return new Inputs.Context(accounts, names, new HangUpAllKeys(settings.hangUpAll(), names));
  }
}
