package org.conferenceworker.vobiz;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts whose last check found that the base URL is not the Vobiz API. */
public final class WrongServers {

  private final Set<String> accounts = ConcurrentHashMap.newKeySet();

  /** Notes the finding of an account's check. */
  public void note(String account, boolean isWrong) {
    if (isWrong) {
      accounts.add(account);
    } else {
      accounts.remove(account);
    }
  }

  boolean isFoundFor(String account) {
    return accounts.contains(account);
  }
}
