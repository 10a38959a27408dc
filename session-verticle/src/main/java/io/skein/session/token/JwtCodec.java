package io.skein.session.token;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signed tokens in their compact form, by vertx-auth-jwt. A key is used with its own algorithm
 * only. Not thread-safe.
 */
final class JwtCodec {
  private static final Logger LOG = LoggerFactory.getLogger(JwtCodec.class);

  private final JWTAuth keys;
  private final String algorithm;
  private final ClaimsCodec claims;

  private JwtCodec(JWTAuth keys, String algorithm, ClaimsCodec claims) {
    this.keys = keys;
    this.algorithm = algorithm;
    this.claims = claims;
  }

  /** Signs with this key alone: of several, the library would take one at random. */
  static JwtCodec signer(TokenKey key) {
    String material = key.secret().or(key::privateKey).orElseThrow();
    JWTAuth auth = auth(List.of(option(key, material)), List.of());
    return new JwtCodec(auth, key.algorithm().name(), new ClaimsCodec());
  }

  static JwtCodec verifier(List<TokenKey> keys) {
    return new JwtCodec(auth(publicParts(keys), List.of()), "", new ClaimsCodec());
  }

  static JwtCodec verifier(ExternalTokens external) {
    List<JsonObject> jwks = external.jwks().map(JwksCodec::decode).orElseGet(List::of);
    JWTAuth auth = auth(publicParts(external.keys()), jwks);
    return new JwtCodec(auth, "", new ClaimsCodec(external.userClaim()));
  }

  String sign(Claims unsigned) {
    return keys.generateToken(
        claims.encode(unsigned), new JWTOptions().setAlgorithm(algorithm).setNoTimestamp(true));
  }

  /**
   * What the token says; empty if none of the keys has signed it. Fails with {@link
   * Claims.WrongException} if it says it wrongly.
   *
   * @param token has three parts: of a signer without keys the library would take two
   */
  Future<Optional<Claims>> verify(String token) {
    // Composed, as the library throws on claims of wrong types instead of failing its Future.
    return Future.succeededFuture(new TokenCredentials(token))
        .compose(keys::authenticate)
        .onFailure(reason -> LOG.debug("A token is not by these keys", reason))
        .map(Optional::of)
        .otherwise(Optional.empty())
        .map(user -> user.map(this::claims));
  }

  /** The library puts the payload there, whole and as it was signed. */
  private Claims claims(User user) {
    return claims.decode(user.attributes().getJsonObject("accessToken"));
  }

  private static List<PubSecKeyOptions> publicParts(List<TokenKey> keys) {
    return keys.stream()
        .map(key -> option(key, key.secret().or(key::publicKey).orElseThrow()))
        .toList();
  }

  private static PubSecKeyOptions option(TokenKey key, String material) {
    return new PubSecKeyOptions()
        .setId(key.kid())
        .setAlgorithm(key.algorithm().name())
        .setBuffer(material);
  }

  private static JWTAuth auth(List<PubSecKeyOptions> keys, List<JsonObject> jwks) {
    JWTAuthOptions options =
        new JWTAuthOptions()
            .setPubSecKeys(keys)
            .setJwks(jwks)
            // Time is checked by ClaimRules: the library tolerates a token without "exp".
            .setJWTOptions(new JWTOptions().setIgnoreExpiration(true));
    try {
      // The Vertx is only needed for key stores on disk.
      return JWTAuth.create(null, options);
    } catch (RuntimeException broken) {
      String kids = String.join(", ", keys.stream().map(PubSecKeyOptions::getId).toList());
      throw new IllegalArgumentException(
          "a token key of these cannot be read: " + kids + ": " + broken.getMessage(), broken);
    }
  }
}
