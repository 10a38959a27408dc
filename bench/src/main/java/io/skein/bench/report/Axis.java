package io.skein.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers along one side of a plot.
 *
 * @param low at {@code from}
 * @param high at {@code to}
 * @param from pixels; may be above {@code to}
 */
record Axis(double low, double high, double from, double to, boolean logarithmic) {
  private static final int STEPS = 5;

  /** From 0 to a round number at or above {@code highest}. */
  static Axis linear(double highest, double from, double to) {
    double step = step(highest);
    return new Axis(0, step * Math.max(1, Math.ceil(highest / step)), from, to, false);
  }

  /** From the decade at or below {@code lowest} to that at or above {@code highest}. */
  static Axis logarithmic(double lowest, double highest, double from, double to) {
    double low = Math.pow(10, Math.floor(Math.log10(lowest)));
    double high = Math.pow(10, Math.ceil(Math.log10(highest)));
    return new Axis(low, high > low ? high : 10 * low, from, to, true);
  }

  /** 1, 2 or 5 times a power of ten, about a fifth of it. */
  private static double step(double highest) {
    if (highest <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(highest / STEPS)));
    double parts = highest / STEPS / power;
    return power * (parts <= 1 ? 1 : parts <= 2 ? 2 : parts <= 5 ? 5 : 10);
  }

  double at(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return from + share * (to - from);
  }

  /** Where to draw lines. */
  List<Double> marks() {
    List<Double> marks = new ArrayList<>();
    if (logarithmic) {
      for (double mark = low; mark <= high * 1.001; mark *= 10) {
        marks.add(mark);
      }
    } else {
      double step = step(high);
      for (int i = 0; i * step <= high * 1.001; i++) {
        marks.add(i * step);
      }
    }
    return marks;
  }
}
