package io.skein.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The times at which messages of an open loop are due")
class PacerTest {
  @Test
  @DisplayName("are evenly spread, and do not drift however many there are")
  void noDrift() {
    Pacer pacer = new Pacer(3, 0);
    assertThat(new long[] {pacer.take(), pacer.take(), pacer.take(), pacer.take()})
        .containsExactly(0, 333_333_333, 666_666_667, 1_000_000_000);
    for (int i = 4; i < 3_000_000; i++) {
      pacer.take();
    }
    assertThat(pacer.take()).isEqualTo(1_000_000_000_000_000L);
  }

  @Test
  @DisplayName("do not depend on when the ones before were taken")
  void late() {
    Pacer pacer = new Pacer(10, 0);
    long now = 1_000_000_000; // a second late
    int taken = 0;
    while (pacer.isDue(now)) {
      assertThat(pacer.take()).isEqualTo(taken * 100_000_000L);
      taken++;
    }
    assertThat(taken).isEqualTo(11);
  }

  @Test
  @DisplayName("are right where the clock overflows")
  void overflow() {
    long start = Long.MAX_VALUE - 1_000;
    Pacer pacer = new Pacer(1_000_000, start);
    pacer.take();
    pacer.take();
    assertThat(pacer.due()).isNegative();
    assertThat(pacer.isDue(start)).isFalse();
    assertThat(pacer.isDue(start + 2_000)).isTrue();
  }

  @Test
  @DisplayName("need a rate above 0")
  void rate() {
    assertThatThrownBy(() -> new Pacer(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
