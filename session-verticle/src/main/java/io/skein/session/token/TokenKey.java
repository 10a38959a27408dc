package io.skein.session.token;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A key, pinned to one algorithm: a token that names another algorithm is never checked against it.
 *
 * @param kid names the key in the header of tokens
 * @param algorithm the only one that the key is used with
 * @param secret HS256: at least 32 bytes of UTF-8
 * @param publicKey RS256 and ES256: PEM, {@code PUBLIC KEY} (X.509) or {@code CERTIFICATE}
 * @param privateKey RS256 and ES256, to sign: PEM, {@code PRIVATE KEY} (PKCS #8)
 */
public record TokenKey(
    String kid,
    TokenAlgorithm algorithm,
    Optional<String> secret,
    Optional<String> publicKey,
    Optional<String> privateKey) {

  /** RFC 7518 §3.2: a key as long as the hash or longer. */
  private static final int MIN_SECRET_BYTES = 32;

  public TokenKey {
    require(!kid.isBlank(), "a token key needs a kid");
    if (algorithm == TokenAlgorithm.HS256) {
      require(secret.isPresent(), "token key " + kid + ": HS256 needs a secret");
      require(
          secret.get().getBytes(StandardCharsets.UTF_8).length >= MIN_SECRET_BYTES,
          "token key " + kid + ": an HS256 secret has at least " + MIN_SECRET_BYTES + " bytes");
      require(
          publicKey.isEmpty() && privateKey.isEmpty(),
          "token key " + kid + ": HS256 has a secret and no key pair");
    } else {
      require(secret.isEmpty(), "token key " + kid + ": " + algorithm + " has no secret");
      require(publicKey.isPresent(), "token key " + kid + ": " + algorithm + " needs a public key");
    }
  }

  public static TokenKey ofSecret(String kid, String secret) {
    return new TokenKey(
        kid, TokenAlgorithm.HS256, Optional.of(secret), Optional.empty(), Optional.empty());
  }

  /** A key that only verifies. */
  public static TokenKey ofPublic(String kid, TokenAlgorithm algorithm, String publicPem) {
    return new TokenKey(kid, algorithm, Optional.empty(), Optional.of(publicPem), Optional.empty());
  }

  public static TokenKey ofPair(
      String kid, TokenAlgorithm algorithm, String publicPem, String privatePem) {
    return new TokenKey(
        kid, algorithm, Optional.empty(), Optional.of(publicPem), Optional.of(privatePem));
  }

  boolean canSign() {
    return secret.isPresent() || privateKey.isPresent();
  }

  /** Without the secrets: records end up in logs. */
  @Override
  public String toString() {
    return "TokenKey[" + kid + ", " + algorithm + "]";
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
