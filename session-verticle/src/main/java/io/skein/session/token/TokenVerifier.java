package io.skein.session.token;

import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;

/**
 * Checks a token by itself: signature with the algorithm that the key is pinned to, then the
 * claims. Not thread-safe: each verticle has its own.
 */
final class TokenVerifier {
  /** Bounds what is decoded before anything is known about the sender. */
  private static final int MAX_LENGTH = 8192;

  private final JwtCodec own;
  private final ClaimRules ownRules;
  private final Optional<JwtCodec> external;
  private final Optional<ClaimRules> externalRules;

  TokenVerifier(TokenConfig config, Clock clock) {
    this.own = JwtCodec.verifier(config.keys());
    this.ownRules = new OwnClaimRules(config, clock);
    this.external = config.external().map(JwtCodec::verifier);
    this.externalRules =
        config.external().map(tokens -> new ExternalClaimRules(tokens, config.leeway(), clock));
  }

  /** What the token says. Fails with UNAUTHENTICATED or TOKEN_EXPIRED. */
  Future<VerifiedToken> verify(String token) {
    if (token.isEmpty()) {
      return Future.failedFuture(ClaimRules.refusal("a token is needed"));
    }
    if (token.length() > MAX_LENGTH || token.chars().filter(c -> c == '.').count() != 2) {
      return Future.failedFuture(
          ClaimRules.refusal("this is not a signed JWT in its compact form"));
    }
    return own.verify(token)
        .compose(
            claims ->
                claims.isPresent()
                    ? Future.succeededFuture(ownRules.apply(claims.get()))
                    : verifyExternal(token))
        .recover(TokenVerifier::refuse);
  }

  private Future<VerifiedToken> verifyExternal(String token) {
    return external
        .map(keys -> keys.verify(token))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .map(claims -> claims.orElseThrow(TokenVerifier::unknownKey))
        .map(claims -> externalRules.orElseThrow().apply(claims));
  }

  private static SkeinException unknownKey() {
    return ClaimRules.refusal("the signature of the token is by none of the known keys");
  }

  private static <T> Future<T> refuse(Throwable failure) {
    return Future.failedFuture(
        failure instanceof Claims.WrongException
            ? ClaimRules.refusal(failure.getMessage())
            : failure);
  }
}
