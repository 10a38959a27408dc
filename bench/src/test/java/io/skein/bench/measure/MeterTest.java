package io.skein.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A window that counts")
class MeterTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private final Meter meter = new Meter();
  private final Series closed = meter.closed("closed");
  private final Series open = meter.open("open");

  @Test
  @DisplayName("takes of a closed loop what ends in it")
  void closedLoop() {
    closed.record(9 * SECOND, 9 * SECOND + MILLI);
    meter.begin(10 * SECOND);
    closed.record(10 * SECOND - MILLI, 10 * SECOND + MILLI);
    meter.end(12 * SECOND);
    closed.record(11 * SECOND, 12 * SECOND + MILLI);
    assertThat(closed.done()).isEqualTo(1);
    assertThat(closed.latencies()).isEqualTo(1);
    assertThat(closed.max()).isCloseTo(2, within(0.01));
  }

  @Test
  @DisplayName("takes of an open loop what is due in it, also if it ends much later")
  void openLoop() {
    open.record(10 * SECOND - MILLI, 10 * SECOND - MILLI / 2);
    meter.begin(10 * SECOND);
    open.record(10 * SECOND - MILLI, 10 * SECOND + MILLI);
    open.record(11 * SECOND, 11 * SECOND + MILLI);
    meter.end(12 * SECOND);
    open.record(11 * SECOND, 20 * SECOND);
    open.record(12 * SECOND, 20 * SECOND);
    assertThat(open.latencies()).isEqualTo(2);
    assertThat(open.max()).isCloseTo(9_000, within(10.0));
    assertThat(open.done()).as("ended within the window").isEqualTo(2);
  }

  @Test
  @DisplayName("has rates and whole seconds, those without anything too")
  void seconds() {
    meter.begin(10 * SECOND);
    closed.record(10 * SECOND, 10 * SECOND + MILLI);
    closed.record(10 * SECOND, 12 * SECOND + MILLI);
    closed.record(10 * SECOND, 14 * SECOND + MILLI);
    meter.end(14 * SECOND + SECOND / 2);
    assertThat(closed.timeline()).containsExactly(1L, 0L, 1L, 0L);
    assertThat(closed.perSecond()).isCloseTo(3 / 4.5, within(1e-9));
  }
}
