package io.skein.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.bench.measure.Meter;
import io.skein.bench.measure.Series;
import io.skein.bench.wire.LoadLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An open loop")
class OpenLoopTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  @DisplayName("that is held up does all that was due meanwhile, each as of when it was due")
  void heldUp() {
    Meter meter = new Meter();
    List<Long> dues = new ArrayList<>();
    try (LoadLoop loop = new LoadLoop()) {
      OpenLoop open = new OpenLoop(loop, 1_000, meter, dues::add);
      meter.begin(System.nanoTime());
      open.start();
      loop.after(Duration.ofMillis(20), () -> LockSupport.parkNanos(100 * MILLI));
      loop.await("actions", () -> dues.size() >= 200, Duration.ofSeconds(20));
      open.stop();
      meter.end(System.nanoTime());
    }
    for (int i = 1; i < dues.size(); i++) {
      assertThat(dues.get(i) - dues.get(i - 1)).isEqualTo(MILLI);
    }
    Series late = meter.asides().getFirst();
    assertThat(late.max()).as("how late the generator was").isGreaterThan(90);
    assertThat(meter.series()).as("figures of the server").isEmpty();
  }
}
