package io.skein.bench.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as a table in a terminal. */
public final class TextReport {
  private static final String ROW = "  %-44s %-9s %12s %12s %12s%n";

  private final Report report;

  public TextReport(Report report) {
    this.report = report;
  }

  public void print(PrintWriter out) {
    Setting setting = report.setting();
    out.printf("%n%s: %s%n", setting.scenario(), words(setting.load()));
    out.printf("on %s%n", words(setting.machine()));
    String section = "";
    for (Summary summary : report.summaries()) {
      if (!summary.figure().section().equals(section)) {
        section = summary.figure().section();
        out.println();
        out.printf(Locale.ROOT, ROW, section, "", "median", "lowest", "highest");
      }
      row(out, summary);
    }
    out.println();
    notes(out);
  }

  private static void row(PrintWriter out, Summary summary) {
    Figure figure = summary.figure();
    if (!summary.isKnown()) {
      out.printf(Locale.ROOT, ROW, "  " + figure.name(), figure.unit(), "unknown", "", "");
      return;
    }
    out.printf(
        Locale.ROOT,
        ROW,
        "  " + figure.name(),
        figure.unit(),
        Numbers.shown(summary.median()),
        Numbers.shown(summary.lowest()),
        Numbers.shown(summary.highest()));
  }

  private void notes(PrintWriter out) {
    List<Run> runs = report.runs();
    for (int i = 0; i < runs.size(); i++) {
      for (String note : runs.get(i).notes()) {
        out.printf("  run %d: %s%n", i + 1, note);
      }
      for (String fault : runs.get(i).faults()) {
        out.printf("  run %d: WRONG: %s%n", i + 1, fault);
      }
    }
  }

  static String words(Map<String, String> values) {
    return String.join(
        ", ", values.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
  }
}
