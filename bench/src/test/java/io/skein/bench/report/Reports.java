package io.skein.bench.report;

import io.skein.bench.measure.Meter;
import io.skein.bench.measure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Reports to look at. */
final class Reports {
  private static final long SECOND = 1_000_000_000L;

  private Reports() {}

  /** With one rate, of these runs. */
  static Report ofRates(double... rates) {
    List<Run> runs = new ArrayList<>();
    for (double rate : rates) {
      Run run = new Run();
      run.add(Figure.rate("acknowledged"), rate);
      runs.add(run);
    }
    return report(runs);
  }

  static Summary summary(Figure figure, double... values) {
    List<OptionalDouble> runs = new ArrayList<>();
    for (double value : values) {
      runs.add(OptionalDouble.of(value));
    }
    return new Summary(figure, runs);
  }

  /** With everything that a report can have. */
  static Report full() {
    List<Run> runs = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Meter meter = new Meter();
      Series series = meter.closed("acknowledged");
      meter.begin(0);
      for (int n = 0; n < 3_000; n++) {
        series.record(n * 1_000_000L, n * 1_000_000L + i * 1_000L * (n + 1));
      }
      meter.end(3 * SECOND);
      Run run = new Run();
      run.add(meter);
      run.add(new Figure("processors", "server, of the machine", "%", Figure.Better.NONE), 10 * i);
      run.add(
          new Figure("processors", "postgres, of the machine", "%", Figure.Better.NONE),
          OptionalDouble.empty());
      runs.add(run);
    }
    runs.get(1).fault("lost <one> & \"two\"");
    runs.get(2).note("the last refusal: overloaded");
    return report(runs);
  }

  private static Report report(List<Run> runs) {
    return new Report(
        new Setting(
            "chat",
            Map.of("pairs", "100"),
            Map.of("processors", "2"),
            Map.of("version", "1.0"),
            "2026-11-28T00:00:00Z"),
        runs);
  }
}
