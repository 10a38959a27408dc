package io.skein.bench.load;

import io.skein.bench.measure.Meter;
import io.skein.bench.measure.Pacer;
import io.skein.bench.measure.Series;
import io.skein.bench.wire.LoadLoop;
import java.util.function.LongConsumer;

/** Does something at a steady rate, whatever becomes of it. */
public final class OpenLoop {
  private final LoadLoop loop;
  private final double perSecond;
  private final LongConsumer action;
  private final Series lateness;
  private Pacer pacer;
  private boolean running;

  /**
   * Not started yet.
   *
   * @param action gets the time at which it was due
   */
  public OpenLoop(LoadLoop loop, double perSecond, Meter meter, LongConsumer action) {
    this.loop = loop;
    this.perSecond = perSecond;
    this.action = action;
    this.lateness = meter.aside("generator late");
  }

  public void start() {
    running = true;
    pacer = new Pacer(perSecond, System.nanoTime());
    loop.at(pacer.due(), this::turn);
  }

  public void stop() {
    running = false;
  }

  private void turn() {
    if (!running) {
      return;
    }
    long now = System.nanoTime();
    while (pacer.isDue(now)) {
      long due = pacer.take();
      lateness.record(due, now);
      action.accept(due);
    }
    loop.at(pacer.due(), this::turn);
  }
}
