package org.conferenceworker.vobiz.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.conferenceworker.settings.EventSettings;
import org.conferenceworker.settings.InvalidSettingException;
import org.conferenceworker.settings.VobizProperties;

/** The configured account profiles. */
public final class VobizAccounts {

  private final Map<String, Supplier<VobizAccount>> byName = new TreeMap<>();

  /** The main account's token, with which callbacks of sub-accounts are signed, too. */
  private final Supplier<AuthToken> mainToken;

  /** Mask tokens as they were read last, which happens too often to read files. */
  private final List<UnaryOperator<String>> masks = new ArrayList<>();

  /** By auth id, ignoring case, because Vobiz may ignore it, too. */
  private final Map<String, SortedSet<String>> profiles = new TreeMap<>();

  /**
   * @throws InvalidSettingException if there is no account, or if one is incomplete or set twice
   */
  public VobizAccounts(VobizProperties properties) {
    boolean atTop =
        properties.authId() != null
            || properties.authToken() != null
            || properties.authTokenFile() != null;
    if (atTop && properties.accounts().containsKey(VobizAccount.DEFAULT)) {
      throw new InvalidSettingException(
          "The account \"default\" is set twice: by VOBIZ_AUTH_ID / VOBIZ_AUTH_TOKEN and by"
              + " vobiz.accounts.default.",
          "Keep one of the two.");
    }
    if (!atTop && properties.accounts().isEmpty()) {
      throw new InvalidSettingException(
          "No Vobiz account is configured: VOBIZ_AUTH_ID and VOBIZ_AUTH_TOKEN are missing.",
          "Set both to the values that the Vobiz console shows for the account.");
    }
    requireOneSpelling(properties.accounts().keySet(), atTop);
    if (atTop) {
      add(
          VobizAccount.DEFAULT,
          properties.authId(),
          properties.authToken(),
          properties.authTokenFile());
    }
    properties
        .accounts()
        .forEach((name, c) -> add(name, c.authId(), c.authToken(), c.authTokenFile()));
    requireKnown("vobiz.guard.accounts.", properties.guard().accounts().keySet());
    requireKnown("vobiz.limit.accounts.", properties.limit().accounts().keySet());
    requireListed(properties.hangUpAll().accounts());
    mainToken = mainToken(properties.events());
  }

  private Supplier<AuthToken> mainToken(EventSettings settings) {
    if (settings.mainAuthToken() != null && settings.mainAuthTokenFile() != null) {
      throw new InvalidSettingException(
          "There is both a vobiz.events.main-auth-token and a vobiz.events.main-auth-token-file.",
          "Keep one of the two.");
    }
    if (settings.mainAuthToken() != null) {
      var token = new AuthToken(settings.mainAuthToken(), "vobiz.events.main-auth-token");
      masks.add(token::mask);
      return () -> token;
    }
    if (settings.mainAuthTokenFile() != null) {
      String path = settings.mainAuthTokenFile();
      var file =
          new TokenFile<>(
              "the main account",
              path,
              token -> new AuthToken(token, VobizAccount.contentOf(path)));
      masks.add(text -> file.lastRead().mask(text));
      return file;
    }
    return () -> null;
  }

  /**
   * Spring applies the settings of either spelling to both: two profiles would have the
   * credentials, but only one of them the guard rails.
   */
  private static void requireOneSpelling(Set<String> names, boolean hasDefault) {
    var spellings = new TreeMap<String, String>();
    if (hasDefault) {
      spellings.put(VobizAccount.DEFAULT, VobizAccount.DEFAULT);
    }
    for (String name : names) {
      String other =
          spellings.put(name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", ""), name);
      if (other != null) {
        throw new InvalidSettingException(
            "The accounts \"%s\" and \"%s\" differ in case or punctuation only, so that their settings cannot be told apart."
                .formatted(other, name),
            "Write the account's name in one way everywhere. An environment variable can spell it with"
                + " lower-case letters and digits only.");
      }
    }
  }

  private void requireListed(List<String> accounts) {
    for (String name : accounts) {
      if (!byName.containsKey(name)) {
        throw new InvalidSettingException(
            "The setting vobiz.hang-up-all.accounts lists an account that is not configured: \"%s\"."
                .formatted(name),
            "Correct the account's name to one of: " + String.join(", ", byName.keySet()) + ".");
      }
    }
  }

  private void requireKnown(String settings, Set<String> accounts) {
    for (String name : accounts) {
      if (!byName.containsKey(name)) {
        throw new InvalidSettingException(
            "The settings " + settings + name + " are for an account that is not configured.",
            "Correct the account's name to one of: " + String.join(", ", byName.keySet()) + ".");
      }
    }
  }

  private void add(String name, String authId, String authToken, String tokenFile) {
    if (tokenFile == null) {
      var account = new VobizAccount(name, authId, authToken);
      byName.put(name, () -> account);
      masks.add(account::mask);
    } else if (authToken == null) {
      var file =
          new TokenFile<>(
              "account \"" + name + "\"",
              tokenFile,
              token -> new VobizAccount(name, authId, token, tokenFile));
      byName.put(name, file);
      masks.add(text -> file.lastRead().mask(text));
    } else {
      throw new InvalidSettingException(
          "The account \"" + name + "\" has both an auth-token and an auth-token-file.",
          "Keep one of the two.");
    }
    profiles.computeIfAbsent(authId.toUpperCase(Locale.ROOT), id -> new TreeSet<>()).add(name);
  }

  /** The profile of this name with its current token; names are case-sensitive. */
  public Optional<VobizAccount> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(Supplier::get);
  }

  /** The current token of the main account, if it is set. */
  public Optional<String> mainToken() {
    return Optional.ofNullable(mainToken.get()).map(AuthToken::value);
  }

  /** Masks the tokens of all accounts in a text. */
  public String mask(String text) {
    String masked = text;
    for (UnaryOperator<String> mask : masks) {
      masked = mask.apply(masked);
    }
    return masked;
  }

  public SortedSet<String> names() {
    return new TreeSet<>(byName.keySet());
  }

  /**
   * Creates something once per auth id, for what belongs to the account at Vobiz and not to a
   * profile.
   *
   * @param make creates it for the names of all profiles with an auth id
   * @return it by the name of the profile
   */
  public <T> Map<String, T> perAuthId(Function<SortedSet<String>, T> make) {
    return profiles.values().stream()
        .flatMap(
            names -> {
              T shared = make.apply(names);
              return names.stream().map(name -> Map.entry(name, shared));
            })
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
