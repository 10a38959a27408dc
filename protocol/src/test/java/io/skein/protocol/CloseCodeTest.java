package io.skein.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Close codes and error words")
class CloseCodeTest {
  @Test
  @DisplayName("tell a client by their range whether to come back")
  void ranges() {
    assertThat(CloseCode.values())
        .allSatisfy(
            code ->
                assertThat(code.reconnect()).isEqualTo(code.code() >= 4000 && code.code() < 4500))
        .extracting(CloseCode::code)
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("survive the way over the wire")
  void words() {
    Arrays.stream(ErrorCode.values())
        .forEach(
            code -> {
              SkeinException received =
                  SkeinException.from(new SkeinException(code, "why").toError());
              assertThat(received.code()).isEqualTo(code);
              assertThat(received.retryable()).isEqualTo(code.retryable());
            });
  }
}
