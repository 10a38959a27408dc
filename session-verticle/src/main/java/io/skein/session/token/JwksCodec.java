package io.skein.session.token;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A JWKS document (RFC 7517 §5) of public keys. */
final class JwksCodec {
  /** Key types with their only algorithm here; a symmetric key ("oct") is not public. */
  private static final Set<String> PUBLIC = Set.of("RSA RS256", "EC ES256");

  private JwksCodec() {}

  /**
   * The keys of the document, each checked: the library skips what it does not know.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  static List<JsonObject> decode(String document) {
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

  private static JsonObject check(JsonObject key) {
    String type = key.getString("kty");
    String algorithm = key.getString("alg", "RSA".equals(type) ? "RS256" : "ES256");
    if (!PUBLIC.contains(type + " " + algorithm)) {
      throw new IllegalArgumentException(
          "JWKS key " + key.getString("kid") + ": only RSA with RS256 and EC with ES256 are taken");
    }
    return key.copy().put("alg", algorithm);
  }
}
