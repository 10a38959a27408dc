package io.skein.bench.report;

import java.util.List;
import java.util.Locale;

/** One plot, drawn with the classes of the page's style sheet. */
final class Svg {
  static final int WIDTH = 720;
  static final int HEIGHT = 300;
  static final int LEFT = 64;
  static final int RIGHT = WIDTH - 16;
  static final int TOP = 14;
  static final int BOTTOM = HEIGHT - 40;

  private final StringBuilder text = new StringBuilder();
  private final int height;

  /** {@code what} is said to those who cannot see it. */
  Svg(String what, int height) {
    this.height = height;
    text.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, height, escaped(what)));
  }

  Svg line(String style, double fromX, double fromY, double toX, double toY) {
    return add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        style, fromX, fromY, toX, toY);
  }

  /** Points as x, y. */
  Svg path(String style, List<double[]> points) {
    StringBuilder all = new StringBuilder();
    for (double[] point : points) {
      all.append(String.format(Locale.ROOT, "%.1f,%.1f ", point[0], point[1]));
    }
    return add("<polyline class=\"%s\" points=\"%s\"/>", style, all.toString().strip());
  }

  Svg box(String style, double x, double y, double width, double tall, String title) {
    return add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
            + "<title>%s</title></rect>",
        style, x, y, width, tall, escaped(title));
  }

  /** {@code anchor}: start, middle or end. */
  Svg text(String anchor, double x, double y, String words) {
    return add(
        "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", anchor, x, y, escaped(words));
  }

  private Svg add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }

  /** Lines and numbers of the vertical axis, and its unit. */
  Svg grid(Axis vertical, String unit) {
    for (double mark : vertical.marks()) {
      line("grid", LEFT, vertical.at(mark), RIGHT, vertical.at(mark));
      text("end", LEFT - 8, vertical.at(mark) + 4, Numbers.shown(mark));
    }
    return text("start", 4, height - 6, unit);
  }

  @Override
  public String toString() {
    return text + "</svg>\n";
  }

  static String escaped(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
