package io.skein.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What is counted. Confined to the load's thread. */
final class BenchMeter {
  private static final long LONGEST = TimeUnit.MINUTES.toMicros(1);

  final Histogram acknowledged = new Histogram(LONGEST, 3);
  final Histogram delivered = new Histogram(LONGEST, 3);
  private boolean measuring;
  private long began;
  private long ended;
  long refused;
  long outOfOrder;
  String lastRefusal = "";

  void start() {
    measuring = true;
    began = System.nanoTime();
  }

  void stop() {
    measuring = false;
    ended = System.nanoTime();
  }

  void acknowledged(long sentAt) {
    record(acknowledged, sentAt);
  }

  void delivered(long sentAt) {
    record(delivered, sentAt);
  }

  private void record(Histogram histogram, long sentAt) {
    if (measuring) {
      long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sentAt);
      histogram.recordValue(Math.min(micros, LONGEST));
    }
  }

  double seconds() {
    return (ended - began) / 1e9;
  }
}
