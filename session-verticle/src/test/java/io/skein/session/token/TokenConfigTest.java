package io.skein.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenConfigTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @Test
  @DisplayName("A secret of 31 bytes is refused, one of 32 is taken")
  void weakSecret() {
    assertThatThrownBy(() -> TokenKey.ofSecret("k", SECRET.substring(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes");
    assertThat(TokenKey.ofSecret("k", SECRET).canSign()).isTrue();
  }

  @Test
  @DisplayName("Neither keys nor issued tokens show their secrets in logs")
  void secretsStayHidden() {
    TokenConfig config = TokenConfig.of(TokenKey.ofSecret("k", SECRET));
    IssuedToken token =
        new TokenIssuer(config, Clock.systemUTC()).forUser("alice", Duration.ofHours(1));

    assertThat(config.toString()).doesNotContain(SECRET);
    assertThat(token.toString()).doesNotContain(token.token());
  }

  @Test
  @DisplayName("The signing key must be there and able to sign")
  void signingKey() {
    TokenKey secret = TokenKey.ofSecret("k", SECRET);
    TokenKey publicOnly =
        TokenKey.ofPublic("p", TokenAlgorithm.ES256, Forge.pem(Forge.p256().getPublic()));

    assertThatThrownBy(() -> config(List.of(secret), "other")).hasMessageContaining("other");
    assertThatThrownBy(() -> config(List.of(secret, publicOnly), "p"))
        .hasMessageContaining("private key");
    assertThatThrownBy(() -> config(List.of(secret, secret), "k")).hasMessageContaining("two");
    assertThatThrownBy(() -> config(List.of(), "k")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("A key that cannot be read is named")
  void unreadableKey() {
    TokenKey broken = TokenKey.ofPair("b", TokenAlgorithm.RS256, "nonsense", "nonsense");
    assertThatThrownBy(() -> new TokenIssuer(TokenConfig.of(broken), Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("b");
  }

  @Test
  @DisplayName("Tokens without life, or services without scopes, are not made")
  void senselessTokens() {
    TokenIssuer issuer =
        new TokenIssuer(TokenConfig.of(TokenKey.ofSecret("k", SECRET)), Clock.systemUTC());

    assertThatThrownBy(() -> issuer.forUser("alice", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> issuer.forService("shop", List.of(), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> issuer.forService("shop", List.of("a b"), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TokenConfig config(List<TokenKey> keys, String signingKid) {
    return new TokenConfig(
        "skein",
        keys,
        signingKid,
        Duration.ofHours(1),
        Duration.ofDays(1),
        Duration.ofSeconds(5),
        Optional.empty());
  }
}
