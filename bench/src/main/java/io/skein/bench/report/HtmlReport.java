package io.skein.bench.report;

import static io.skein.bench.report.Svg.escaped;

import java.util.List;
import java.util.Map;

/** A report as one page that needs nothing else: no scripts, no fonts, no network. */
public final class HtmlReport {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>%s</title>
      <style>
      %s</style>
      </head>
      <body>
      <main>
      """;

  private final Report report;
  private final Charts charts;

  public HtmlReport(Report report) {
    this.report = report;
    this.charts = new Charts(report);
  }

  public String text() {
    Setting setting = report.setting();
    StringBuilder page = new StringBuilder();
    page.append(HEAD.formatted(escaped("Skein bench: " + setting.scenario()), HtmlStyle.CSS));
    page.append(
        "<header><p class=\"over\">Skein bench</p><h1>%s</h1>"
            .formatted(escaped(setting.scenario())));
    page.append(
        "<p>%s, %d runs</p></header>\n".formatted(escaped(setting.madeAt()), report.runs().size()));
    faults(page);
    cards(page);
    plot(page, "Latency by percentile", charts.latencies(), charts.series());
    plot(page, "Done in each second", charts.timeline(), charts.series());
    List<Figure> shares = shares();
    plot(
        page,
        "Who used the processors",
        charts.processors(shares),
        shares.stream().map(Figure::name).toList());
    table(page);
    values(page, "Load", setting.load());
    values(page, "Machine", setting.machine());
    values(page, "Programs", setting.program());
    notes(page);
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private void faults(StringBuilder page) {
    for (int i = 0; i < report.runs().size(); i++) {
      for (String fault : report.runs().get(i).faults()) {
        page.append("<p class=\"fault\">Run %d: %s</p>\n".formatted(i + 1, escaped(fault)));
      }
    }
  }

  /** The rates, and the medians of the latencies: what one looks for first. */
  private void cards(StringBuilder page) {
    page.append("<div class=\"cards\">\n");
    for (Summary summary : report.summaries()) {
      Figure figure = summary.figure();
      boolean first =
          figure.better() == Figure.Better.HIGHER
              || figure.name().endsWith("p50")
              || figure.name().endsWith("p99")
              || figure.section().equals("memory");
      if (first && summary.isKnown()) {
        page.append(
            "<div class=\"card\"><b>%s<small>%s</small></b><span>%s</span><i>%s – %s</i></div>\n"
                .formatted(
                    Numbers.shown(summary.median()),
                    escaped(figure.unit()),
                    escaped(figure.name()),
                    Numbers.shown(summary.lowest()),
                    Numbers.shown(summary.highest())));
      }
    }
    page.append("</div>\n");
  }

  private static void plot(StringBuilder page, String title, String svg, List<String> legend) {
    if (svg.isEmpty()) {
      return;
    }
    page.append("<section><h2>%s</h2>\n<p class=\"legend\">".formatted(escaped(title)));
    for (int i = 0; i < legend.size(); i++) {
      page.append(
          "<span><i class=\"dot %s\"></i>%s</span> "
              .formatted(Charts.colour(i), escaped(legend.get(i))));
    }
    page.append("</p>\n").append(svg).append("</section>\n");
  }

  private List<Figure> shares() {
    return report.summaries().stream()
        .filter(Summary::isKnown)
        .map(Summary::figure)
        .filter(figure -> figure.section().equals("processors") && figure.unit().equals("%"))
        .toList();
  }

  private void table(StringBuilder page) {
    page.append("<section><h2>All figures</h2>\n<div class=\"wide\"><table>\n");
    String section = "";
    for (Summary summary : report.summaries()) {
      Figure figure = summary.figure();
      if (!figure.section().equals(section)) {
        section = figure.section();
        page.append(
            "<tr><th>%s</th><th></th><th>median</th><th>lowest</th><th>highest</th><th>runs</th></tr>\n"
                .formatted(escaped(section)));
      }
      page.append(
          "<tr><td>%s</td><td>%s</td>%s</tr>\n"
              .formatted(escaped(figure.name()), escaped(figure.unit()), numbers(summary)));
    }
    page.append("</table></div></section>\n");
  }

  private static String numbers(Summary summary) {
    if (!summary.isKnown()) {
      return "<td>unknown</td><td></td><td></td><td></td>";
    }
    List<String> runs =
        summary.runs().stream()
            .map(run -> run.isPresent() ? Numbers.shown(run.getAsDouble()) : "?")
            .toList();
    return "<td><b>%s</b></td><td>%s</td><td>%s</td><td>%s</td>"
        .formatted(
            Numbers.shown(summary.median()),
            Numbers.shown(summary.lowest()),
            Numbers.shown(summary.highest()),
            String.join(" · ", runs));
  }

  private static void values(StringBuilder page, String title, Map<String, String> values) {
    page.append("<section><h2>%s</h2>\n<dl>\n".formatted(escaped(title)));
    values.forEach(
        (name, value) ->
            page.append(
                "<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(escaped(name), escaped(value))));
    page.append("</dl></section>\n");
  }

  private void notes(StringBuilder page) {
    for (int i = 0; i < report.runs().size(); i++) {
      for (String note : report.runs().get(i).notes()) {
        page.append("<p class=\"note\">Run %d: %s</p>\n".formatted(i + 1, escaped(note)));
      }
    }
  }
}
