package io.skein.session.token;

import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens of the integrator's own user system: they name a user and can do nothing else. */
final class ExternalClaimRules extends ClaimRules {
  private final String userClaim;

  ExternalClaimRules(ExternalTokens tokens, Duration leeway, Clock clock) {
    super(tokens.issuer(), tokens.audience(), leeway, clock);
    this.userClaim = tokens.userClaim();
  }

  @Override
  VerifiedToken read(Claims claims, Instant expiresAt) {
    return new VerifiedToken(
        TokenUse.ACCESS,
        userId(claims.subject()),
        "",
        Optional.empty(),
        List.of(),
        claims.issuedAt(),
        expiresAt,
        claims.id(),
        true);
  }

  private String userId(String claim) {
    try {
      return UserIds.check(claim, userClaim);
    } catch (SkeinException wrong) {
      throw refusal("the claim " + userClaim + " of the token: " + wrong.getMessage());
    }
  }
}
