package io.skein.session.token;

import io.skein.protocol.UserIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  private final JwtCodec signer;
  private final Clock clock;

  public TokenIssuer(TokenConfig config, Clock clock) {
    this.config = config;
    this.signer = JwtCodec.signer(config.signingKey());
    this.clock = clock;
  }

  /**
   * A token of a user that is bound to no login and no device. The account is looked for when the
   * token is used.
   */
  public IssuedToken forUser(String userId, Duration ttl) {
    return sign(TokenUse.ACCESS, UserIds.check(userId, "userId"), "", "", "", ttl);
  }

  /** A token of a user that is good on one device only. */
  public IssuedToken forDevice(String userId, String deviceId, Duration ttl) {
    return sign(TokenUse.ACCESS, UserIds.check(userId, "userId"), deviceId, "", "", ttl);
  }

  /**
   * A token that descends from a login and dies with it.
   *
   * @param deviceId empty: the first device that connects with it
   */
  public IssuedToken forLogin(String userId, UUID line, String deviceId) {
    return sign(TokenUse.ACCESS, userId, deviceId, line.toString(), "", config.accessTtl());
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
    return sign(TokenUse.SERVICE, service, "", "", String.join(" ", scopes), ttl);
  }

  private IssuedToken sign(
      TokenUse use, String subject, String deviceId, String line, String scope, Duration ttl) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    Instant expiresAt = now.plusSeconds(ttl.toSeconds());
    if (!expiresAt.isAfter(now)) {
      throw new IllegalArgumentException("a token must live a second or more");
    }
    Claims claims =
        new Claims(
            config.issuer(),
            List.of(TokenConfig.AUDIENCE),
            subject,
            Optional.of(expiresAt),
            now,
            now,
            UUID.randomUUID().toString(),
            scope,
            use.word(),
            deviceId,
            line);
    return new IssuedToken(signer.sign(claims), expiresAt);
  }
}
