package io.skein.session.token;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns configured keys into those of vertx-auth-jwt. */
final class TokenKeys {
  /**
   * Key types of RFC 7518 with their only algorithm here; a symmetric key ("oct") is not public.
   */
  private static final Set<String> PUBLIC_JWK = Set.of("RSA RS256", "EC ES256");

  private TokenKeys() {}

  /** Signs with this key alone: of several, the library would take one at random. */
  static JWTAuth signer(TokenKey key) {
    String material = key.secret().or(key::privateKey).orElseThrow();
    return auth(List.of(option(key, material)), List.of(), key.kid());
  }

  static JWTAuth verifier(List<TokenKey> keys) {
    return verifier(keys, List.of());
  }

  static JWTAuth verifier(List<TokenKey> keys, List<JsonObject> jwks) {
    List<PubSecKeyOptions> options = new ArrayList<>();
    for (TokenKey key : keys) {
      options.add(option(key, key.secret().or(key::publicKey).orElseThrow()));
    }
    return auth(options, jwks, "to verify");
  }

  /** The keys of a JWKS document, each checked: the library skips what it does not know. */
  static List<JsonObject> parseJwks(String document) {
    JsonArray keys;
    try {
      keys = new JsonObject(document).getJsonArray("keys", new JsonArray());
    } catch (RuntimeException broken) {
      throw new IllegalArgumentException("the JWKS file is not a JSON object with keys", broken);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the JWKS file holds no keys");
    }
    List<JsonObject> checked = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      checked.add(check(keys.getJsonObject(i)));
    }
    return checked;
  }

  private static JsonObject check(JsonObject jwk) {
    String type = jwk.getString("kty");
    String algorithm = jwk.getString("alg", "RSA".equals(type) ? "RS256" : "ES256");
    if (!PUBLIC_JWK.contains(type + " " + algorithm)) {
      throw new IllegalArgumentException(
          "JWKS key " + jwk.getString("kid") + ": only RSA with RS256 and EC with ES256 are taken");
    }
    return jwk.copy().put("alg", algorithm);
  }

  private static PubSecKeyOptions option(TokenKey key, String material) {
    return new PubSecKeyOptions()
        .setId(key.kid())
        .setAlgorithm(key.algorithm().name())
        .setBuffer(material);
  }

  private static JWTAuth auth(List<PubSecKeyOptions> keys, List<JsonObject> jwks, String what) {
    JWTAuthOptions options =
        new JWTAuthOptions()
            .setPubSecKeys(keys)
            .setJwks(jwks)
            // Time is checked by TokenVerifier: the library tolerates a token without "exp".
            .setJWTOptions(new JWTOptions().setIgnoreExpiration(true));
    try {
      // The Vertx is only needed for key stores on disk.
      return JWTAuth.create(null, options);
    } catch (RuntimeException broken) {
      throw new IllegalArgumentException(
          "a token key (" + what + ") cannot be read: " + broken.getMessage(), broken);
    }
  }
}
