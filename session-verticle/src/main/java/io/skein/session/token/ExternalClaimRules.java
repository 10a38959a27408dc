package io.skein.session.token;

import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
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
  VerifiedToken read(JsonObject claims) {
    return new VerifiedToken(
        TokenUse.ACCESS,
        userId(claims),
        "",
        Optional.empty(),
        List.of(),
        time(claims, Claims.ISSUED_AT),
        time(claims, Claims.EXPIRES_AT),
        text(claims, Claims.ID),
        true);
  }

  private String userId(JsonObject claims) {
    try {
      return UserIds.check(text(claims, userClaim), userClaim);
    } catch (SkeinException wrong) {
      throw refusal("the claim " + userClaim + " of the token: " + wrong.getMessage());
    }
  }
}
