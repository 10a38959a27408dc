package io.skein.notify.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The signature of a webhook")
class WebhookSignatureTest {
  @Test
  @DisplayName("is what openssl makes of the example in docs/PROTOCOL.md")
  void example() {
    byte[] body = "{\"userId\":\"bob\",\"seq\":7}".getBytes(StandardCharsets.UTF_8);
    assertThat(new WebhookSignature("a secret of at least 32 characters").of("1764000000", body))
        .isEqualTo("v1=65e1b24b00d015f18e7bccc0477db150d378076d3b1d06297b3ff2d6b8826460");
  }
}
