package io.skein.bench;

import io.skein.protocol.json.JsonCodec;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Figures of several runs: each with its median and its spread, since one run on a shared machine
 * tells little.
 */
final class BenchReport {
  private final Map<String, List<Double>> figures = new LinkedHashMap<>();

  /** Notes a figure of one run; its name ends with its unit: {@code "messages/s"}. */
  void add(String figure, double value) {
    figures.computeIfAbsent(figure, first -> new ArrayList<>()).add(value);
  }

  /** Notes how much of a limit the last value of a figure is; nothing if there is no such limit. */
  void addRatio(String figure, String limit) {
    if (figures.containsKey(limit)) {
      double share = figures.get(figure).getLast() / figures.get(limit).getLast();
      add("of " + limit, share);
    }
  }

  /** The middle one of the runs; of an even number the higher one of the two in the middle. */
  double median(String figure) {
    return sorted(figure).get(figures.get(figure).size() / 2);
  }

  private List<Double> sorted(String figure) {
    return figures.get(figure).stream().sorted().toList();
  }

  /** For programs, or a table for people. */
  void print(PrintWriter out, boolean asJson) {
    if (asJson) {
      out.println(json());
    } else {
      table(out);
    }
  }

  private void table(PrintWriter out) {
    out.printf("%-52s %10s %10s %10s%n", "", "median", "lowest", "highest");
    for (String figure : figures.keySet()) {
      List<Double> sorted = sorted(figure);
      out.printf(
          "%-52s %10s %10s %10s%n",
          figure, shown(median(figure)), shown(sorted.getFirst()), shown(sorted.getLast()));
    }
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }

  /** One JSON object: for each figure its median and the values of all runs. */
  private String json() {
    byte[] json =
        JsonCodec.write(
            out -> {
              out.writeStartObject();
              for (Map.Entry<String, List<Double>> figure : figures.entrySet()) {
                out.writeObjectFieldStart(figure.getKey());
                out.writeNumberField("median", median(figure.getKey()));
                out.writeArrayFieldStart("runs");
                for (double value : figure.getValue()) {
                  out.writeNumber(value);
                }
                out.writeEndArray();
                out.writeEndObject();
              }
              out.writeEndObject();
            });
    return new String(json, StandardCharsets.UTF_8);
  }
}
