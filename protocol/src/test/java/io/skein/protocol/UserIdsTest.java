package io.skein.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A user id")
class UserIdsTest {
  private static final String SIXTY_FOUR =
      "0123456789012345678901234567890123456789012345678901234567890123";

  @ParameterizedTest
  @ValueSource(strings = {"alice", "user:42@shop", "a b", "小明", "🦢", SIXTY_FOUR})
  @DisplayName("may be any short text")
  void accepted(String id) {
    assertThat(UserIds.check(id, "userId")).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a ", "\ta", "a\u0000b", "a\nb", "a\u007f", "\ud800", SIXTY_FOUR + "4"})
  @DisplayName("has no control characters, no white space at its ends and at most 64 characters")
  void refused(String id) {
    assertThatThrownBy(() -> UserIds.check(id, "userId"))
        .isInstanceOfSatisfying(
            SkeinException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
              assertThat(error.toError().getField()).isEqualTo("userId");
            });
  }
}
