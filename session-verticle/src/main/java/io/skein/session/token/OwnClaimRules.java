package io.skein.session.token;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tokens that {@link TokenIssuer} made. */
final class OwnClaimRules extends ClaimRules {
  OwnClaimRules(TokenConfig config, Clock clock) {
    super(config.issuer(), TokenConfig.AUDIENCE, config.leeway(), clock);
  }

  @Override
  VerifiedToken read(Claims claims, Instant expiresAt) {
    TokenUse use = use(claims.use());
    if (claims.subject().isEmpty()) {
      throw refusal("the token names nobody (sub)");
    }
    return new VerifiedToken(
        use,
        claims.subject(),
        claims.deviceId(),
        line(claims.line()),
        use == TokenUse.SERVICE ? scopes(claims.scope()) : List.of(),
        claims.issuedAt(),
        expiresAt,
        claims.id(),
        false);
  }

  private static TokenUse use(String word) {
    for (TokenUse use : TokenUse.values()) {
      if (use.word().equals(word)) {
        return use;
      }
    }
    throw refusal("the token is of another type (use): access or service is needed");
  }

  private static Optional<UUID> line(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException broken) {
      throw refusal("the claim line of the token is not a UUID");
    }
  }

  private static List<String> scopes(String words) {
    return words.isEmpty() ? List.of() : List.of(words.split(" "));
  }
}
