package io.skein.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The plots of a report. Series have colours; each run is a line. */
final class Charts {
  private static final double[] PERCENTS = {0, 50, 90, 99, 99.9, 99.99};
  private static final int BAR = 26;

  private final Report report;
  private final List<String> series;

  Charts(Report report) {
    this.report = report;
    this.series =
        report.runs().stream()
            .flatMap(run -> run.curves().stream())
            .map(Curve::name)
            .distinct()
            .toList();
  }

  List<String> series() {
    return series;
  }

  static String colour(int index) {
    return "c" + (1 + index % 6);
  }

  private List<Curve> curves() {
    return report.runs().stream().flatMap(run -> run.curves().stream()).toList();
  }

  private String style(Curve curve) {
    return "run " + colour(series.indexOf(curve.name()));
  }

  /** How many nines: 0 % is 0, 90 % is 1, 99 % is 2. */
  static double nines(double percent) {
    return -Math.log10(1 - percent / 100);
  }

  /** Latency by percentile, both logarithmic; empty without latencies. */
  String latencies() {
    double lowest = Double.MAX_VALUE;
    double highest = 0;
    double mostNines = 1;
    for (Curve curve : curves()) {
      for (Curve.Point point : curve.latencies()) {
        lowest = Math.min(lowest, Math.max(point.millis(), 0.001));
        highest = Math.max(highest, point.millis());
        if (point.percent() < 100) {
          mostNines = Math.max(mostNines, nines(point.percent()));
        }
      }
    }
    if (highest == 0) {
      return "";
    }
    // The longest of all stands right of the last percentile.
    double end = mostNines + 0.4;
    Axis across = new Axis(0, end, Svg.LEFT, Svg.RIGHT, false);
    Axis up = Axis.logarithmic(lowest, highest, Svg.BOTTOM, Svg.TOP);
    Svg svg = new Svg("latency by percentile", Svg.HEIGHT).grid(up, "ms");
    for (double percent : PERCENTS) {
      if (nines(percent) <= mostNines) {
        double x = across.at(nines(percent));
        svg.line("grid", x, Svg.TOP, x, Svg.BOTTOM);
        svg.text("middle", x, Svg.BOTTOM + 18, trimmed(percent) + " %");
      }
    }
    svg.text("end", Svg.RIGHT, Svg.BOTTOM + 18, "longest");
    for (Curve curve : curves()) {
      List<double[]> points = new ArrayList<>();
      for (Curve.Point point : curve.latencies()) {
        double nines = point.percent() < 100 ? nines(point.percent()) : end;
        points.add(new double[] {across.at(nines), up.at(point.millis())});
      }
      svg.path(style(curve), points);
    }
    return svg.toString();
  }

  /** What ended in each second; empty if there were fewer than two seconds. */
  String timeline() {
    int seconds = 0;
    double highest = 0;
    for (Curve curve : curves()) {
      seconds = Math.max(seconds, curve.perSecond().size());
      for (long count : curve.perSecond()) {
        highest = Math.max(highest, count);
      }
    }
    if (seconds < 2) {
      return "";
    }
    Axis across = new Axis(1, seconds, Svg.LEFT, Svg.RIGHT, false);
    Axis up = Axis.linear(highest, Svg.BOTTOM, Svg.TOP);
    Svg svg = new Svg("done in each second", Svg.HEIGHT).grid(up, "a second");
    for (int second = 1; second <= seconds; second += Math.max(1, seconds / 10)) {
      svg.text("middle", across.at(second), Svg.BOTTOM + 18, second + " s");
    }
    for (Curve curve : curves()) {
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < curve.perSecond().size(); i++) {
        points.add(new double[] {across.at(i + 1), up.at(curve.perSecond().get(i))});
      }
      svg.path(style(curve), points);
    }
    return svg.toString();
  }

  /** Whose work the processors did, a bar for each run; empty if nobody knows. */
  String processors(List<Figure> shares) {
    if (shares.isEmpty()) {
      return "";
    }
    int height = report.runs().size() * (BAR + 10) + 30;
    Svg svg = new Svg("who used the processors", height);
    Axis across = new Axis(0, 100, Svg.LEFT, Svg.RIGHT, false);
    for (int mark = 0; mark <= 100; mark += 25) {
      svg.line("grid", across.at(mark), 4, across.at(mark), height - 26);
      svg.text(mark == 100 ? "end" : "middle", across.at(mark), height - 8, mark + " %");
    }
    for (int run = 0; run < report.runs().size(); run++) {
      double y = 8 + run * (BAR + 10.0);
      svg.text("end", Svg.LEFT - 8, y + BAR * 0.65, "run " + (run + 1));
      double used = 0;
      for (int i = 0; i < shares.size(); i++) {
        OptionalDouble share = report.runs().get(run).get(shares.get(i));
        double width = Math.min(share.orElse(0), 100 - used);
        String title = shares.get(i).name() + ": " + Numbers.shown(width) + " %";
        svg.box("bar " + colour(i), across.at(used), y, across.at(width) - Svg.LEFT, BAR, title);
        used += width;
      }
    }
    return svg.toString();
  }

  private static String trimmed(double percent) {
    return percent == Math.rint(percent)
        ? String.format(Locale.ROOT, "%.0f", percent)
        : String.format(Locale.ROOT, "%s", percent);
  }
}
