package io.skein.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An expected failure")
class SkeinExceptionTest {

  @Test
  @DisplayName("echoes what a client sent only as text that every client can read")
  void echoesText() {
    SkeinException failure =
        new SkeinException(ErrorCode.INVALID_ARGUMENT, "a\ud83d b\udc4b c\0 d👋")
            .withField("\ud800.x");

    assertThat(failure.toError().getMessage()).isEqualTo("a\ufffd b\ufffd c\ufffd d👋");
    assertThat(failure.toError().getField()).isEqualTo("\ufffd.x");
  }
}
