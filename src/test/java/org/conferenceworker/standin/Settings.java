package org.conferenceworker.standin;

import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.conferenceworker.settings.VobizProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as an operator writes them, bound as at start-up. */
public final class Settings {

  private static final String[] TWO_ACCOUNTS = {
    "vobiz.auth-id=MA_1",
    "vobiz.auth-token=token",
    "vobiz.accounts.sales.auth-id=SA_2",
    "vobiz.accounts.sales.auth-token=token2"
  };

  private Settings() {}

  /**
   * The same with the account profiles {@code default} and {@code sales}, unless they say
   * otherwise.
   */
  public static VobizProperties withTwoAccounts(String... lines) {
    return vobiz(Stream.concat(Stream.of(TWO_ACCOUNTS), Stream.of(lines)).toArray(String[]::new));
  }

  /**
   * @param lines such as {@code vobiz.auth-id=MA_1}
   */
  public static VobizProperties vobiz(String... lines) {
    var map = new LinkedHashMap<String, String>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      map.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return new Binder(new MapConfigurationPropertySource(map))
        .bindOrCreate("vobiz", VobizProperties.class);
  }
}
