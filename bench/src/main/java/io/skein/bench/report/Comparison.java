package io.skein.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is different between two reports, beyond noise: the medians are further apart than the runs
 * of either are among themselves, and by a hundredth at least.
 */
public record Comparison(Report before, Report after) {
  private static final double LEAST = 0.01;
  private static final int FEWEST_RUNS = 2;

  /** What became of a figure. */
  public enum Verdict {
    WORSE,
    BETTER,
    /** Different, of a figure that is neither good nor bad. */
    DIFFERENT,
    /** One of the reports has a single run: nobody knows how much noise there was. */
    UNSURE,
    /** Not beyond noise. */
    SAME
  }

  /** A figure that both have. */
  public record Line(Summary before, Summary after, Verdict verdict) {
    /** From the median before to the one after, in percent; infinite from 0. */
    double changePercent() {
      return 100 * (after.median() - before.median()) / Math.abs(before.median());
    }
  }

  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (Summary old : before.summaries()) {
      Optional<Summary> now = after.find(old.figure().name());
      if (now.isPresent() && now.get().isKnown() && old.isKnown()) {
        lines.add(new Line(old, now.get(), verdict(old, now.get())));
      }
    }
    return lines;
  }

  static Verdict verdict(Summary before, Summary after) {
    if (before.count() < FEWEST_RUNS || after.count() < FEWEST_RUNS) {
      return Verdict.UNSURE;
    }
    double difference = after.median() - before.median();
    double noise =
        Math.max(Math.max(before.spread(), after.spread()), LEAST * Math.abs(before.median()));
    if (Math.abs(difference) <= noise) {
      return Verdict.SAME;
    }
    return switch (after.figure().better()) {
      case HIGHER -> difference > 0 ? Verdict.BETTER : Verdict.WORSE;
      case LOWER -> difference < 0 ? Verdict.BETTER : Verdict.WORSE;
      case NONE -> Verdict.DIFFERENT;
    };
  }

  public boolean isWorse() {
    return lines().stream().anyMatch(line -> line.verdict == Verdict.WORSE);
  }

  /** What makes the two hard to compare: other loads, other machines. */
  public List<String> differences() {
    List<String> found = new ArrayList<>();
    Setting old = before.setting();
    Setting now = after.setting();
    if (!old.scenario().equals(now.scenario())) {
      found.add("scenario: " + old.scenario() + ", then " + now.scenario());
    }
    differences(old.load(), now.load(), found);
    differences(old.machine(), now.machine(), found);
    return found;
  }

  private static void differences(
      Map<String, String> old, Map<String, String> now, List<String> found) {
    Map<String, String> all = new TreeMap<>(old);
    all.putAll(now);
    for (String name : all.keySet()) {
      String was = old.getOrDefault(name, "not said");
      String is = now.getOrDefault(name, "not said");
      if (!was.equals(is)) {
        found.add(name + ": " + was + ", then " + is);
      }
    }
  }
}
