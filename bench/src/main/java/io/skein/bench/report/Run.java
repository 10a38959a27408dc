package io.skein.bench.report;

import io.skein.bench.measure.Meter;
import io.skein.bench.measure.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What one run has shown. */
public final class Run {
  private final Map<Figure, OptionalDouble> figures = new LinkedHashMap<>();
  private final List<Curve> curves = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  public void add(Figure figure, double value) {
    add(figure, OptionalDouble.of(value));
  }

  /** One that may be unknown: then it is shown as such. */
  public void add(Figure figure, OptionalDouble value) {
    figures.put(figure, value);
  }

  /** Rates and percentiles of everything that was metered. */
  public void add(Meter meter) {
    for (Series series : meter.series()) {
      add(Figure.rate(series.name()), series.perSecond());
      addLatencies(series);
    }
    for (Series aside : meter.asides()) {
      add(Figure.aside(aside.name() + ", p50"), aside.percentile(50));
      add(Figure.aside(aside.name() + ", p99"), aside.percentile(99));
    }
  }

  /** The percentiles of one series. */
  public void addLatencies(Series series) {
    curves.add(Curve.of(series));
    addPercentile(series, 50, "p50");
    addPercentile(series, 90, "p90");
    addPercentile(series, 99, "p99");
    addPercentile(series, 99.9, "p99.9");
    if (series.latencies() > 0) {
      add(Figure.latency(series.name() + ", longest"), series.max());
    }
  }

  /** Only if at least one latency is beyond it: else it would be the longest by another name. */
  private void addPercentile(Series series, double percent, String word) {
    if (Curve.isMeaningful(series, percent)) {
      add(Figure.latency(series.name() + ", " + word), series.percentile(percent));
    }
  }

  /** Something that must not be: the server broke a promise. */
  public void fault(String what) {
    faults.add(what);
  }

  /** Something that explains the figures. */
  public void note(String what) {
    notes.add(what);
  }

  void add(Curve curve) {
    curves.add(curve);
  }

  public OptionalDouble get(Figure figure) {
    return figures.getOrDefault(figure, OptionalDouble.empty());
  }

  Map<Figure, OptionalDouble> figures() {
    return figures;
  }

  List<Curve> curves() {
    return curves;
  }

  public List<String> faults() {
    return List.copyOf(faults);
  }

  List<String> notes() {
    return notes;
  }
}
