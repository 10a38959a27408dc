package io.skein.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.protocol.ErrorCode;
import io.skein.session.Outcomes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExternalTokensTest {
  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final KeyPair RSA = Forge.rsa();
  private static final TokenKey PUBLIC =
      TokenKey.ofPublic("shop-1", TokenAlgorithm.RS256, Forge.pem(RSA.getPublic()));

  @Test
  @DisplayName("A token of the integrator's own system names a user by the configured claim")
  void byPem() {
    VerifiedToken token =
        verifier(List.of(PUBLIC), Optional.empty())
            .verify(Forge.rs256(RSA.getPrivate(), "shop-1", claims()))
            .result();

    assertThat(token.subject()).isEqualTo("customer 7");
    assertThat(token.external()).isTrue();
    assertThat(token.use()).isEqualTo(TokenUse.ACCESS);
  }

  @Test
  @DisplayName("Public keys of a JWKS document verify as well")
  void byJwks() {
    TokenVerifier verifier = verifier(List.of(), Optional.of(jwks(rsaJwk()).encode()));

    assertThat(verifier.verify(Forge.rs256(RSA.getPrivate(), "jwk-1", claims())).succeeded())
        .isTrue();
    assertThat(refusal(verifier, Forge.rs256(Forge.rsa().getPrivate(), "jwk-1", claims())))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(verifier, Forge.none(claims()))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("An external token neither becomes a service token nor names a device or a login")
  void noEscalation() {
    JsonObject claims =
        claims()
            .put("use", "service")
            .put("scope", "*")
            .put("dev", "d1")
            .put("line", "6f1c0c3e-0000-4000-8000-000000000000");

    VerifiedToken token =
        verifier(List.of(PUBLIC), Optional.empty())
            .verify(Forge.rs256(RSA.getPrivate(), "shop-1", claims))
            .result();

    assertThat(token.use()).isEqualTo(TokenUse.ACCESS);
    assertThat(token.scopes()).isEmpty();
    assertThat(token.line()).isEmpty();
    assertThat(token.deviceId()).isEmpty();
  }

  @Test
  @DisplayName("An external key is no key of ours: it cannot sign with our issuer")
  void noImpersonation() {
    JsonObject claims =
        claims().put("iss", "skein").put("aud", "skein").put("sub", "x").put("use", "service");
    TokenVerifier verifier = verifier(List.of(PUBLIC), Optional.empty());

    assertThat(refusal(verifier, Forge.rs256(RSA.getPrivate(), "shop-1", claims)))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("An external token for another audience, or without a proper user id, is refused")
  void badClaims() {
    TokenVerifier verifier = verifier(List.of(PUBLIC), Optional.empty());
    for (JsonObject claims :
        List.of(
            claims().put("aud", "another-app"),
            claims().put("iss", "https://elsewhere"),
            claims().put("uid", ""),
            claims().put("uid", " padded "),
            claims().put("uid", "a\u0007b"),
            claims().put("uid", "x".repeat(65)),
            claims().put("uid", 7))) {
      assertThat(refusal(verifier, Forge.rs256(RSA.getPrivate(), "shop-1", claims)))
          .as("%s", claims)
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
  }

  @Test
  @DisplayName("Keys that are secrets or unknown are refused in the configuration")
  void badKeys() {
    JsonObject symmetric =
        new JsonObject().put("kty", "oct").put("kid", "s").put("alg", "HS256").put("k", "AAAA");
    assertThatThrownBy(() -> verifier(List.of(), Optional.of(jwks(symmetric).encode())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> verifier(List.of(), Optional.of("{\"keys\":[]}")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> verifier(List.of(), Optional.of("not json")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> external(List.of(TokenKey.ofSecret("s", SECRET)), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonObject claims() {
    return new JsonObject()
        .put("iss", "https://shop.example")
        .put("aud", "chat")
        .put("uid", "customer 7")
        .put("exp", NOW.getEpochSecond() + 60);
  }

  private static JsonObject jwks(JsonObject key) {
    return new JsonObject().put("keys", new JsonArray().add(key));
  }

  private static JsonObject rsaJwk() {
    RSAPublicKey key = (RSAPublicKey) RSA.getPublic();
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    byte[] modulus = key.getModulus().toByteArray();
    return new JsonObject()
        .put("kty", "RSA")
        .put("kid", "jwk-1")
        .put("use", "sig")
        .put("n", base64.encodeToString(modulus))
        .put("e", base64.encodeToString(key.getPublicExponent().toByteArray()));
  }

  private static TokenVerifier verifier(List<TokenKey> keys, Optional<String> jwks) {
    TokenKey own = TokenKey.ofSecret("own", SECRET);
    TokenConfig defaults = TokenConfig.of(own);
    return new TokenVerifier(
        new TokenConfig(
            defaults.issuer(),
            defaults.keys(),
            defaults.signingKid(),
            defaults.accessTtl(),
            defaults.refreshTtl(),
            defaults.leeway(),
            Optional.of(external(keys, jwks))),
        CLOCK);
  }

  private static ExternalTokens external(List<TokenKey> keys, Optional<String> jwks) {
    return new ExternalTokens("https://shop.example", "chat", "uid", keys, jwks, true);
  }

  private static ErrorCode refusal(TokenVerifier verifier, String token) {
    return Outcomes.refusal(() -> verifier.verify(token));
  }
}
