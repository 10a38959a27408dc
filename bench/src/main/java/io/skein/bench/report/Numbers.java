package io.skein.bench.report;

import java.util.Locale;

/** Numbers for people: three digits that matter, no more. */
final class Numbers {
  private static final double TENTH = 0.1;

  private Numbers() {}

  static String shown(double value) {
    double size = Math.abs(value);
    boolean whole = value == Math.rint(value);
    String format =
        size >= 100 || whole ? "%,.0f" : size >= 10 ? "%.1f" : size >= TENTH ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  static String withUnit(double value, String unit) {
    return unit.isEmpty() ? shown(value) : shown(value) + " " + unit;
  }
}
