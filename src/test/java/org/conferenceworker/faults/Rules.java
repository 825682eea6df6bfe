package org.conferenceworker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Rules for repeating that several tasks share. */
public final class Rules {

  private Rules() {}

  public static void nothingIsSentAfterASuccess(List<SeenAttempt> known) {
    assertThat(known)
        .as("nothing is sent after a success that was seen")
        .noneMatch(a -> a.answeredWithSuccess);
  }

  public static void nothingIsSentAfterNotFound(List<SeenAttempt> unreported) {
    assertThat(unreported)
        .as("nothing is sent after a \"not found\" that the engine was not told")
        .noneMatch(a -> a.answeredWithNotFound);
  }
}
