package io.skein.session.token;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Checks the claims of a token whose signature is known to be good. */
abstract class ClaimRules {
  /** The last second of year 9999: what RFC 3339 can say. */
  private static final long MAX_SECOND = 253_402_300_799L;

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
  final VerifiedToken apply(JsonObject claims) {
    if (!issuer.equals(text(claims, Claims.ISSUER))) {
      throw refusal("the token's issuer (iss) is not " + issuer);
    }
    if (!namesAudience(claims.getValue(Claims.AUDIENCE))) {
      throw refusal("the token's audience (aud) is not " + audience);
    }
    Instant now = clock.instant();
    if (!claims.containsKey(Claims.EXPIRES_AT)) {
      throw refusal("the token never expires (exp): such tokens are not taken");
    }
    if (!now.minus(leeway).isBefore(time(claims, Claims.EXPIRES_AT))) {
      throw new SkeinException(ErrorCode.TOKEN_EXPIRED, "the token has expired: get a new one");
    }
    if (now.plus(leeway).isBefore(time(claims, Claims.NOT_BEFORE))
        || now.plus(leeway).isBefore(time(claims, Claims.ISSUED_AT))) {
      throw refusal("the token is not valid yet (nbf, iat): check the clocks");
    }
    return read(claims);
  }

  /** The rest, once issuer, audience and times are right. */
  abstract VerifiedToken read(JsonObject claims);

  /** An absent claim is empty. */
  static String text(JsonObject claims, String name) {
    Object value = claims.getValue(name);
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return text;
    }
    throw refusal("the claim " + name + " of the token is not a string");
  }

  /** A NumericDate, in whole seconds; an absent claim is the epoch. */
  static Instant time(JsonObject claims, String name) {
    Object value = claims.getValue(name);
    if (value == null) {
      return Instant.EPOCH;
    }
    if (value instanceof Number number) {
      double seconds = number.doubleValue();
      if (seconds >= 0 && seconds <= MAX_SECOND) {
        return Instant.ofEpochSecond((long) seconds);
      }
    }
    throw refusal("the claim " + name + " of the token is not a time in seconds");
  }

  static SkeinException refusal(String message) {
    return new SkeinException(ErrorCode.UNAUTHENTICATED, message);
  }

  private boolean namesAudience(Object claim) {
    return claim instanceof JsonArray several ? several.contains(audience) : audience.equals(claim);
  }
}
