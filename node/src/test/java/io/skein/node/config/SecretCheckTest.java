package io.skein.node.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.node.problem.Problem;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Weak secrets are refused")
class SecretCheckTest {
  private static final String STRONG = "3tC0tQw7Xn0nWq2c9yJ5pL8vB1mZ6aRd";

  @Test
  @DisplayName("a long random one passes")
  void strong() {
    assertThatCode(() -> check(Map.of("tokens.keys[0].secret", STRONG))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "3tC0tQw7Xn0nWq2c9yJ5pL8vB1mZ6aR",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "please-ChangeMe-please-0123456789-abcdefgh",
      })
  @DisplayName("a short, monotonous or well-known token secret is refused, without showing it")
  void weakToken(String secret) {
    assertThatThrownBy(() -> check(Map.of("tokens.keys[0].secret", secret)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("tokens.keys[0].secret")
        .hasMessageNotContaining(secret);
  }

  @Test
  @DisplayName("no key at all is refused: nothing could sign")
  void none() {
    assertThatThrownBy(() -> check(Map.of())).hasMessageContaining("tokens.keys is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres.password", "redis.password"})
  @DisplayName("a store's password that everybody tries first is refused")
  void knownPassword(String key) {
    assertThatThrownBy(() -> check(Map.of("tokens.keys[0].secret", STRONG, key, "Postgres")))
        .hasMessageContaining(key);
  }

  private static void check(Map<String, String> values) {
    SecretCheck.check(new SettingsLoader(Map.of()).load(Optional.empty(), values));
  }
}
