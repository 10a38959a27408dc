package io.skein.session.token;

import static java.util.function.Predicate.not;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a token by itself: signature with the algorithm that the key is pinned to, then the
 * claims. Not thread-safe: each verticle has its own.
 */
final class TokenVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);

  /** Bounds what is decoded before anything is known about the sender. */
  private static final int MAX_LENGTH = 8192;

  private final JWTAuth own;
  private final ClaimRules ownRules;
  private final Optional<JWTAuth> external;
  private final Optional<ClaimRules> externalRules;

  TokenVerifier(TokenConfig config, Clock clock) {
    this.own = TokenKeys.verifier(config.keys());
    this.ownRules = new OwnClaimRules(config, clock);
    this.external =
        config
            .external()
            .map(
                tokens ->
                    TokenKeys.verifier(
                        tokens.keys(),
                        tokens.jwks().map(TokenKeys::parseJwks).orElseGet(List::of)));
    this.externalRules =
        config.external().map(tokens -> new ExternalClaimRules(tokens, config.leeway(), clock));
  }

  /**
   * What the token says.
   *
   * <p>Fails with UNAUTHENTICATED or TOKEN_EXPIRED.
   */
  Future<VerifiedToken> verify(String token) {
    if (token.isEmpty()) {
      return refuse("a token is needed");
    }
    // Three parts also where the library would take two: it accepts unsigned tokens if it has no
    // key.
    if (token.length() > MAX_LENGTH || token.chars().filter(c -> c == '.').count() != 2) {
      return refuse("this is not a signed JWT in its compact form");
    }
    return signedBy(own, token)
        .map(Optional::of)
        .otherwise(Optional.empty())
        .compose(
            claims ->
                claims.isPresent()
                    ? Future.succeededFuture(ownRules.apply(claims.get()))
                    : verifyExternal(token));
  }

  private Future<VerifiedToken> verifyExternal(String token) {
    if (external.isEmpty()) {
      return refuse("the signature of the token is by none of our keys");
    }
    return signedBy(external.get(), token)
        .recover(unsigned -> refuse("the signature of the token is by none of the known keys"))
        .map(externalRules.orElseThrow()::apply);
  }

  private static Future<JsonObject> signedBy(JWTAuth keys, String token) {
    // Composed, as the library throws on claims of wrong types instead of failing its Future.
    return Future.succeededFuture(new TokenCredentials(token))
        .compose(keys::authenticate)
        .onFailure(reason -> LOG.debug("A token was refused", reason))
        .map(TokenVerifier::claims);
  }

  /** The library puts the payload there, whole and as it was signed. */
  private static JsonObject claims(User user) {
    return Optional.ofNullable(user.attributes().getJsonObject("accessToken"))
        .filter(not(JsonObject::isEmpty))
        .orElseThrow(() -> new IllegalStateException("a token without claims"));
  }

  private static <T> Future<T> refuse(String message) {
    return Future.failedFuture(new SkeinException(ErrorCode.UNAUTHENTICATED, message));
  }
}
