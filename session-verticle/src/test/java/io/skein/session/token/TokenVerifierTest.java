package io.skein.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.session.Outcomes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");
  private static final long SECOND = NOW.getEpochSecond();
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String OTHER_SECRET = "fedcba9876543210fedcba9876543210";
  private static final KeyPair RSA = Forge.rsa();
  private static final TokenKey HS = TokenKey.ofSecret("hs", SECRET);
  private static final TokenKey RS =
      TokenKey.ofPair(
          "rs", TokenAlgorithm.RS256, Forge.pem(RSA.getPublic()), Forge.pem(RSA.getPrivate()));

  private final TokenVerifier verifier = verifier(TokenConfig.of(HS), CLOCK);

  @Test
  @DisplayName("A token that the issuer made is good")
  void good() {
    VerifiedToken token = ok(verifier, issuer(TokenConfig.of(HS)).forUser("alice", hours(1)));

    assertThat(token.subject()).isEqualTo("alice");
    assertThat(token.use()).isEqualTo(TokenUse.ACCESS);
    assertThat(token.deviceId()).isEmpty();
    assertThat(token.issuedAt()).isEqualTo(NOW);
    assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(token.id()).isNotEmpty();
  }

  @Test
  @DisplayName("RS256 and ES256 sign and verify as well")
  void asymmetric() {
    KeyPair ec = Forge.p256();
    TokenKey es =
        TokenKey.ofPair(
            "es", TokenAlgorithm.ES256, Forge.pem(ec.getPublic()), Forge.pem(ec.getPrivate()));

    for (TokenKey key : List.of(RS, es)) {
      TokenConfig config = TokenConfig.of(key);
      assertThat(
              ok(verifier(config, CLOCK), issuer(config).forDevice("bob", "d1", hours(1)))
                  .deviceId())
          .isEqualTo("d1");
    }
  }

  @Test
  @DisplayName("A service token carries its scopes, an access token none")
  void scopes() {
    TokenIssuer issuer = issuer(TokenConfig.of(HS));

    VerifiedToken service =
        ok(verifier, issuer.forService("shop", List.of("accounts", "messages"), hours(1)));
    assertThat(service.use()).isEqualTo(TokenUse.SERVICE);
    assertThat(service.scopes()).containsExactly("accounts", "messages");

    JsonObject claims = claims().put("scope", "*");
    assertThat(verifier.verify(Forge.hs256(SECRET, "hs", claims)).result().scopes()).isEmpty();
  }

  @Test
  @DisplayName("While keys rotate, tokens of the old and of the new key are good")
  void rotation() {
    TokenConfig old = TokenConfig.of(HS);
    TokenConfig both = config(List.of(HS, RS), "rs", Optional.empty());
    TokenConfig retired = TokenConfig.of(RS);
    IssuedToken byOld = issuer(old).forUser("alice", hours(1));
    IssuedToken byNew = issuer(both).forUser("alice", hours(1));

    assertThat(ok(verifier(both, CLOCK), byOld).subject()).isEqualTo("alice");
    assertThat(ok(verifier(both, CLOCK), byNew).subject()).isEqualTo("alice");
    assertThat(refusal(verifier(old, CLOCK), byNew.token())).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(verifier(retired, CLOCK), byOld.token()))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("A token is expired once the leeway is over, not before")
  void expiry() {
    JsonObject ended = claims().put("exp", SECOND - 4);
    assertThat(verifier.verify(Forge.hs256(SECRET, "hs", ended)).succeeded()).isTrue();

    JsonObject overdue = claims().put("exp", SECOND - 5);
    assertThat(refusal(Forge.hs256(SECRET, "hs", overdue))).isEqualTo(ErrorCode.TOKEN_EXPIRED);
  }

  @Test
  @DisplayName("A token that never expires is refused")
  void noExpiry() {
    JsonObject claims = claims();
    claims.remove("exp");
    assertThat(refusal(Forge.hs256(SECRET, "hs", claims))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"nbf", "iat"})
  @DisplayName("A token that is not valid yet is refused, beyond the leeway")
  void notYet(String claim) {
    JsonObject soon = claims().put(claim, SECOND + 5);
    assertThat(verifier.verify(Forge.hs256(SECRET, "hs", soon)).succeeded()).isTrue();

    JsonObject later = claims().put(claim, SECOND + 6);
    assertThat(refusal(Forge.hs256(SECRET, "hs", later))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("An unsigned token is refused, with and without its empty third part")
  void unsigned() {
    String none = Forge.none(claims());
    assertThat(refusal(none)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(none.substring(0, none.length() - 1))).isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(none + "AAAA")).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("A token with a good header and no signature is refused")
  void stripped() {
    String good = Forge.hs256(SECRET, "hs", claims());
    assertThat(refusal(good.substring(0, good.lastIndexOf('.') + 1)))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("A token signed with another secret is refused, whatever kid it names")
  void wronglySigned() {
    assertThat(refusal(Forge.hs256(OTHER_SECRET, "hs", claims())))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(Forge.hs256(OTHER_SECRET, "unknown", claims())))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    assertThat(refusal(Forge.hs256(SECRET, "unknown", claims())))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("An RSA public key is never taken for an HS256 secret")
  void algorithmConfusion() {
    String publicPem = Forge.pem(RSA.getPublic());
    TokenVerifier rsaOnly = verifier(TokenConfig.of(RS), CLOCK);
    TokenVerifier both = verifier(config(List.of(HS, RS), "hs", Optional.empty()), CLOCK);

    for (String secret : List.of(publicPem, publicPem.strip())) {
      assertThat(refusal(rsaOnly, Forge.hs256(secret, "rs", claims())))
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
      assertThat(refusal(both, Forge.hs256(secret, "rs", claims())))
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
    // The forgery would be good if its key were a secret: the refusals above are not for its form.
    TokenConfig confused = TokenConfig.of(TokenKey.ofSecret("rs", publicPem));
    assertThat(verifier(confused, CLOCK).verify(Forge.hs256(publicPem, "rs", claims())).succeeded())
        .isTrue();
  }

  @Test
  @DisplayName("Another issuer, audience or type is refused")
  void otherClaims() {
    for (JsonObject claims :
        List.of(
            claims().put("iss", "somebody"),
            claims().put("aud", "other"),
            claims().put("aud", new JsonArray().add("other")),
            claims().put("use", "refresh"),
            claims().put("use", 7),
            claims().put("sub", ""),
            claims().put("line", "no uuid"),
            claims().put("exp", "tomorrow"),
            claims().put("exp", 1e300))) {
      assertThat(refusal(Forge.hs256(SECRET, "hs", claims)))
          .as("%s", claims)
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
    for (String needed : List.of("iss", "aud", "use", "sub")) {
      JsonObject claims = claims();
      claims.remove(needed);
      assertThat(refusal(Forge.hs256(SECRET, "hs", claims)))
          .as("without %s", needed)
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
    JsonObject several = claims().put("aud", new JsonArray().add("other").add("skein"));
    assertThat(verifier.verify(Forge.hs256(SECRET, "hs", several)).succeeded()).isTrue();
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {"", "x", "a.b", "..", "a.b.c", "a.b.c.d", "!.!.!", "bnVsbA.bnVsbA.bnVsbA"})
  @DisplayName("What is no token is refused")
  void noise(String noise) {
    assertThat(refusal(noise)).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("A huge token is refused before it is decoded")
  void huge() {
    JsonObject claims = claims().put("jti", "x".repeat(8192));
    assertThat(refusal(Forge.hs256(SECRET, "hs", claims))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  private static JsonObject claims() {
    return new JsonObject()
        .put("iss", "skein")
        .put("aud", "skein")
        .put("sub", "alice")
        .put("use", "access")
        .put("iat", SECOND)
        .put("exp", SECOND + 60);
  }

  private static TokenConfig config(
      List<TokenKey> keys, String signingKid, Optional<ExternalTokens> external) {
    return new TokenConfig(
        "skein", keys, signingKid, hours(1), hours(24), Duration.ofSeconds(5), external);
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  private static TokenIssuer issuer(TokenConfig config) {
    return new TokenIssuer(config, CLOCK);
  }

  private static TokenVerifier verifier(TokenConfig config, Clock clock) {
    return new TokenVerifier(config, clock);
  }

  private static VerifiedToken ok(TokenVerifier verifier, IssuedToken token) {
    return verifier.verify(token.token()).result();
  }

  private ErrorCode refusal(String token) {
    return refusal(verifier, token);
  }

  private static ErrorCode refusal(TokenVerifier verifier, String token) {
    return Outcomes.refusal(() -> verifier.verify(token));
  }
}
