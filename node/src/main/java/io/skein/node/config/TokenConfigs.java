package io.skein.node.config;

import io.skein.node.problem.Problem;
import io.skein.session.token.ExternalTokens;
import io.skein.session.token.TokenAlgorithm;
import io.skein.session.token.TokenConfig;
import io.skein.session.token.TokenKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of tokens as the session service takes them, with the key files read. */
public final class TokenConfigs {
  private TokenConfigs() {}

  /**
   * Reads the key files and checks that all fits together.
   *
   * @throws Problem naming the key, never its secret
   */
  public static TokenConfig of(TokenSettings settings) {
    if (settings.keys().isEmpty()) {
      throw new Problem(
          "there is no key to sign tokens with",
          "tokens.keys is empty",
          "./skein config init writes a configuration with a fresh one; ./skein dev has its own");
    }
    try {
      List<TokenKey> keys = settings.keys().stream().map(TokenConfigs::key).toList();
      return new TokenConfig(
          settings.issuer(),
          keys,
          settings.signingKid().orElse(keys.getFirst().kid()),
          settings.accessTtl(),
          settings.refreshTtl(),
          settings.leeway(),
          external(settings.external()));
    } catch (IllegalArgumentException e) {
      throw new Problem("the keys of tokens are wrong", e.getMessage(), "correct tokens.*", e);
    }
  }

  private static TokenKey key(TokenKeySettings settings) {
    return new TokenKey(
        settings.kid(),
        algorithm(settings.algorithm()),
        settings.secret(),
        settings.publicKeyFile().map(TokenConfigs::read),
        settings.privateKeyFile().map(TokenConfigs::read));
  }

  private static Optional<ExternalTokens> external(ExternalTokenSettings settings) {
    return settings
        .issuer()
        .map(
            issuer ->
                new ExternalTokens(
                    issuer,
                    settings.audience(),
                    settings.userClaim(),
                    settings.publicKeyFile().stream()
                        .map(TokenConfigs::read)
                        .map(
                            pem ->
                                TokenKey.ofPublic("external", algorithm(settings.algorithm()), pem))
                        .toList(),
                    settings.jwksFile().map(TokenConfigs::read),
                    settings.createAccounts()));
  }

  private static TokenAlgorithm algorithm(TokenKeySettings.Algorithm algorithm) {
    return TokenAlgorithm.valueOf(algorithm.name());
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new Problem(
          "cannot read the key file " + file,
          e.toString(),
          "correct the path, or give the user '" + System.getProperty("user.name") + "' the right",
          e);
    }
  }
}
