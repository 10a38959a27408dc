package io.skein.node.config;

import io.skein.node.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Refuses secrets that others know or can guess: whoever has the token secret is everybody. */
public final class SecretCheck {
  private static final int MIN_LENGTH = 32;
  private static final int MIN_DIFFERENT = 10;
  private static final Set<String> KNOWN =
      Set.of(
          "",
          "admin",
          "changeit",
          "changeme",
          "change-me",
          "default",
          "password",
          "postgres",
          "redis",
          "root",
          "secret",
          "skein",
          "test",
          "token",
          "123456",
          "12345678");

  private SecretCheck() {}

  /**
   * Passes if all secrets are good.
   *
   * @throws Problem naming the keys, never the values
   */
  public static void check(Settings settings) {
    List<String> weak = new ArrayList<>();
    List<TokenKeySettings> keys = settings.tokens().keys();
    if (keys.isEmpty()) {
      weak.add("tokens.keys is empty: nothing can sign or check a token");
    }
    for (int i = 0; i < keys.size(); i++) {
      Optional<String> secret = keys.get(i).secret();
      if (secret.isPresent() && isWeakToken(secret.get())) {
        weak.add(
            "tokens.keys[%d].secret is shorter than %d characters, a known word, or monotonous"
                .formatted(i, MIN_LENGTH));
      }
    }
    settings
        .postgres()
        .password()
        .filter(SecretCheck::isKnown)
        .ifPresent(password -> weak.add("postgres.password is a word that everybody tries first"));
    settings
        .redis()
        .password()
        .filter(SecretCheck::isKnown)
        .ifPresent(password -> weak.add("redis.password is a word that everybody tries first"));
    if (!weak.isEmpty()) {
      throw new Problem(
          "a secret of the configuration is weak",
          String.join("\n", weak),
          "make a random one, for example with: openssl rand -base64 48\n"
              + "or write a new file, which has one: ./skein config init");
    }
  }

  private static boolean isWeakToken(String secret) {
    return secret.length() < MIN_LENGTH
        || secret.chars().distinct().count() < MIN_DIFFERENT
        || isKnown(secret)
        || secret.toLowerCase(Locale.ROOT).matches(".*(changeme|change-me|change_me|example).*");
  }

  private static boolean isKnown(String secret) {
    return KNOWN.contains(secret.toLowerCase(Locale.ROOT));
  }
}
