package io.skein.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a run has shown.
 *
 * @param difference messages in the log that were not acknowledged, or the other way round
 */
record BenchResult(
    double seconds,
    Histogram acknowledged,
    Histogram delivered,
    long refused,
    String lastRefusal,
    long outOfOrder,
    int difference) {

  private static final String MESSAGES = "acknowledged messages/s";

  static BenchResult of(BenchMeter meter, int difference) {
    return new BenchResult(
        meter.seconds(),
        meter.acknowledged,
        meter.delivered,
        meter.refused,
        meter.lastRefusal,
        meter.outOfOrder,
        difference);
  }

  /** Nothing lost, nothing doubled, nothing pushed out of order. */
  boolean isFaultless() {
    return difference == 0 && outOfOrder == 0;
  }

  /** Adds the figures of this run, and how near they come to the limits measured beside it. */
  void addTo(BenchReport report) {
    report.add(MESSAGES, acknowledged.getTotalCount() / seconds);
    addTo(report, "sent to acknowledged", acknowledged);
    addTo(report, "sent to delivered", delivered);
    for (String limit : List.of(InsertLimit.BATCHED, InsertLimit.SINGLE, EchoLimit.FIGURE)) {
      report.addRatio(MESSAGES, limit);
    }
  }

  private static void addTo(BenchReport report, String what, Histogram histogram) {
    report.add(what + ", p50 in ms", histogram.getValueAtPercentile(50) / 1e3);
    report.add(what + ", p99 in ms", histogram.getValueAtPercentile(99) / 1e3);
    report.add(what + ", p99.9 in ms", histogram.getValueAtPercentile(99.9) / 1e3);
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT, "%,.0f messages/s acknowledged%n", acknowledged.getTotalCount() / seconds);
    print(out, "sent to acknowledged", acknowledged);
    print(out, "sent to delivered", delivered);
    if (refused > 0) {
      out.printf("%,d refusals were tried again, the last one: %s%n", refused, lastRefusal);
    }
    if (outOfOrder > 0) {
      out.printf("WRONG: %,d pushes did not follow the one before%n", outOfOrder);
    }
    out.println(
        difference == 0
            ? "The logs grew by exactly what was acknowledged."
            : "WRONG: logs and acknowledgements differ by " + difference);
  }

  private static void print(PrintWriter out, String what, Histogram histogram) {
    out.printf(
        Locale.ROOT,
        "%-22s p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, longest %.1f ms%n",
        what + ":",
        histogram.getValueAtPercentile(50) / 1e3,
        histogram.getValueAtPercentile(99) / 1e3,
        histogram.getValueAtPercentile(99.9) / 1e3,
        histogram.getMaxValue() / 1e3);
  }
}
