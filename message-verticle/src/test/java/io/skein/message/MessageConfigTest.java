package io.skein.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.skein.protocol.SkeinException;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Settings and small values")
class MessageConfigTest {

  @Test
  @DisplayName("The defaults are what the protocol promises")
  void hasDefaults() {
    MessageConfig config = MessageConfig.defaults();
    assertThat(config.maxBodyBytes()).isEqualTo(65_536);
    assertThat(config.maxMembers()).isEqualTo(500);
    assertThat(config.maxTitle()).isEqualTo(128);
    assertThat(config.pages()).isEqualTo(new PageLimits(50, 200));
    assertThat(config.lane().maxBatch()).isEqualTo(256);
  }

  @Test
  @DisplayName("What could not work is refused")
  void refusesNonsense() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LaneLimits(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new PageLimits(10, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(0, Duration.ofMillis(1), Duration.ofMillis(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(1, Duration.ZERO, Duration.ofMillis(1)));
  }

  @Test
  @DisplayName("Waits double, with jitter, and stay below the longest")
  void backsOff() {
    Backoff backoff = new Backoff(9, Duration.ofMillis(100), Duration.ofMillis(300));
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.delayMs(1, random)).isBetween(50L, 100L);
      assertThat(backoff.delayMs(2, random)).isBetween(100L, 200L);
      assertThat(backoff.delayMs(60, random)).isBetween(150L, 300L);
    }
  }

  @Test
  @DisplayName("A page is as long as asked for, within its limits")
  void limitsPages() {
    PageLimits pages = new PageLimits(50, 200);
    assertThat(pages.limit(0)).isEqualTo(50);
    assertThat(pages.limit(200)).isEqualTo(200);
    assertThatExceptionOfType(SkeinException.class).isThrownBy(() -> pages.limit(201));
  }

  @Test
  @DisplayName("Ids made from names depend on every part and on where it ends")
  void namesIds() {
    UUID id = NameId.of("group", "alice", "key");
    assertThat(id)
        .isEqualTo(NameId.of("group", "alice", "key"))
        .isNotEqualTo(NameId.of("group", "alicek", "ey"));
    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  @DisplayName("A pair has one id, whoever writes first")
  void pairs() {
    assertThat(DirectPair.of("bob", "alice")).isEqualTo(DirectPair.of("alice", "bob"));
    assertThat(DirectPair.of("a", "bc").conversationId())
        .isNotEqualTo(DirectPair.of("ab", "c").conversationId());
    assertThat(DirectPair.of("a", "a").isSelf()).isTrue();
  }
}
