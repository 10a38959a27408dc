package io.skein.bench.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A comparison as a table in a terminal: what is worse or better first. */
public final class TextComparison {
  private static final String ROW = "  %-44s %-9s %12s %12s %9s  %s%n";

  private final Comparison comparison;

  public TextComparison(Comparison comparison) {
    this.comparison = comparison;
  }

  public void print(PrintWriter out) {
    for (String difference : comparison.differences()) {
      out.printf("  not the same: %s%n", difference);
    }
    out.printf(Locale.ROOT, ROW, "", "", "before", "after", "change", "");
    for (Comparison.Verdict verdict : Comparison.Verdict.values()) {
      List<Comparison.Line> lines =
          comparison.lines().stream().filter(line -> line.verdict() == verdict).toList();
      lines.forEach(line -> row(out, line));
    }
    long worse = count(Comparison.Verdict.WORSE);
    long better = count(Comparison.Verdict.BETTER);
    out.println();
    if (count(Comparison.Verdict.UNSURE) > 0) {
      out.println(
          "One of them has a single run: without a spread nobody can tell noise from change.");
    } else {
      out.printf("%d worse, %d better beyond the spread of the runs.%n", worse, better);
    }
  }

  private long count(Comparison.Verdict verdict) {
    return comparison.lines().stream().filter(line -> line.verdict() == verdict).count();
  }

  private static void row(PrintWriter out, Comparison.Line line) {
    Figure figure = line.after().figure();
    double change = line.changePercent();
    out.printf(
        Locale.ROOT,
        ROW,
        figure.name(),
        figure.unit(),
        Numbers.shown(line.before().median()),
        Numbers.shown(line.after().median()),
        Double.isFinite(change) ? String.format(Locale.ROOT, "%+.1f %%", change) : "",
        word(line.verdict()));
  }

  private static String word(Comparison.Verdict verdict) {
    return switch (verdict) {
      case BETTER -> "better";
      case WORSE -> "WORSE";
      case DIFFERENT -> "different";
      case SAME -> "";
      case UNSURE -> "?";
    };
  }
}
