package io.skein.notify.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A Retry-After header")
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  @DisplayName("is a number of seconds")
  void seconds() {
    assertThat(RetryAfter.parse(" 120 ", NOW)).contains(Duration.ofMinutes(2));
  }

  @Test
  @DisplayName("is a date")
  void date() {
    assertThat(RetryAfter.parse("Mon, 23 Nov 2026 12:00:30 GMT", NOW))
        .contains(Duration.ofSeconds(30));
  }

  @Test
  @DisplayName("that has passed means now")
  void past() {
    assertThat(RetryAfter.parse("Mon, 23 Nov 2026 11:00:00 GMT", NOW)).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999"})
  @DisplayName("that says nothing is not there")
  void senseless(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEmpty();
  }
}
