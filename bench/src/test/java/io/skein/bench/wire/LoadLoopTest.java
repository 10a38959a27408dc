package io.skein.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.bench.LoadException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The loop of a load")
class LoadLoopTest {

  @Test
  @DisplayName("runs what is due in the order of time, never early")
  void timers() {
    try (LoadLoop loop = new LoadLoop()) {
      long now = System.nanoTime();
      List<String> done = new ArrayList<>();
      List<Long> early = new ArrayList<>();
      for (int millis : new int[] {30, 10, 20}) {
        long due = now + millis * 1_000_000L;
        loop.at(
            due,
            () -> {
              done.add(millis + " ms");
              early.add(Math.max(0, due - System.nanoTime()));
            });
      }
      loop.await("all", () -> done.size() == 3, Duration.ofSeconds(10));
      assertThat(done).containsExactly("10 ms", "20 ms", "30 ms");
      assertThat(early).containsOnly(0L);
    }
  }

  @Test
  @DisplayName("does not wait for ever")
  void patience() {
    try (LoadLoop loop = new LoadLoop()) {
      assertThatThrownBy(() -> loop.await("the impossible", () -> false, Duration.ofMillis(20)))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("the impossible");
    }
  }

  @Test
  @DisplayName("takes other addresses of loopback before the ports of one run out")
  void sources() throws Exception {
    Sources sources = new Sources(InetAddress.getByName("127.0.0.1"));
    for (int i = 0; i < 20_000; i++) {
      assertThat(sources.next()).isNull();
    }
    assertThat(sources.next()).hasToString("/127.0.0.2:0");
    Sources remote = new Sources(InetAddress.getByName("192.0.2.1"));
    for (int i = 0; i < 20_001; i++) {
      assertThat(remote.next()).isNull();
    }
  }
}
