package io.skein.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long one kind of thing took, and how many were done each second. */
public final class Series {
  private static final long LONGEST = TimeUnit.MINUTES.toMicros(5);
  private static final int DIGITS = 3;
  private static final double MILLI = 1e3;

  private final String name;
  private final Meter meter;
  private final boolean byStart;
  private final Histogram micros = new Histogram(LONGEST, DIGITS);
  private final List<Long> perSecond = new ArrayList<>();
  private long done;

  Series(String name, Meter meter, boolean byStart) {
    this.name = name;
    this.meter = meter;
    this.byStart = byStart;
  }

  /** Something that began, or was due, then has ended now. */
  public void record(long since) {
    record(since, System.nanoTime());
  }

  /** The same at another time; both of {@link System#nanoTime}. */
  public void record(long since, long now) {
    if (meter.contains(byStart ? since : now)) {
      long took = TimeUnit.NANOSECONDS.toMicros(now - since);
      micros.recordValue(Math.clamp(took, 0, LONGEST));
    }
    if (meter.contains(now)) {
      count(meter.secondOf(now));
    }
  }

  private void count(int second) {
    done++;
    while (perSecond.size() <= second) {
      perSecond.add(0L);
    }
    perSecond.set(second, perSecond.get(second) + 1);
  }

  public String name() {
    return name;
  }

  /** How many latencies there are. */
  public long latencies() {
    return micros.getTotalCount();
  }

  /** How many ended within the window. */
  public long done() {
    return done;
  }

  public double perSecond() {
    return done / meter.seconds();
  }

  /** In milliseconds; 0 if there is none. */
  public double percentile(double percent) {
    return micros.getValueAtPercentile(percent) / MILLI;
  }

  /** In milliseconds. */
  public double max() {
    return micros.getMaxValue() / MILLI;
  }

  /** How many ended in each whole second of the window. */
  public List<Long> timeline() {
    int whole = (int) Math.floor(meter.seconds());
    List<Long> seconds = new ArrayList<>(perSecond);
    while (seconds.size() < whole) {
      seconds.add(0L);
    }
    return List.copyOf(seconds.subList(0, whole));
  }
}
