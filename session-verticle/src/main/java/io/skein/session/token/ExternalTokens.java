package io.skein.session.token;

import java.util.List;
import java.util.Optional;

/**
 * Tokens that the integrator's own user system makes: Skein knows only public keys.
 *
 * @param issuer the {@code iss} they must carry
 * @param audience the {@code aud} they must carry
 * @param userClaim the claim that holds the user id, usually {@code sub}
 * @param keys public keys
 * @param jwks the text of a JWKS document (RFC 7517 §5) with further public keys
 * @param createAccounts whether a valid token of an unknown user makes the account
 */
public record ExternalTokens(
    String issuer,
    String audience,
    String userClaim,
    List<TokenKey> keys,
    Optional<String> jwks,
    boolean createAccounts) {

  public ExternalTokens {
    keys = List.copyOf(keys);
    if (issuer.isBlank() || audience.isBlank() || userClaim.isBlank()) {
      throw new IllegalArgumentException(
          "external tokens need an issuer, an audience and a user claim");
    }
    if (keys.isEmpty() && jwks.isEmpty()) {
      throw new IllegalArgumentException("external tokens need a public key or a JWKS file");
    }
    if (keys.stream().anyMatch(key -> key.algorithm() == TokenAlgorithm.HS256)) {
      // Whoever can check such a token can also make one, for every user.
      throw new IllegalArgumentException("external tokens are verified by public keys, not HS256");
    }
  }
}
