package io.skein.session.token;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How tokens are made and checked.
 *
 * @param issuer the {@code iss} of our tokens
 * @param keys all keys that verify; keep a replaced key here until its last token has expired
 * @param signingKid the key that signs
 * @param accessTtl how long a token of a user lives
 * @param refreshTtl how long a refresh token may lie unused
 * @param leeway what clocks may differ by
 * @param external tokens of the integrator's own user system
 */
public record TokenConfig(
    String issuer,
    List<TokenKey> keys,
    String signingKid,
    Duration accessTtl,
    Duration refreshTtl,
    Duration leeway,
    Optional<ExternalTokens> external) {

  public static final String DEFAULT_ISSUER = "skein";
  public static final Duration DEFAULT_ACCESS_TTL = Duration.ofHours(1);
  public static final Duration DEFAULT_REFRESH_TTL = Duration.ofDays(30);
  public static final Duration DEFAULT_LEEWAY = Duration.ofSeconds(5);

  /** The {@code aud} of our tokens. */
  static final String AUDIENCE = "skein";

  private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);

  public TokenConfig {
    keys = List.copyOf(keys);
    require(!issuer.isBlank(), "tokens need an issuer");
    require(!accessTtl.minusSeconds(1).isNegative(), "accessTtl must be a second or more");
    require(refreshTtl.compareTo(accessTtl) >= 0, "refreshTtl must not be below accessTtl");
    require(
        !leeway.isNegative() && leeway.compareTo(MAX_LEEWAY) <= 0,
        "leeway must be between 0 and " + MAX_LEEWAY);
    Set<String> kids = new HashSet<>();
    for (TokenKey key : keys) {
      require(kids.add(key.kid()), "two token keys have the kid " + key.kid());
    }
    require(kids.contains(signingKid), "no token key has the kid " + signingKid + " that signs");
    for (TokenKey key : keys) {
      require(
          !key.kid().equals(signingKid) || key.canSign(),
          "token key " + signingKid + " signs and needs its private key");
    }
    external.ifPresent(
        foreign ->
            require(
                !foreign.issuer().equals(issuer), "external tokens need an issuer of their own"));
  }

  /** One key, everything else by default. */
  public static TokenConfig of(TokenKey key) {
    return new TokenConfig(
        DEFAULT_ISSUER,
        List.of(key),
        key.kid(),
        DEFAULT_ACCESS_TTL,
        DEFAULT_REFRESH_TTL,
        DEFAULT_LEEWAY,
        Optional.empty());
  }

  TokenKey signingKey() {
    return keys.stream().filter(key -> key.kid().equals(signingKid)).findFirst().orElseThrow();
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
