package io.skein.bench.report;

/**
 * What a number is.
 *
 * @param section under which it is shown
 * @param name unique within a report
 * @param better which numbers are better, for comparisons
 */
public record Figure(String section, String name, String unit, Better better) {

  /** Which numbers are better. */
  public enum Better {
    HIGHER,
    LOWER,
    /** Neither: it only explains the others. */
    NONE
  }

  public static Figure rate(String name) {
    return new Figure("rates", name, "/s", Better.HIGHER);
  }

  public static Figure latency(String name) {
    return new Figure("latencies", name, "ms", Better.LOWER);
  }

  public static Figure check(String name) {
    return new Figure("checks", name, "", Better.NONE);
  }

  static Figure aside(String name) {
    return new Figure("checks", name, "ms", Better.NONE);
  }

  public static Figure limit(String name) {
    return new Figure("limits of this machine", name, "/s", Better.NONE);
  }

  public static Figure shareOf(Figure limit) {
    return new Figure("limits of this machine", "of " + limit.name, "%", Better.NONE);
  }
}
