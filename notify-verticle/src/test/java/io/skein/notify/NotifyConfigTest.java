package io.skein.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings of notify")
class NotifyConfigTest {
  private static final String SECRET = "0123456789abcdef";

  private static ProviderConfig.Webhook webhook(String url, String secret, Duration timeout) {
    return new ProviderConfig.Webhook(URI.create(url), secret, timeout, 10, false);
  }

  @Test
  @DisplayName("show nobody's words by default, and give two seconds of grace")
  void defaults() {
    NotifyConfig defaults = NotifyConfig.defaults();
    assertThat(defaults.preview()).isFalse();
    assertThat(defaults.grace()).isEqualTo(Duration.ofSeconds(2));
    assertThat(defaults.provider()).isInstanceOf(ProviderConfig.Console.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://push.example/hook", "http://localhost:1/x", "http://[::1]:8080/hook"})
  @DisplayName("take a webhook on https, or on this machine")
  void secureWebhooks(String url) {
    assertThatCode(() -> webhook(url, SECRET, Duration.ofSeconds(5))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://push.example/hook",
        "ftp://push.example/",
        "/hook",
        "https://u:p@push.example/"
      })
  @DisplayName("refuse a webhook that others could read, or that is none")
  void insecureWebhooks(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> webhook(url, SECRET, Duration.ofSeconds(5)));
  }

  @Test
  @DisplayName("refuse a secret that can be guessed, and never print one")
  void secrets() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> webhook("https://push.example/", "short", Duration.ofSeconds(5)));
    assertThat(webhook("https://push.example/", SECRET, Duration.ofSeconds(5)).toString())
        .doesNotContain(SECRET);
  }

  @Test
  @DisplayName("refuse a lease that ends while the provider may still be sending")
  void lease() {
    ProviderConfig slow = webhook("https://push.example/", SECRET, Duration.ofMinutes(5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NotifyConfig.defaults().withProvider(slow));
  }

  @Test
  @DisplayName("let waits grow up to their bound, never past it, never to nothing")
  void backoff() {
    Backoff backoff = new Backoff(3, Duration.ofMillis(100), Duration.ofMillis(350));
    Random random = new Random(1);
    assertThat(backoff.after(1, random).toMillis()).isBetween(50L, 100L);
    assertThat(backoff.after(2, random).toMillis()).isBetween(100L, 200L);
    assertThat(backoff.after(60, random).toMillis()).isBetween(175L, 350L);
    assertThat(backoff.allowsAfter(2)).isTrue();
    assertThat(backoff.allowsAfter(3)).isFalse();
    assertThat(backoff.bounded(Duration.ofDays(9))).isEqualTo(Duration.ofMillis(350));
  }
}
