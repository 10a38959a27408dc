package io.skein.session.token;

import io.skein.protocol.UserIds;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Makes tokens with the configured signing key. Needs no mesh and no store, so that the command
 * line can mint tokens offline: {@code new TokenIssuer(config, Clock.systemUTC())}. Not
 * thread-safe.
 */
public final class TokenIssuer {
  private static final Pattern SCOPE = Pattern.compile("\\*|[a-z][a-zA-Z0-9._-]{0,63}");

  private final TokenConfig config;
  private final JWTAuth signer;
  private final JWTOptions algorithm;
  private final Clock clock;

  public TokenIssuer(TokenConfig config, Clock clock) {
    this.config = config;
    this.signer = TokenKeys.signer(config.signingKey());
    this.algorithm = new JWTOptions().setAlgorithm(config.signingKey().algorithm().name());
    this.clock = clock;
  }

  /**
   * A token of a user that is bound to no login and no device. The account is looked for when the
   * token is used.
   */
  public IssuedToken forUser(String userId, Duration ttl) {
    return sign(claims(TokenUse.ACCESS, UserIds.check(userId, "userId")), ttl);
  }

  /** A token of a user that is good on one device only. */
  public IssuedToken forDevice(String userId, String deviceId, Duration ttl) {
    JsonObject claims = claims(TokenUse.ACCESS, UserIds.check(userId, "userId"));
    return sign(claims.put(Claims.DEVICE, deviceId), ttl);
  }

  /**
   * A token that descends from a login and dies with it.
   *
   * @param deviceId empty: the first device that connects with it
   */
  public IssuedToken forLogin(String userId, UUID line, String deviceId) {
    JsonObject claims = claims(TokenUse.ACCESS, userId).put(Claims.LINE, line.toString());
    if (!deviceId.isEmpty()) {
      claims.put(Claims.DEVICE, deviceId);
    }
    return sign(claims, config.accessTtl());
  }

  /**
   * A token of a backend. It cannot be revoked other than by taking its key away.
   *
   * @param service names the backend, for logs
   * @param scopes service prefixes ("accounts", "messages"), or "*" for all
   * @throws IllegalArgumentException if a scope is no such word or there is none
   */
  public IssuedToken forService(String service, List<String> scopes, Duration ttl) {
    if (service.isBlank()) {
      throw new IllegalArgumentException("a service token names its service");
    }
    if (scopes.isEmpty() || !scopes.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
      throw new IllegalArgumentException(
          "a service token needs scopes: \"*\" or names of services such as \"accounts\"");
    }
    JsonObject claims = claims(TokenUse.SERVICE, service);
    return sign(claims.put(Claims.SCOPE, String.join(" ", scopes)), ttl);
  }

  private JsonObject claims(TokenUse use, String subject) {
    return new JsonObject()
        .put(Claims.ISSUER, config.issuer())
        .put(Claims.AUDIENCE, TokenConfig.AUDIENCE)
        .put(Claims.SUBJECT, subject)
        .put(Claims.USE, use.word())
        .put(Claims.ID, UUID.randomUUID().toString());
  }

  private IssuedToken sign(JsonObject claims, Duration ttl) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    Instant expiresAt = now.plusSeconds(ttl.toSeconds());
    if (!expiresAt.isAfter(now)) {
      throw new IllegalArgumentException("a token must live a second or more");
    }
    claims
        .put(Claims.ISSUED_AT, now.getEpochSecond())
        .put(Claims.NOT_BEFORE, now.getEpochSecond())
        .put(Claims.EXPIRES_AT, expiresAt.getEpochSecond());
    return new IssuedToken(signer.generateToken(claims, algorithm), expiresAt);
  }
}
