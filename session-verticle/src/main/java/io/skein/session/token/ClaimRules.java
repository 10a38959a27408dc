package io.skein.session.token;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Checks the claims of a token whose signature is known to be good. */
abstract class ClaimRules {
  private final String issuer;
  private final String audience;
  private final Duration leeway;
  private final Clock clock;

  ClaimRules(String issuer, String audience, Duration leeway, Clock clock) {
    this.issuer = issuer;
    this.audience = audience;
    this.leeway = leeway;
    this.clock = clock;
  }

  /**
   * What the claims say.
   *
   * @throws SkeinException UNAUTHENTICATED or TOKEN_EXPIRED
   */
  final VerifiedToken apply(Claims claims) {
    if (!issuer.equals(claims.issuer())) {
      throw refusal("the token's issuer (iss) is not " + issuer);
    }
    if (!claims.audience().contains(audience)) {
      throw refusal("the token's audience (aud) is not " + audience);
    }
    Instant expiresAt =
        claims
            .expiresAt()
            .orElseThrow(() -> refusal("the token never expires (exp): such ones are not taken"));
    Instant now = clock.instant();
    if (!now.minus(leeway).isBefore(expiresAt)) {
      throw new SkeinException(ErrorCode.TOKEN_EXPIRED, "the token has expired: get a new one");
    }
    if (now.plus(leeway).isBefore(claims.notBefore())
        || now.plus(leeway).isBefore(claims.issuedAt())) {
      throw refusal("the token is not valid yet (nbf, iat): check the clocks");
    }
    return read(claims, expiresAt);
  }

  /** The rest, once issuer, audience and times are right. */
  abstract VerifiedToken read(Claims claims, Instant expiresAt);

  static SkeinException refusal(String message) {
    return new SkeinException(ErrorCode.UNAUTHENTICATED, message);
  }
}
