package org.conferenceworker.vobiz;

import java.util.Set;
import org.conferenceworker.vobiz.account.VobizAccount;

/**
 * The proof that both keys were turned without which no request to end every conference of an
 * account can be made: the operator has listed the account, and the process has named its auth id.
 */
public final class BothKeys {

  private final VobizAccount account;

  private BothKeys(VobizAccount account) {
    this.account = account;
  }

  /**
   * Turns both keys.
   *
   * @param operatorsAccounts the account profiles that the operator has listed
   * @param expectedAuthId the auth id that a person expects the account to have
   * @throws IllegalArgumentException if one of the keys does not fit
   */
  public static BothKeys turn(
      VobizAccount account, Set<String> operatorsAccounts, String expectedAuthId) {
    if (!operatorsAccounts.contains(account.name())) {
      throw new IllegalArgumentException("the operator has not listed the account");
    }
    if (!account.authId().equals(expectedAuthId)) {
      throw new IllegalArgumentException("the auth id is another");
    }
    return new BothKeys(account);
  }

  /** The account whose conferences may be ended. */
  public VobizAccount account() {
    return account;
  }
}
