package io.skein.bench.report;

import io.skein.bench.measure.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * One series of one run, for plots.
 *
 * @param latencies by rising percentile
 * @param perSecond how many ended in each second of the window
 */
public record Curve(String name, List<Point> latencies, List<Long> perSecond) {
  private static final double[] PERCENTS = {
    0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 100
  };

  /** So many percent took so long or less. */
  public record Point(double percent, double millis) {}

  /** Whether at least one latency is beyond this percentile; a rounding error does not matter. */
  static boolean isMeaningful(Series series, double percent) {
    return series.latencies() * (100 - percent) / 100 >= 1 - 1e-6;
  }

  /** Percentiles that stand for fewer latencies than one are left out, but for the longest. */
  static Curve of(Series series) {
    List<Point> points = new ArrayList<>();
    for (double percent : PERCENTS) {
      if (isMeaningful(series, percent) || percent == 100 && series.latencies() > 0) {
        points.add(new Point(percent, series.percentile(percent)));
      }
    }
    return new Curve(series.name(), List.copyOf(points), series.timeline());
  }
}
